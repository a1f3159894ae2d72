import { decimalsOf } from '../format/price';

/** A linear axis for returns in percent, as positions 0 to 100 of its width. Zero is always on it. */
export interface Axis {
  min: number;
  max: number;
  /** Round values within the ends. */
  ticks: number[];
  /** Decimals that show each tick exactly. */
  decimals: number;
  at: (valuePct: number) => number;
}

const steps = [1, 2, 5, 10];
const narrowest = 0.04;
const margin = 0.05;

/** Without the dust of binary fractions. */
const round = (value: number) => Number(value.toPrecision(12));

function niceStep(rough: number): number {
  const unit = 10 ** Math.floor(Math.log10(rough));
  return (steps.find((step) => step * unit >= rough * (1 - 1e-9)) ?? 10) * unit;
}

/** The axis that holds all values with a small margin and has up to five ticks. */
export function axisFor(valuesPct: readonly number[]): Axis {
  const low = Math.min(0, ...valuesPct);
  const high = Math.max(0, ...valuesPct);
  const span = Math.max(narrowest, high - low);
  const min = low - span * margin;
  const max = Math.max(high, low + span) + span * margin;
  const step = niceStep(span / 4);
  const first = Math.ceil(min / step);
  const ticks = Array.from({ length: Math.floor(max / step) - first + 1 }, (_, i) => round((first + i) * step));
  return { min, max, ticks, decimals: decimalsOf(ticks), at: (valuePct) => ((Math.min(max, Math.max(min, valuePct)) - min) / (max - min)) * 100 };
}
