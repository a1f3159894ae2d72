/** The market's clock as the gateway told it, run on between two answers. Market time can be faster than real time. */
export class MarketTime {
  readonly #now: number;
  readonly #at: number;
  readonly speed: number;

  /** What the market's clock showed (Unix ms) at a reading of the browser's monotonic clock (ms). */
  constructor(now: number, at: number, speed: number) {
    this.#now = now;
    this.#at = at;
    this.speed = speed;
  }

  /** Market time at a later reading of the monotonic clock. */
  at(reading: number): number {
    return this.#now + (reading - this.#at) * this.speed;
  }

  now(): number {
    return this.at(performance.now());
  }
}
