import type { RoleScore } from '../api/scorecard';
import { percent } from '../format/percent';
import { roleName } from './roleName';

/** How what predicts beside the champion fared on the same slots. */
export function RoleTable({ roles }: { roles: RoleScore[] }) {
  return (
    <table className="score-table">
      <caption>Beside the champion</caption>
      <thead>
        <tr>
          <th scope="col">Shadow</th>
          <th scope="col" title="Slots on which both have a settled forecast">
            Slots
          </th>
          <th scope="col" title="Its mean Huber loss in units of the slot’s deviation">
            Loss
          </th>
          <th scope="col" title="How much lower the champion’s loss was on these slots">
            Champion’s lead
          </th>
        </tr>
      </thead>
      <tbody>
        {roles.map((role) => {
          const lead = role.loss > 0 ? 1 - role.champion / role.loss : 0;
          return (
            <tr key={role.role}>
              <th scope="row">{roleName(role.role)}</th>
              <td className="num">{role.slots.toLocaleString('en-US')}</td>
              <td className="num">{role.loss.toFixed(4)}</td>
              <td className="num" data-sign={Math.sign(lead)}>
                {percent(lead * 100, 2)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
