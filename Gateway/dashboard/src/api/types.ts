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

export interface SymbolInfo {
  symbol: string;
  state: FeedState;
  addedAt: string;
  firstSlot: string | null;
  stoppedAt: string | null;
  lagSeconds: number | null;
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
}

export interface StrategyScore {
  strategy: string;
  count: number;
  mse: number | null;
  meanMse: number | null;
  ic: number | null;
  /** Share of outcomes within their 90 % interval, 0 to 1. */
  coverage: number | null;
}

/** A hole that cannot be filled: [from, to). */
export interface Gap {
  from: string;
  to: string;
  cause: string;
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
