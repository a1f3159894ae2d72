import type { Prediction } from '../api/types';

const kept = 200;
const key = (prediction: Prediction) => prediction.baseTs;

/** Of two states of the same row the later one: a row only ever goes from open to settled. */
function later(a: Prediction, b: Prediction): Prediction {
  return a.settleReason !== null && b.settleReason === null ? a : b;
}

/** Joins rows of one role into a list without doubles, newest first, bounded. */
export function mergePredictions(held: readonly Prediction[], more: readonly Prediction[]): Prediction[] {
  const rows = new Map(held.map((row) => [key(row), row]));
  for (const row of more) {
    const before = rows.get(key(row));
    rows.set(key(row), before ? later(before, row) : row);
  }
  return [...rows.values()].toSorted((a, b) => Date.parse(b.baseTs) - Date.parse(a.baseTs)).slice(0, kept);
}
