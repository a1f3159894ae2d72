// What the scorecard routes send; as in types.ts.

export interface Scorecard {
  symbol: string | null;
  from: string;
  to: string;
  predicted: number;
  explained: number;
  settled: number;
  picks: number;
  pickReturn: number | null;
  strategies: StrategyScore[];
  policies: PolicyScore[];
  coverages: CoverageScore[];
  roles: RoleScore[];
  /** Whether the pooled gross IC's interval lies above zero; unknown with too little to say. */
  direction: 'shown' | 'none' | 'unknown';
  /** Pooled, with its 95 % interval over days. */
  grossIc: number | null;
  grossIcLow: number | null;
  grossIcHigh: number | null;
  grossIcDays: number;
  netR2: number | null;
  netR2VsCond: number | null;
  drift: DriftScore[];
}

/** What the newest whole day says about drift, all symbols together. */
export interface DriftScore {
  watched: string;
  day: string;
  days: number;
  strangeness: number;
  /** null while too few days are known. */
  pValue: number | null;
  channel: string;
  alarm: boolean;
}

/** What a way to choose would have earned, in percent a slot and symbol. */
export interface PolicyScore {
  /** "model" for the champion's picks; the others know nothing but past outcomes. */
  policy: string;
  slots: number;
  meanReturn: number;
  /** By how much the best fixed choice in hindsight, cash among them, was better. */
  regret: number;
}

export interface CoverageScore {
  strategy: string;
  /** Whether the strategy's own position stood at the decision. */
  standing: boolean;
  count: number;
  /** 0 to 1. */
  coverage: number;
}

/** A mean loss beside the champion's on the same slots; lower is better. */
export interface RoleScore {
  role: string;
  slots: number;
  loss: number;
  champion: number;
}

export interface StrategyScore {
  strategy: string;
  count: number;
  mse: number | null;
  meanMse: number | null;
  /** Of net returns: says nothing about direction. */
  ic: number | null;
  /** Share of outcomes within their 90 % interval, 0 to 1. */
  coverage: number | null;
  /** Of gross returns: direction, with its 95 % interval over days. */
  grossIc: number | null;
  grossIcLow: number | null;
  grossIcHigh: number | null;
  netR2: number | null;
  netR2VsCond: number | null;
}
