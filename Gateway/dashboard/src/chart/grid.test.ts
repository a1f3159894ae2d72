import { describe, expect, it } from 'vitest';
import { freePlaces, gridTimes, placeOf } from './grid';

describe('the axis', () => {
  it('has a place for each time up to the end, holes included', () => {
    expect(gridTimes(0, 45_000, 15_000)).toEqual([0, 15, 30, 45]);
  });

  it('puts a bar’s own time half a place to either side of it', () => {
    expect(placeOf(30_000, 0, 15_000)).toBe(1.5);
    expect(placeOf(37_500, 0, 15_000)).toBe(2);
  });

  it('leaves room for the rest of the slot within a quarter of the view', () => {
    expect(freePlaces(0, 600_000, 15_000, 400)).toBe(41);
    expect(freePlaces(0, 600_000, 15_000, 80)).toBe(20);
    expect(freePlaces(585_000, 600_000, 15_000, 400)).toBe(2);
    expect(freePlaces(0, 600_000, 3_600_000, 100)).toBe(2);
  });
});
