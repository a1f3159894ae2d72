import type { PolicyScore } from '../api/scorecard';
import { strategyName } from '../forecasts/strategyName';
import { basisPoints } from './basisPoints';

/** What the picks and simpler ways to choose would have earned. */
export function PolicyTable({ policies }: { policies: PolicyScore[] }) {
  return (
    <table className="score-table">
      <caption>Ways to choose</caption>
      <thead>
        <tr>
          <th scope="col">Policy</th>
          <th scope="col" title="Mean net return a slot and symbol; slots in cash count as nought">
            Earned
          </th>
          <th scope="col" title="By how much the best fixed choice in hindsight, cash among them, was better">
            Regret
          </th>
        </tr>
      </thead>
      <tbody>
        {policies.map((policy) => (
          <tr key={policy.policy} data-own={policy.policy === 'model' || undefined}>
            <th scope="row">{policy.policy === 'model' ? 'The champion’s picks' : strategyName(policy.policy)}</th>
            <td className="num" data-sign={Math.sign(policy.meanReturn)}>
              {basisPoints(policy.meanReturn)}
            </td>
            <td className="num">{basisPoints(policy.regret)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
