import type { QualityHour } from '../api/types';

export type HourKind = 'complete' | 'flat' | 'backfilled' | 'incomplete' | 'none';

/** Share of an hour's bars from which they give it its kind. */
const heavyShare = 0.5;

/** What matters most about an hour: what is missing, then where its bars came from, then whether there was trade. */
export function hourKind({ expected, bars, flat, missing, backfilled }: QualityHour): HourKind {
  if (missing > 0) return 'incomplete';
  if (expected === 0 || bars === 0) return 'none';
  if (backfilled >= bars * heavyShare) return 'backfilled';
  return flat >= bars * heavyShare ? 'flat' : 'complete';
}

interface Words {
  label: string;
  /** A sign of its own for each kind, so that colour is not the only one. */
  glyph: string;
}

const words: Record<HourKind, Words> = {
  complete: { label: 'Complete', glyph: '✓' },
  flat: { label: 'Complete, mostly without trades', glyph: '–' },
  backfilled: { label: 'Complete, mostly back-filled', glyph: '↓' },
  incomplete: { label: 'Bars missing', glyph: '✕' },
  none: { label: 'Nothing expected', glyph: '' },
};

export const hourKinds = Object.keys(words) as HourKind[];

export function hourWords(kind: HourKind): Words {
  return words[kind];
}
