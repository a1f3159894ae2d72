import type { LogEvent } from '../api/types';

const kept = 200;

/** Joins events without doubles, newest first, bounded. */
export function mergeEvents(held: readonly LogEvent[], more: readonly LogEvent[]): LogEvent[] {
  const byId = new Map([...held, ...more].map((event) => [event.id, event]));
  return [...byId.values()].toSorted((a, b) => b.id - a.id).slice(0, kept);
}
