import { describe, expect, it } from 'vitest';
import type { GapState } from '../api/types';
import type { ChartBar } from './ChartBar';
import { allHoles, type Hole, holeOf, holeWithin, missingTime } from './holes';
import { holeCaption, holeLine } from './holeWords';

const bars = (...times: number[]) => times.map((ts) => ({ ts }) as ChartBar);
const bare = (from: number, to: number): Hole => ({ from, to, cause: null, state: null, repairedAt: null });
const known = (from: number, to: number, cause: string, state: GapState = 'missing'): Hole => ({ from, to, cause, state, repairedAt: null });

describe('holes', () => {
  it('are where no bar covers the time', () => {
    expect(missingTime(bars(0, 15, 60, 75), 15)).toEqual([bare(30, 60)]);
    expect(missingTime(bars(0, 15, 30), 15)).toEqual([]);
    expect(missingTime([], 15)).toEqual([]);
  });

  it('take the recorded cause and keep the rest as unexplained', () => {
    const gap = known(30, 45, 'exchange closed');
    expect(allHoles([bare(30, 60)], [gap])).toEqual([gap, bare(45, 60)]);
  });

  it('show a recorded gap that is shorter than a bar', () => {
    const gap = known(20, 25, 'feed lost');
    expect(allHoles([], [gap])).toEqual([gap]);
  });

  it('split around several recorded gaps', () => {
    const a = known(20, 30, 'a');
    const b = known(40, 50, 'b');
    expect(allHoles([bare(10, 60)], [b, a]).map((hole) => [hole.from, hole.to, hole.cause])).toEqual([
      [10, 20, null],
      [20, 30, 'a'],
      [30, 40, null],
      [40, 50, 'b'],
      [50, 60, null],
    ]);
  });

  it('are not explained by a gap that was repaired', () => {
    const repaired = known(30, 60, 'feed lost', 'repaired');
    expect(allHoles([bare(45, 60)], [repaired])).toEqual([repaired, bare(45, 60)]);
  });

  it('are found under the pointer, those that are still missing first', () => {
    const repaired = known(0, 60, 'feed lost', 'repaired');
    const open = known(15, 30, 'silent', 'open');
    expect(holeWithin([repaired, open], 15, 30)).toBe(open);
    expect(holeWithin([repaired, open], 30, 45)).toBe(repaired);
    expect(holeWithin([repaired, open], 60, 75)).toBeNull();
  });

  it('say what became of them', () => {
    const gap = { from: '2026-01-01T10:00:00Z', to: '2026-01-01T10:00:45Z', cause: 'feed lost' };
    expect(holeLine(holeOf({ ...gap, state: 'repaired', repairedAt: '2026-01-01T10:01:02Z' }))).toBe('45 s repaired at 10:01:02 UTC: feed lost');
    expect(holeLine(holeOf({ ...gap, state: 'open', repairedAt: null }))).toBe('45 s missing, being repaired: feed lost');
    expect(holeCaption(bare(0, 15))).toBe('No bars, cause not recorded');
    expect(holeCaption(known(0, 15, 'feed lost', 'open'))).toBe('Being repaired: feed lost');
  });
});
