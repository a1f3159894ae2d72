import type { Prediction } from '../api/types';
import { signed } from '../format/percent';
import { clockMinutes } from '../format/time';
import { reasonSentence } from './reasons';
import { strategyName } from './strategyName';
import { verdictOf, withinInterval } from './verdict';
import { VerdictTag } from './VerdictTag';

interface Props {
  prediction: Prediction;
  strategies: readonly string[];
}

/** One slot: what was predicted over what happened, for each strategy, and how the decision turned out. */
export function SettledRow({ prediction, strategies }: Props) {
  const verdict = verdictOf(prediction);
  const { predicted, outcome, pick } = prediction;
  return (
    <tr>
      <th scope="row" className="num">
        {clockMinutes(Date.parse(prediction.baseTs))}
      </th>
      <td>
        <VerdictTag verdict={verdict} pick={pick} />
      </td>
      {outcome === null || predicted === null ? (
        <td colSpan={strategies.length} className="settled-reason">
          {'reason' in verdict ? reasonSentence(verdict.reason) : ''}
        </td>
      ) : (
        strategies.map((strategy) => {
          const within = withinInterval(prediction, strategy);
          return (
            <td key={strategy} className="num settled-cell" data-picked={strategy === pick}>
              <span className="settled-predicted">{signed(predicted[strategy] ?? 0, 2)}</span>
              <span className="settled-outcome" title={within === false ? `${strategyName(strategy)}: outside the 90 % interval` : undefined}>
                {within === false && (
                  <>
                    <span aria-hidden="true" className="outside">
                      ◇
                    </span>
                    <span className="sr-only">outside the interval: </span>
                  </>
                )}
                {signed(outcome[strategy] ?? 0, 2)}
              </span>
            </td>
          );
        })
      )}
    </tr>
  );
}
