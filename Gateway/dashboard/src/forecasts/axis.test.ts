import { describe, expect, it } from 'vitest';
import { axisFor } from './axis';

describe('the axis of returns', () => {
  it('always holds zero and all values, between round ends', () => {
    const axis = axisFor([0.12, 0.47]);
    expect([axis.min, axis.max]).toEqual([0, 0.6]);
    expect(axis.ticks).toEqual([0, 0.2, 0.4, 0.6]);
    expect(axis.at(0)).toBe(0);
    expect(axis.at(0.6)).toBe(100);
  });

  it('spans both signs', () => {
    const axis = axisFor([-0.41, 0.37]);
    expect(axis.ticks).toContain(0);
    expect(axis.min).toBeLessThanOrEqual(-0.41);
    expect(axis.max).toBeGreaterThanOrEqual(0.37);
  });

  it('has a width even when everything is zero', () => {
    const axis = axisFor([0, 0]);
    expect(axis.max).toBeGreaterThan(axis.min);
    expect(axis.at(0)).toBe(0);
  });

  it('keeps what lies beyond its ends at the edge', () => {
    expect(axisFor([0, 1]).at(99)).toBe(100);
  });
});
