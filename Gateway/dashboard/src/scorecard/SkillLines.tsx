import type { Scorecard } from '../api/scorecard';
import { directionWords, netWords } from './directionWords';
import { driftWords } from './driftWords';

/** What the figures below mean, in words: direction apart from net skill, and whether anything drifted. */
export function SkillLines({ scorecard }: { scorecard: Scorecard }) {
  const net = netWords(scorecard);
  return (
    <ul className="score-lines">
      <li data-direction={scorecard.direction}>{directionWords(scorecard)}</li>
      {net !== null && <li>{net}</li>}
      {scorecard.drift.map((drift) => (
        <li key={drift.watched} data-alarm={drift.alarm || undefined}>
          {driftWords(drift)}
        </li>
      ))}
    </ul>
  );
}
