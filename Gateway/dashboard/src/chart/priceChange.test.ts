import { expect, it } from 'vitest';
import type { ChartBar } from './ChartBar';
import { priceChange } from './priceChange';

const bars = [100, 102, 101].map((close, i) => ({ ts: i * 15_000, close }) as ChartBar);

it('compares with the close that was newest then', () => {
  expect(priceChange(bars, 30_000)).toBeCloseTo(1, 10);
  expect(priceChange(bars, 15_000)).toBeCloseTo(-0.98, 2);
});

it('is unknown when the bars do not reach back', () => {
  expect(priceChange(bars, 60_000)).toBeNull();
  expect(priceChange([], 60_000)).toBeNull();
});
