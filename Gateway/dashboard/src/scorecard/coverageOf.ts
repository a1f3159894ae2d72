import type { CoverageScore } from '../api/scorecard';
import { share } from '../format/percent';

/** A strategy's interval coverage apart for flat and standing, in words; undefined when nothing was counted. */
export function coverageOf(coverages: CoverageScore[], strategy: string): string | undefined {
  const words = coverages
    .filter((score) => score.strategy === strategy)
    .map((score) => `${share(score.coverage)} of ${score.count} ${score.standing ? 'when its position stood' : 'when flat'}`);
  return words.length > 0 ? words.join(', ') : undefined;
}
