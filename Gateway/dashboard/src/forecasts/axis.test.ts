import { describe, expect, it } from 'vitest';
import { axisFor } from './axis';

describe('the axis of returns', () => {
  it('always holds zero and all values, with round ticks', () => {
    const axis = axisFor([0.12, 0.47]);
    expect(axis.at(0)).toBeGreaterThan(0);
    expect(axis.at(0.47)).toBeLessThan(100);
    expect(axis.ticks).toEqual([0, 0.2, 0.4]);
    expect(axis.decimals).toBe(1);
  });

  it('spans both signs', () => {
    const axis = axisFor([-0.58, 0.34]);
    expect(axis.ticks).toEqual([-0.5, 0]);
    expect(axis.min).toBeLessThan(-0.58);
    expect(axis.max).toBeGreaterThan(0.34);
  });

  it('has a width even when everything is zero', () => {
    const axis = axisFor([0, 0]);
    expect(axis.max).toBeGreaterThan(axis.min);
    expect(axis.ticks).toContain(0);
  });

  it('keeps what lies beyond its ends at the edge', () => {
    expect(axisFor([0, 1]).at(99)).toBe(100);
  });
});
