import type { Scorecard } from '../api/scorecard';
import { percent, share, signed } from '../format/percent';
import { strategyName } from '../forecasts/strategyName';
import { coverageOf } from './coverageOf';
import { correlation } from './directionWords';
import { skillOf, squaredError } from './skill';

const none = '–';
const show = (value: number | null, format: (value: number) => string) => (value === null ? none : format(value));

const errorsOf = (mse: number | null, mean: number | null) =>
  mse === null || mean === null ? undefined : `Mean squared error ${squaredError(mse)} %², the training mean’s ${squaredError(mean)} %²`;

export function ScorecardTable({ scorecard }: { scorecard: Scorecard }) {
  return (
    <table className="score-table">
      <caption className="sr-only">Score of the champion’s settled predictions for each strategy</caption>
      <thead>
        <tr>
          <th scope="col">Strategy</th>
          <th scope="col" title="Settled predictions">
            Count
          </th>
          <th scope="col" title="Share of the training mean’s squared error that the predictions take away">
            Skill
          </th>
          <th scope="col" title="Share of the table of means’ squared error that the predictions take away, where both predicted">
            Vs table
          </th>
          <th scope="col" title="Correlation of net prediction and net outcome: mostly of costs, not of direction">
            Net IC
          </th>
          <th scope="col" title="Correlation of predicted and realised return before costs: direction">
            Gross IC
          </th>
          <th scope="col" title="Share of outcomes within their 90 % interval">
            Cover
          </th>
        </tr>
      </thead>
      <tbody>
        {scorecard.strategies.map((score) => {
          const skill = skillOf(score.mse, score.meanMse);
          return (
            <tr key={score.strategy}>
              <th scope="row">{strategyName(score.strategy)}</th>
              <td className="num">{score.count}</td>
              <td className="num" data-sign={skill === null ? 0 : Math.sign(skill)} title={errorsOf(score.mse, score.meanMse)}>
                {show(skill, (value) => percent(value * 100, 1))}
              </td>
              <td className="num">{show(score.netR2VsCond, (value) => percent(value * 100, 1))}</td>
              <td className="num">{show(score.ic, (value) => signed(value, 3))}</td>
              <td className="num" title={correlation(score.grossIc, score.grossIcLow, score.grossIcHigh) ?? undefined}>
                {show(score.grossIc, (value) => signed(value, 3))}
              </td>
              <td className="num" title={coverageOf(scorecard.coverages, score.strategy)}>
                {show(score.coverage, share)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
