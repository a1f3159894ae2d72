import type { QualityHour } from '../api/types';
import { dayMonth } from '../format/time';

const hourMs = 3_600_000;
const dayHours = 24;

export interface HourRow {
  /** Name of the row: its UTC day, or nothing when one row holds all. */
  name: string;
  /** 24 places; null where the span has no hour. */
  places: (QualityHour | null)[];
}

/** Hours in rows of 24: one row when they fit, else a row for each UTC day, newest first. */
export function hourRows(hours: readonly QualityHour[]): HourRow[] {
  if (hours.length === 0) return [];
  if (hours.length <= dayHours) return [{ name: '', places: [...hours] }];
  const days = new Map<number, HourRow>();
  for (const hour of hours) {
    const index = Math.floor(Date.parse(hour.ts) / hourMs);
    const day = Math.floor(index / dayHours);
    const row = days.get(day) ?? { name: dayMonth(day * dayHours * hourMs), places: Array.from({ length: dayHours }, () => null) };
    row.places[index - day * dayHours] = hour;
    days.set(day, row);
  }
  return [...days.entries()].toSorted(([a], [b]) => b - a).map(([, row]) => row);
}

export interface Place {
  row: number;
  column: number;
}

const steps: Record<string, [number, number]> = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** Where a key leads from a place; the same place when there is no hour, null when the key means nothing here. */
export function nextPlace(rows: readonly HourRow[], { row, column }: Place, key: string): Place | null {
  const places = rows[row]?.places ?? [];
  if (key === 'Home') return { row, column: places.findIndex((hour) => hour !== null) };
  if (key === 'End') return { row, column: places.findLastIndex((hour) => hour !== null) };
  const step = steps[key];
  if (step === undefined) return null;
  const to = { row: row + step[0], column: column + step[1] };
  return rows[to.row]?.places[to.column] ? to : { row, column };
}
