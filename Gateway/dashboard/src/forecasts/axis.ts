/** A linear axis for returns in percent, as positions 0 to 100 of its width. Zero is always on it. */
export interface Axis {
  min: number;
  max: number;
  ticks: number[];
  at: (valuePct: number) => number;
}

const steps = [1, 2, 2.5, 5, 10];

/** Without the dust of binary fractions. */
const round = (value: number) => Number(value.toPrecision(12));

function niceStep(rough: number): number {
  const unit = 10 ** Math.floor(Math.log10(rough));
  return (steps.find((step) => step * unit >= rough * (1 - 1e-9)) ?? 10) * unit;
}

/** The axis that holds all values, ends on round numbers and has about four ticks. */
export function axisFor(valuesPct: readonly number[]): Axis {
  const low = Math.min(0, ...valuesPct);
  const high = Math.max(0, ...valuesPct);
  const step = niceStep((high - low || 0.04) / 4);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => round((first + i) * step));
  const min = round(first * step);
  const max = round(last * step);
  return { min, max, ticks, at: (valuePct) => ((Math.min(max, Math.max(min, valuePct)) - min) / (max - min)) * 100 };
}
