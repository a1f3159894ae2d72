import { describe, expect, it } from 'vitest';
import { hourRows, nextPlace } from './hourRows';
import { sampleHour } from './sampleQuality';

const from = Date.UTC(2026, 10, 24, 21);
const hours = (count: number) => Array.from({ length: count }, (_, index) => sampleHour({ ts: new Date(from + index * 3_600_000).toISOString() }));

describe('rows of hours', () => {
  it('are one for a day, whenever it begins', () => {
    const rows = hourRows(hours(24));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.places[0]?.ts).toBe('2026-11-24T21:00:00.000Z');
  });

  it('are one a UTC day for more, the newest first and each hour in its column', () => {
    const rows = hourRows(hours(48));
    expect(rows.map((row) => row.name)).toEqual(['26 Nov', '25 Nov', '24 Nov']);
    expect(rows.map((row) => row.places.filter((hour) => hour !== null).length)).toEqual([21, 24, 3]);
    expect(rows[2]?.places[21]?.ts).toBe('2026-11-24T21:00:00.000Z');
  });

  it('are none without hours', () => {
    expect(hourRows([])).toEqual([]);
  });

  it('are walked by keys, never out of the hours', () => {
    const rows = hourRows(hours(48));
    expect(nextPlace(rows, { row: 0, column: 3 }, 'ArrowLeft')).toEqual({ row: 0, column: 2 });
    expect(nextPlace(rows, { row: 0, column: 20 }, 'ArrowRight')).toEqual({ row: 0, column: 20 });
    expect(nextPlace(rows, { row: 1, column: 5 }, 'ArrowDown')).toEqual({ row: 1, column: 5 });
    expect(nextPlace(rows, { row: 1, column: 22 }, 'ArrowDown')).toEqual({ row: 2, column: 22 });
    expect(nextPlace(rows, { row: 0, column: 3 }, 'ArrowUp')).toEqual({ row: 0, column: 3 });
    expect(nextPlace(rows, { row: 2, column: 22 }, 'Home')).toEqual({ row: 2, column: 21 });
    expect(nextPlace(rows, { row: 0, column: 3 }, 'End')).toEqual({ row: 0, column: 20 });
    expect(nextPlace(rows, { row: 0, column: 3 }, 'x')).toBeNull();
  });
});
