import type { Bar } from '../api/types';

/** A bar on the chart; ts is its open time in Unix ms. */
export interface ChartBar {
  ts: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

export function chartBar(bar: Bar): ChartBar {
  return { ts: Date.parse(bar.ts), open: bar.open, high: bar.high, low: bar.low, close: bar.close, volume: bar.volume };
}

/** One bar over consecutive shorter ones, which must be in order and at least one. */
export function joinBars(ts: number, bars: readonly ChartBar[]): ChartBar {
  const [first] = bars;
  if (first === undefined) throw new Error('A bar cannot be joined from none.');
  const joined = { ...first, ts };
  for (const bar of bars.slice(1)) {
    joined.high = Math.max(joined.high, bar.high);
    joined.low = Math.min(joined.low, bar.low);
    joined.close = bar.close;
    joined.volume += bar.volume;
  }
  return joined;
}
