import { ApiError } from '../api/ApiError';
import type { Bar, Gap, List } from '../api/types';
import { BarTape } from './BarTape';
import { type ChartBar, chartBar } from './ChartBar';
import { allHoles, type Hole, holeOf, missingTime } from './holes';
import { type Interval, intervalMs } from './intervals';

/** The two routes that a chart reads, for one symbol. */
export interface BarSource {
  bars(range: { interval: string; from?: number; to?: number; limit: number }, signal: AbortSignal): Promise<List<Bar>>;
  gaps(from: number, signal: AbortSignal): Promise<List<Gap>>;
}

export interface FeedPhase {
  kind: 'loading' | 'ready' | 'failed';
  error: ApiError | null;
}

/** What changed: one bar, or everything. */
export type Change = ChartBar | 'all';

const pageBars = 720;
const catchUpBars = 5000;
const catchUpEveryMs = 1000;
const retryMs = 3000;
const baseInterval = '15s';

/** Bars and holes of one symbol at one interval: history by REST, live bars joined to it, and what was missed read again. */
export class ChartFeed {
  readonly tape: BarTape;
  readonly #source: BarSource;
  readonly #interval: Interval;
  #abort = new AbortController();
  readonly #changeListeners = new Set<(change: Change) => void>();
  readonly #phaseListeners = new Set<() => void>();
  #phase: FeedPhase = { kind: 'loading', error: null };
  #gaps: Hole[] = [];
  #holes: Hole[] = [];
  #exhausted = false;
  #readingOlder = false;
  /** From where bars may be missing; kept until a read has gone well. */
  #missedFrom: number | undefined;
  #catchUpTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(source: BarSource, interval: Interval, baseMs: number) {
    this.#source = source;
    this.#interval = interval;
    this.tape = new BarTape(intervalMs(interval), baseMs);
  }

  get phase(): FeedPhase {
    return this.#phase;
  }

  /** Missing time in order, recorded causes included. */
  get holes(): readonly Hole[] {
    return this.#holes;
  }

  /** Begins to read, also again after a stop. */
  start(): void {
    this.#abort = new AbortController();
    void this.#load();
  }

  stop(): void {
    this.#abort.abort();
    clearTimeout(this.#catchUpTimer);
    this.#catchUpTimer = undefined;
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#changeListeners.add(listener);
    return () => void this.#changeListeners.delete(listener);
  }

  onPhase(listener: () => void): () => void {
    this.#phaseListeners.add(listener);
    return () => void this.#phaseListeners.delete(listener);
  }

  /** Takes a live base bar. */
  take(live: Bar): void {
    if (this.#phase.kind !== 'ready') return; // History is being read and will hold it.
    const bar = chartBar(live);
    const before = this.tape.last?.ts;
    if (this.tape.skips(bar)) this.catchUp();
    const changed = this.tape.apply(bar);
    if (changed === null) return;
    if (before === undefined || changed.ts > before + this.tape.intervalMs) this.#findHoles();
    this.#tell(changed);
  }

  /** Reads what may have been missed since the newest bar; many calls within a second become one. */
  catchUp(): void {
    if (this.#phase.kind !== 'ready') return;
    this.#missedFrom ??= this.tape.last?.ts ?? 0;
    this.#catchUpTimer ??= setTimeout(() => void this.#readMissed(), catchUpEveryMs);
  }

  /** Reads the page before the oldest bar. */
  async older(): Promise<void> {
    const first = this.tape.first;
    if (first === undefined || this.#exhausted || this.#readingOlder) return;
    this.#readingOlder = true;
    try {
      const { items } = await this.#source.bars({ interval: this.#interval, to: first.ts, limit: pageBars }, this.#abort.signal);
      this.#exhausted = items.length === 0;
      if (this.#exhausted) return;
      this.tape.load(items.map(chartBar));
      await this.#readGaps();
      this.#tell('all');
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#turn({ kind: 'ready', error: asApiError(error) });
    } finally {
      this.#readingOlder = false;
    }
  }

  async #load(): Promise<void> {
    const { signal } = this.#abort;
    try {
      const { items } = await this.#source.bars({ interval: this.#interval, limit: pageBars }, signal);
      this.tape.load(items.map(chartBar));
      await this.#seed();
      await this.#readGaps();
      this.#turn({ kind: 'ready', error: null });
      this.#tell('all');
    } catch (error) {
      if (signal.aborted) return;
      this.#turn({ kind: 'failed', error: asApiError(error) });
      this.#catchUpTimer = setTimeout(() => void this.#load(), retryMs);
    }
  }

  async #readMissed(): Promise<void> {
    const { signal } = this.#abort;
    const from = this.#missedFrom;
    this.#missedFrom = undefined; // What is missed from now on is for the next read.
    this.#catchUpTimer = undefined;
    try {
      const range = from ? { from, limit: catchUpBars } : { limit: pageBars };
      const { items } = await this.#source.bars({ interval: this.#interval, ...range }, signal);
      this.tape.load(items.map(chartBar));
      await this.#seed();
      await this.#readGaps();
      this.#turn({ kind: 'ready', error: null });
      this.#tell('all');
    } catch (error) {
      if (signal.aborted) return;
      this.#missedFrom = from;
      this.#turn({ kind: 'ready', error: asApiError(error) });
      this.#catchUpTimer ??= setTimeout(() => void this.#readMissed(), retryMs);
    }
  }

  /** Base bars of the running interval, without which live ones cannot be joined to it. */
  async #seed(): Promise<void> {
    const newest = this.tape.last;
    if (newest === undefined || this.tape.intervalMs === this.tape.baseMs) return;
    const { items } = await this.#source.bars({ interval: baseInterval, from: newest.ts, limit: catchUpBars }, this.#abort.signal);
    this.tape.seed(items.map(chartBar));
  }

  async #readGaps(): Promise<void> {
    const first = this.tape.first;
    if (first === undefined) return;
    const { items } = await this.#source.gaps(first.ts, this.#abort.signal);
    this.#gaps = items.map(holeOf);
    this.#findHoles();
  }

  #findHoles(): void {
    this.#holes = allHoles(missingTime(this.tape.bars, this.tape.intervalMs), this.#gaps);
  }

  #turn(phase: FeedPhase): void {
    this.#phase = phase;
    for (const listener of this.#phaseListeners) listener();
  }

  #tell(change: Change): void {
    for (const listener of this.#changeListeners) listener(change);
  }
}

function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(String(error), 0, '');
}
