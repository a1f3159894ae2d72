import type { QualityHour } from '../api/types';
import { lagText } from '../format/lag';
import { clockMinutes, dayAndMinutes } from '../format/time';
import { count, counted } from './completeness';
import { hourKind, hourWords } from './hourKind';

const hourMs = 3_600_000;

/** "26 Nov 12:00 – 13:00 UTC". */
export function hourName({ ts }: QualityHour): string {
  const from = Date.parse(ts);
  return `${dayAndMinutes(from)} – ${clockMinutes(from + hourMs)} UTC`;
}

/** The figures of an hour in words, without those that are zero. */
export function hourFigures(hour: QualityHour): string[] {
  const { expected, bars, flat, missing, revised, backfilled, lagP50, lagP99, lagMax } = hour;
  if (expected === 0 && bars === 0) return [];
  const sums: [number, string, string?][] = [
    [missing, 'missing', 'missing'],
    [flat, 'without trades', 'without trades'],
    [backfilled, 'back-filled', 'back-filled'],
    [revised, 'revised', 'revised'],
    [hour.lateTrades, 'late trade'],
    [hour.duplicates, 'duplicate'],
    [hour.invalid, 'invalid', 'invalid'],
    [hour.repairedTrades, 'repaired trade'],
    [hour.outages, 'outage'],
  ];
  const lag = lagP50 === null || lagP99 === null || lagMax === null ? [] : [`lag ${lagText(lagP50)} median, ${lagText(lagP99)} p99, ${lagText(lagMax)} at most`];
  return [`${count(bars)} of ${counted(expected, 'bar')}`, ...sums.filter(([value]) => value > 0).map((sum) => counted(...sum)), ...lag];
}

/** All about an hour in one line, for its name and its tooltip. */
export function hourLine(hour: QualityHour): string {
  return [`${hourName(hour)}: ${hourWords(hourKind(hour)).label}`, ...hourFigures(hour)].join(', ');
}
