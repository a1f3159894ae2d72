import type { HeardSymbol } from './HeardSymbol';
import type { MarketTime } from './MarketTime';

/** Market seconds since the feed was last known to be healthy. Nothing renews it while the feed is lost, so it then grows between two messages. */
export function lagNow({ state, lagSeconds, heardAt }: HeardSymbol, now: number, time: MarketTime): number | null {
  if (lagSeconds === null || state !== 'lost') return lagSeconds;
  return lagSeconds + Math.max(0, now - time.at(heardAt)) / 1000;
}

/** Whether a live feed lags by more than a bar; a fast market's time also passes on the way to the page. */
export function isLate(lagSeconds: number | null, barMs: number, speed: number): boolean {
  return lagSeconds !== null && lagSeconds * 1000 > barMs * Math.max(1, speed);
}
