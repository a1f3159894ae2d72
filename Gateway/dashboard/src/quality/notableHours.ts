import type { QualityHour } from '../api/types';

export const tallies = [
  { key: 'revised', text: 'Revised', title: 'Bars that later trades changed' },
  { key: 'lateTrades', text: 'Late', title: 'Trades that came after their bar had been closed' },
  { key: 'duplicates', text: 'Dupl.', title: 'Trades that came more than once; counted once' },
  { key: 'invalid', text: 'Invalid', title: 'Messages that could not be used' },
  { key: 'repairedTrades', text: 'Repaired', title: 'Trades fetched by number after a reconnect' },
  { key: 'outages', text: 'Outages', title: 'Times that the feed was lost' },
] as const satisfies readonly { key: keyof QualityHour; text: string; title: string }[];

/** Hours in which something was out of the ordinary, newest first. */
export function notableHours(hours: readonly QualityHour[]): QualityHour[] {
  return hours.filter((hour) => tallies.some(({ key }) => hour[key] > 0)).toSorted((a, b) => Date.parse(b.ts) - Date.parse(a.ts));
}
