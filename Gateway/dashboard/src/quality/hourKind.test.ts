import { expect, it } from 'vitest';
import { hourKind, hourKinds, hourWords } from './hourKind';
import { sampleHour } from './sampleQuality';

it('names an hour by what matters most about it', () => {
  expect(hourKind(sampleHour())).toBe('complete');
  expect(hourKind(sampleHour({ flat: 120 }))).toBe('flat');
  expect(hourKind(sampleHour({ flat: 240, backfilled: 120 }))).toBe('backfilled');
  expect(hourKind(sampleHour({ bars: 239, missing: 1, flat: 200, backfilled: 239 }))).toBe('incomplete');
});

it('keeps an hour as complete in which only a few bars were repaired', () => {
  expect(hourKind(sampleHour({ backfilled: 3 }))).toBe('complete');
});

it('knows an hour in which nothing was expected from one in which all is missing', () => {
  expect(hourKind(sampleHour({ expected: 0, bars: 0, flat: 0 }))).toBe('none');
  expect(hourKind(sampleHour({ bars: 0, flat: 0, missing: 240 }))).toBe('incomplete');
});

it('has a sign and words of its own for each kind', () => {
  expect(new Set(hourKinds.map((kind) => hourWords(kind).glyph)).size).toBe(5);
  expect(new Set(hourKinds.map((kind) => hourWords(kind).label)).size).toBe(5);
});
