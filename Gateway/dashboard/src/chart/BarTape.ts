import { type ChartBar, joinBars } from './ChartBar';

/** Index of the first bar at or after ts. */
function indexAt(bars: readonly ChartBar[], ts: number): number {
  let low = 0;
  let high = bars.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bars[middle]?.ts ?? 0) < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}

function put(bars: ChartBar[], bar: ChartBar): void {
  const index = indexAt(bars, bar.ts);
  const same = bars[index]?.ts === bar.ts;
  bars.splice(index, same ? 1 : 0, bar);
}

/**
 * The bars of one chart, in order of time. Live base bars are joined into the interval that is shown.
 * Missing time stays missing: nothing is filled in.
 */
export class BarTape {
  readonly intervalMs: number;
  readonly baseMs: number;
  readonly #bars: ChartBar[] = [];
  /** Base bars of the newest interval, from which it is joined. */
  #base: ChartBar[] = [];

  constructor(intervalMs: number, baseMs: number) {
    this.intervalMs = intervalMs;
    this.baseMs = baseMs;
  }

  get bars(): readonly ChartBar[] {
    return this.#bars;
  }

  get first(): ChartBar | undefined {
    return this.#bars[0];
  }

  get last(): ChartBar | undefined {
    return this.#bars.at(-1);
  }

  /** Open time of the newest base bar that is known; undefined when it is not known to that detail. */
  get newestBaseTs(): number | undefined {
    return this.intervalMs === this.baseMs ? this.last?.ts : this.#base.at(-1)?.ts;
  }

  bucket(ts: number): number {
    return Math.floor(ts / this.intervalMs) * this.intervalMs;
  }

  /** Takes interval bars read from history; they replace what is held for the same times. */
  load(bars: readonly ChartBar[]): void {
    for (const bar of bars) put(this.#bars, bar);
  }

  /** Takes all base bars of the newest interval, so that live bars can be joined to them. */
  seed(bars: readonly ChartBar[]): void {
    if (this.intervalMs === this.baseMs) return this.load(bars);
    for (const bar of bars) this.apply(bar);
  }

  /** Takes a live base bar, a revised one included; gives the interval bar that changed, or null when it is too old to join. */
  apply(bar: ChartBar): ChartBar | null {
    if (this.intervalMs === this.baseMs) {
      put(this.#bars, bar);
      return bar;
    }
    const start = this.bucket(bar.ts);
    const newest = this.#base[0] === undefined ? Number.NEGATIVE_INFINITY : this.bucket(this.#base[0].ts);
    if (start < newest) return null;
    if (start > newest) this.#base = [];
    put(this.#base, bar);
    const joined = joinBars(start, this.#base);
    put(this.#bars, joined);
    return joined;
  }

  /** Whether base bars between the newest one and this one have not been seen. */
  skips(bar: ChartBar): boolean {
    const newest = this.newestBaseTs;
    return newest === undefined ? this.#bars.length > 0 : bar.ts > newest + this.baseMs;
  }
}
