import { describe, expect, it } from 'vitest';
import { hourFigures, hourLine } from './hourFigures';
import { sampleHour } from './sampleQuality';

describe('an hour’s figures', () => {
  it('leave out what is zero', () => {
    expect(hourFigures(sampleHour({ flat: 0 }))).toEqual(['240 of 240 bars', 'lag 0.21 s median, 0.84 s p99, 1.30 s at most']);
  });

  it('name all that happened', () => {
    expect(hourFigures(sampleHour({ bars: 237, missing: 3, flat: 0, revised: 2, lateTrades: 1, duplicates: 4, invalid: 1, repairedTrades: 1250, outages: 1, lagP50: null }))).toEqual([
      '237 of 240 bars',
      '3 missing',
      '2 revised',
      '1 late trade',
      '4 duplicates',
      '1 invalid',
      '1,250 repaired trades',
      '1 outage',
    ]);
  });

  it('make one line with the hour and its kind', () => {
    expect(hourLine(sampleHour({ expected: 0, bars: 0 }))).toBe('26 Nov 12:00 – 13:00 UTC: Nothing expected');
    expect(hourLine(sampleHour({ lagMax: null }))).toBe('26 Nov 12:00 – 13:00 UTC: Complete, 240 of 240 bars, 12 without trades');
  });
});
