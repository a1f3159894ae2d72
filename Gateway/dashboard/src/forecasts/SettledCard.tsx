import type { Prediction } from '../api/types';
import type { Resource } from '../api/useResource';
import { Card } from '../layout/Card';
import { Note } from '../layout/Note';
import { Skeleton } from '../layout/Skeleton';
import { useMarket } from '../market/MarketContext';
import { SettledRow } from './SettledRow';
import { strategyName } from './strategyName';

const shown = 30;

export function SettledCard({ predictions }: { predictions: Resource<Prediction[]> }) {
  const { status } = useMarket();
  const settled = predictions.data?.filter((row) => row.settleReason !== null).slice(0, shown);
  return (
    <Card title="Settled slots" className="settled-card" aside={<span className="quiet">predicted over outcome, net %</span>}>
      {settled === undefined && predictions.error === undefined && <Skeleton lines={6} label="Reading settled slots" />}
      {settled === undefined && predictions.error !== undefined && (
        <Note kind="error" title="The settled slots could not be read" onRetry={predictions.reload}>
          {predictions.error.message}
        </Note>
      )}
      {settled?.length === 0 && (
        <Note kind="empty" title="Nothing settled yet">
          Each slot is settled against what really happened as soon as it has ended.
        </Note>
      )}
      {settled !== undefined && settled.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
        <div className="scroll" tabIndex={0} role="group" aria-label="Settled slots, scrollable">
          <table className="settled-table">
            <thead>
              <tr>
                <th scope="col">Slot</th>
                <th scope="col">Decision</th>
                {status.strategies.map((strategy) => (
                  <th key={strategy} scope="col" className="settled-cell">
                    {strategyName(strategy)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {settled.map((row) => (
                <SettledRow key={row.baseTs} prediction={row} strategies={status.strategies} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {settled !== undefined && settled.length > 0 && (
        <p className="quiet settled-foot">Hit: the pick earned after costs; flat: it did not trade. ◇ outside the 90 % interval.</p>
      )}
    </Card>
  );
}
