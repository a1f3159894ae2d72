import type { Gap, GapState } from '../api/types';
import { duration, whenSeconds } from '../format/time';
import { sentence } from '../format/sentence';
import { count } from './completeness';

interface GapWords {
  words: string;
  tone: 'good' | 'busy' | 'bad';
  glyph: string;
}

export interface GapRow {
  key: string;
  from: string;
  to: string;
  length: string;
  cause: string;
  state: GapWords;
}

const order: Record<GapState, number> = { open: 0, missing: 1, repaired: 2 };

function stateOf(gap: Gap, now: number): GapWords {
  if (gap.state === 'open') return { words: 'Open, being repaired', tone: 'busy', glyph: '◐' };
  if (gap.state === 'missing') return { words: 'Missing for good', tone: 'bad', glyph: '✕' };
  const at = gap.repairedAt === null ? '' : ` ${whenSeconds(Date.parse(gap.repairedAt), now)}`;
  return { words: `Repaired${at}`, tone: 'good', glyph: '✓' };
}

/** Gaps as they are listed: what is open first, then what is missing, each newest first. */
export function gapRows(gaps: readonly Gap[], now: number): GapRow[] {
  return gaps
    .toSorted((a, b) => order[a.state] - order[b.state] || Date.parse(b.from) - Date.parse(a.from))
    .map((gap) => {
      const from = Date.parse(gap.from);
      const to = Date.parse(gap.to);
      return {
        key: `${gap.from} ${gap.to} ${gap.state}`,
        from: whenSeconds(from, now),
        to: whenSeconds(to, from),
        length: duration(to - from),
        cause: sentence(gap.cause) || 'Cause not recorded.',
        state: stateOf(gap, now),
      };
    });
}

/** "1 open, 2 missing, 5 repaired", without those that are zero. */
export function gapSummary(gaps: readonly Gap[]): string {
  return (['open', 'missing', 'repaired'] as const)
    .map((state) => ({ state, found: gaps.filter((gap) => gap.state === state).length }))
    .filter(({ found }) => found > 0)
    .map(({ state, found }) => `${count(found)} ${state}`)
    .join(', ');
}
