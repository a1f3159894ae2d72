import { describe, expect, it } from 'vitest';
import type { ChartBar } from './ChartBar';
import { allHoles, missingTime } from './holes';

const bars = (...times: number[]) => times.map((ts) => ({ ts }) as ChartBar);

describe('holes', () => {
  it('are where no bar covers the time', () => {
    expect(missingTime(bars(0, 15, 60, 75), 15)).toEqual([{ from: 30, to: 60, cause: null }]);
    expect(missingTime(bars(0, 15, 30), 15)).toEqual([]);
    expect(missingTime([], 15)).toEqual([]);
  });

  it('take the recorded cause and keep the rest as unexplained', () => {
    const gap = { from: 30, to: 45, cause: 'exchange closed' };
    expect(allHoles([{ from: 30, to: 60, cause: null }], [gap])).toEqual([gap, { from: 45, to: 60, cause: null }]);
  });

  it('show a recorded gap that is shorter than a bar', () => {
    const gap = { from: 20, to: 25, cause: 'feed lost' };
    expect(allHoles([], [gap])).toEqual([gap]);
  });

  it('split around several recorded gaps', () => {
    const a = { from: 20, to: 30, cause: 'a' };
    const b = { from: 40, to: 50, cause: 'b' };
    expect(allHoles([{ from: 10, to: 60, cause: null }], [b, a]).map((hole) => [hole.from, hole.to, hole.cause])).toEqual([
      [10, 20, null],
      [20, 30, 'a'],
      [30, 40, null],
      [40, 50, 'b'],
      [50, 60, null],
    ]);
  });
});
