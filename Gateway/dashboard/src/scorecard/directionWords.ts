import type { Scorecard } from '../api/scorecard';
import { percent, signed } from '../format/percent';

type Direction = Pick<Scorecard, 'direction' | 'grossIc' | 'grossIcLow' | 'grossIcHigh' | 'grossIcDays'>;

/** A correlation with its interval: "+0.031 [+0.010, +0.052]"; null when unknown, the interval left out where there is none. */
export function correlation(value: number | null, low: number | null, high: number | null): string | null {
  if (value === null) return null;
  return low === null || high === null ? signed(value, 3) : `${signed(value, 3)} [${signed(low, 3)}, ${signed(high, 3)}]`;
}

/** Whether the forecasts knew where prices went, in a sentence. */
export function directionWords(score: Direction): string {
  const ic = correlation(score.grossIc, score.grossIcLow, score.grossIcHigh);
  const days = `${score.grossIcDays} ${score.grossIcDays === 1 ? 'day' : 'days'}`;
  if (ic === null) return 'Direction cannot be told: no gross return was forecast that varies.';
  if (score.direction === 'unknown') return `Direction cannot be told yet: gross IC ${ic} over ${days}.`;
  return score.direction === 'shown'
    ? `Direction shows: gross IC ${ic} over ${days}.`
    : `No direction shown: gross IC ${ic} over ${days} is not above zero. What skill there is foresees costs.`;
}

const share = (value: number | null) => (value === null ? 'unknown' : percent(value * 100, 2));

/** Net skill beside the training mean and beside the table of means; null when neither is known. */
export function netWords(score: Pick<Scorecard, 'netR2' | 'netR2VsCond'>): string | null {
  return score.netR2 === null && score.netR2VsCond === null
    ? null
    : `Net skill, mostly of costs: ${share(score.netR2)} against the training mean, ${share(score.netR2VsCond)} against the table of means.`;
}
