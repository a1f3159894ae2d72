import { describe, expect, it } from 'vitest';
import { BarTape } from './BarTape';
import type { ChartBar } from './ChartBar';

const bar = (ts: number, close: number, volume = 1): ChartBar => ({ ts, open: close - 1, high: close + 2, low: close - 2, close, volume });
const times = (tape: BarTape) => tape.bars.map((held) => held.ts);

describe('a tape of base bars', () => {
  it('keeps bars in order of time whatever order they come in', () => {
    const tape = new BarTape(15_000, 15_000);
    tape.load([bar(30_000, 3), bar(45_000, 4)]);
    tape.load([bar(0, 1), bar(15_000, 2)]);
    expect(times(tape)).toEqual([0, 15_000, 30_000, 45_000]);
  });

  it('replaces a bar that late trades revised', () => {
    const tape = new BarTape(15_000, 15_000);
    tape.load([bar(0, 1), bar(15_000, 2)]);
    expect(tape.apply(bar(0, 9))).toEqual(bar(0, 9));
    expect(tape.bars.map((held) => held.close)).toEqual([9, 2]);
  });

  it('says when bars in between were not seen', () => {
    const tape = new BarTape(15_000, 15_000);
    expect(tape.skips(bar(0, 1))).toBe(false);
    tape.load([bar(0, 1)]);
    expect(tape.skips(bar(15_000, 1))).toBe(false);
    expect(tape.skips(bar(30_000, 1))).toBe(true);
  });
});

describe('a tape of longer bars', () => {
  it('joins live base bars into the interval that runs', () => {
    const tape = new BarTape(60_000, 15_000);
    tape.load([bar(0, 1, 10)]);
    tape.seed([bar(60_000, 5), bar(75_000, 7)]);
    const joined = tape.apply(bar(90_000, 6));
    expect(joined).toEqual({ ts: 60_000, open: 4, high: 9, low: 3, close: 6, volume: 3 });
    expect(times(tape)).toEqual([0, 60_000]);
  });

  it('does not count a revised base bar twice', () => {
    const tape = new BarTape(60_000, 15_000);
    tape.apply(bar(60_000, 5, 1));
    tape.apply(bar(75_000, 6, 2));
    expect(tape.apply(bar(60_000, 5, 4))?.volume).toBe(6);
  });

  it('opens the next interval with its own first bar', () => {
    const tape = new BarTape(60_000, 15_000);
    tape.apply(bar(105_000, 5));
    expect(tape.apply(bar(120_000, 8))).toEqual(bar(120_000, 8));
    expect(times(tape)).toEqual([60_000, 120_000]);
  });

  it('leaves an older interval to history, which knows all of its bars', () => {
    const tape = new BarTape(60_000, 15_000);
    tape.load([bar(0, 1, 10)]);
    tape.apply(bar(60_000, 5));
    expect(tape.apply(bar(45_000, 3))).toBeNull();
    expect(tape.bars[0]?.volume).toBe(10);
  });

  it('takes any first live bar on loaded history as one with a possible hole before it', () => {
    const tape = new BarTape(60_000, 15_000);
    tape.load([bar(0, 1)]);
    expect(tape.skips(bar(60_000, 1))).toBe(true);
  });
});
