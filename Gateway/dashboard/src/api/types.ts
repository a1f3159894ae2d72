// What the gateway sends. Times are ISO 8601 UTC, returns are percent, absent values are null.

export interface List<T> {
  items: T[];
  nextCursor: string | null;
}

/** One number per strategy, keyed by its name. */
export type StrategyReturns = Record<string, number>;

export type Market = 'binance' | 'synthetic' | 'tape';

export interface Status {
  now: string;
  /** Market seconds per real second. */
  speed: number;
  barSeconds: number;
  slotSeconds: number;
  strategies: string[];
  market: Market;
  nextSlotAt: string;
  stream: string;
  seq: number;
}

export type FeedState = 'loading' | 'live' | 'lost' | 'halted' | 'stopped';

/** How far history is fetched: [from, to), complete up to at. */
export interface Backfill {
  from: string;
  to: string;
  at: string;
  /** Share that is there, 0 to 1. */
  share: number;
}

export interface SymbolInfo {
  symbol: string;
  state: FeedState;
  /** Why the feed is as it is; empty when there is nothing to explain. */
  detail: string;
  addedAt: string;
  firstSlot: string | null;
  stoppedAt: string | null;
  /** Market seconds since the newest proof that the feed is healthy. */
  lagSeconds: number | null;
  /** Null when no history is being fetched. */
  backfill: Backfill | null;
  lastBarTs: string | null;
  lastClose: number | null;
}

export interface Bar {
  /** Open time. */
  ts: string;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  takerBuyVolume: number;
  /** 0 marks a known quiet interval. */
  trades: number;
}

export interface Prediction {
  symbol: string;
  baseTs: string;
  targetTs: string;
  role: string;
  modelVersion: string | null;
  epoch: number | null;
  /** Null in a row that explains why nothing was predicted. */
  predicted: StrategyReturns | null;
  lower: StrategyReturns | null;
  upper: StrategyReturns | null;
  pick: string | null;
  reason: string;
  featuresHash: string | null;
  createdAt: string;
  outcome: StrategyReturns | null;
  settledAt: string | null;
  /** "settled", or why there is no outcome; null while the window is open. */
  settleReason: string | null;
}

/** "open" while it may still be repaired, "missing" when it was given up, "repaired" when its bars came after all. */
export type GapState = 'open' | 'missing' | 'repaired';

/** A hole in what the feed brought: [from, to). */
export interface Gap {
  from: string;
  to: string;
  cause: string;
  state: GapState;
  repairedAt: string | null;
}

/** Seconds from the end of a bar to its receipt, over bars that came live. */
export interface LagSpread {
  count: number;
  p50: number;
  p90: number;
  p99: number;
  max: number;
}

/** What came in one hour and how. */
export interface QualityHour {
  ts: string;
  expected: number;
  bars: number;
  /** Bars without a trade. */
  flat: number;
  missing: number;
  revised: number;
  /** Bars that were fetched or imported later. */
  backfilled: number;
  /** Lags are in seconds; null without live bars. */
  lagP50: number | null;
  lagP99: number | null;
  lagMax: number | null;
  lateTrades: number;
  duplicates: number;
  invalid: number;
  repairedTrades: number;
  outages: number;
}

export interface Quality {
  symbol: string;
  from: string;
  to: string;
  state: FeedState;
  detail: string;
  lagSeconds: number | null;
  backfill: Backfill | null;
  /** Share of the expected bars that are there, 0 to 1; null when none was expected. */
  completeness: number | null;
  expectedBars: number;
  bars: number;
  flatBars: number;
  missingBars: number;
  revisedBars: number;
  backfilledBars: number;
  lag: LagSpread | null;
  lateTrades: number;
  duplicates: number;
  invalid: number;
  repairedTrades: number;
  outages: number;
  hours: QualityHour[];
  gaps: Gap[];
}

export interface Epoch {
  epoch: number;
  version: string;
  effectiveFrom: string;
  uri: string;
  sha256: string;
  jobName: string;
  trainUri: string;
  updatedAt: string;
  reason: string;
  /** Who made it: the name of a key, "training", "command", "rest" or "another writer"; empty in old records. */
  by: string;
}

/** Holds the serving model in its place until it is taken away. */
export interface Pin {
  version: string;
  by: string;
  reason: string;
  at: string;
}

export interface Model {
  version: string;
  kind: string;
  state: 'candidate' | 'champion' | 'retired' | 'rejected';
  epoch: number | null;
  effectiveFrom: string | null;
  uri: string;
  sha256: string;
  jobName: string;
  trainUri: string;
  createdAt: string;
  reason: string;
  metrics: unknown;
  decision: unknown;
}

export interface CurrentModel {
  epoch: Epoch;
  model: Model | null;
  pin: Pin | null;
  /** Why the pointer in object storage is not followed; null while it is. */
  pointerProblem: string | null;
}

export interface TrainingState {
  state: 'idle' | 'preparing' | 'training' | 'evaluating' | 'promoted' | 'rejected' | 'failed';
  jobName: string;
  runTs: string | null;
  reason: string;
  nextRunAt: string | null;
}

export interface TrainingRun {
  jobName: string;
  runTs: string;
  state: string;
  startedAt: string;
  finishedAt: string | null;
  rows: number | null;
  modelVersion: string | null;
  backend: string;
  reason: string;
  place: string | null;
  estimatedSeconds: number | null;
  billableSeconds: number | null;
  cost: number | null;
}

export interface Training extends List<TrainingRun> {
  state: TrainingState;
}

export interface LogEvent {
  id: number;
  ts: string;
  kind: 'feed' | 'gap' | 'model' | 'training' | 'prediction' | 'system';
  level: 'info' | 'warning' | 'error';
  symbol: string | null;
  message: string;
}

export interface Feed {
  symbol: string;
  state: FeedState;
  lagSeconds: number | null;
  detail: string;
  backfill: Backfill | null;
}

/** What every hub message is wrapped in; seq ascends, with jumps, within one stream. */
export interface Envelope<T> {
  seq: number;
  symbol: string | null;
  data: T;
}

/** The hub's messages by name, with what they carry. */
export interface LiveMessages {
  bar: Bar;
  prediction: Prediction;
  settlement: Prediction;
  model: Epoch;
  event: LogEvent;
  feed: Feed;
}

/** The place in the hub's stream that a client joined; another stream means that the gateway was restarted. */
export interface StreamPosition {
  stream: string;
  seq: number;
}

/** An RFC 9457 problem document. */
export interface ProblemDocument {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  errors?: Record<string, string[]>;
}
