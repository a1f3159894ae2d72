import { expect, it } from 'vitest';
import { MarketTime } from './MarketTime';

it('runs on at the speed of the market', () => {
  const time = new MarketTime(1_000_000, 500, 60);
  expect(time.at(500)).toBe(1_000_000);
  expect(time.at(1500)).toBe(1_060_000);
});
