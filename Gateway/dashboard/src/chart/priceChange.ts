import type { ChartBar } from './ChartBar';

/** Change in percent from the close that was newest so long ago to the newest one; null when the bars do not reach back. */
export function priceChange(bars: readonly ChartBar[], overMs: number): number | null {
  const last = bars.at(-1);
  if (last === undefined) return null;
  for (let i = bars.length - 2; i >= 0; i--) {
    const bar = bars[i];
    if (bar !== undefined && bar.ts <= last.ts - overMs) return (last.close / bar.close - 1) * 100;
  }
  return null;
}
