import type { Bar } from '../api/types';

/** Bars without a trade in a row from which a market is called quiet; thin markets often have single ones. */
export const quietBars = 4;

/** From when on there has been no trade, Unix ms, going by the newest bars in order of time; null when there was one lately. */
export function quietSince(bars: readonly Pick<Bar, 'ts' | 'trades'>[]): number | null {
  const lastTrade = bars.findLastIndex((bar) => bar.trades > 0);
  const run = bars.slice(lastTrade + 1);
  return run.length < quietBars || run[0] === undefined ? null : Date.parse(run[0].ts);
}

/** Takes a live or revised bar; older ones fall out as soon as they no longer matter. */
export function withBar<T extends Pick<Bar, 'ts' | 'trades'>>(bars: readonly T[], bar: T): T[] {
  const next = [...bars.filter((held) => held.ts !== bar.ts), bar].toSorted((a, b) => Date.parse(a.ts) - Date.parse(b.ts));
  const lastTrade = next.findLastIndex((held) => held.trades > 0);
  return next.slice(Math.max(0, lastTrade));
}
