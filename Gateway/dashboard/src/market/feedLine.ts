import { lagText } from '../format/lag';
import { duration } from '../format/time';
import { backfillPercent } from './backfill';
import { isLate, lagNow } from './feedLag';
import { feedWords } from './feedState';
import type { HeardSymbol } from './HeardSymbol';
import type { MarketTime } from './MarketTime';

export interface FeedLine {
  tone: 'good' | 'busy' | 'bad' | 'off';
  glyph: string;
  words: string;
  /** The feed's lag with its unit; null when it says nothing. */
  lag: string | null;
  /** Whether the lag is out of the ordinary. */
  late: boolean;
}

interface Now {
  /** Market time, Unix ms. */
  now: number;
  time: MarketTime;
  barMs: number;
  /** Since when there has been no trade, Unix ms; null when that is not unusual or not known. */
  quietSince: number | null;
}

const minuteMs = 60_000;
const wholeMinutes = (ms: number) => duration(Math.max(1, Math.floor(ms / minuteMs)) * minuteMs);

/** A feed in a few words. A quiet market and a lost feed both bring no trades, and here differ in sign, colour and words. */
export function feedLine(info: HeardSymbol, { now, time, barMs, quietSince }: Now): FeedLine {
  const { label, tone, glyph } = feedWords(info.state);
  const seconds = lagNow(info, now, time);
  const lag = seconds === null ? null : lagText(seconds);
  switch (info.state) {
    case 'live':
      if (isLate(seconds, barMs, time.speed)) return { tone: 'busy', glyph: '◆', words: 'Live, but late', lag, late: true };
      if (quietSince !== null) return { tone, glyph: '◇', words: `Quiet for ${wholeMinutes(now - quietSince)}, feed healthy`, lag, late: false };
      return { tone, glyph, words: label, lag, late: false };
    case 'loading':
      return { tone, glyph, words: info.backfill === null ? label : `${label}, ${backfillPercent(info.backfill)}`, lag: null, late: false };
    case 'lost':
      return { tone, glyph, words: label, lag, late: true };
    default:
      return { tone, glyph, words: label, lag: info.state === 'stopped' ? null : lag, late: false };
  }
}
