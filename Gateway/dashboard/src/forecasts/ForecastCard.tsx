import type { Prediction } from '../api/types';
import type { Resource } from '../api/useResource';
import { clockMinutes, clockSeconds, duration } from '../format/time';
import { Card } from '../layout/Card';
import { Note } from '../layout/Note';
import { Skeleton } from '../layout/Skeleton';
import { useMarket, useMarketNow } from '../market/MarketContext';
import { Countdown } from './Countdown';
import { ForecastTable } from './ForecastTable';
import { PickLine } from './PickLine';

/** Market time a prediction may take after its slot has begun before the one before counts as stale. */
const graceMs = 60_000;

export function ForecastCard({ predictions }: { predictions: Resource<Prediction[]> }) {
  const { status } = useMarket();
  const now = useMarketNow();
  const newest = predictions.data?.[0];
  const late = newest === undefined ? 0 : now - Date.parse(newest.targetTs);
  const stale = late > graceMs;

  return (
    <Card title="Forecast" className="forecast-card" aside={<Countdown />}>
      {newest === undefined && predictions.data === undefined && predictions.error === undefined && <Skeleton lines={7} label="Reading the forecast" />}
      {newest === undefined && predictions.error !== undefined && (
        <Note kind="error" title="The forecast could not be read" onRetry={predictions.reload}>
          {predictions.error.message}
        </Note>
      )}
      {newest === undefined && predictions.data !== undefined && (
        <Note kind="empty" title="No forecast yet">
          The first one is made at the next slot boundary, once there is enough history and a model.
        </Note>
      )}
      {newest !== undefined && (
        <>
          <p className="slot-line">
            Slot{' '}
            <strong className="num">
              {clockMinutes(Date.parse(newest.baseTs))} – {clockMinutes(Date.parse(newest.targetTs))}
            </strong>{' '}
            <span className="unit">UTC</span>
            {stale && (
              <span className="tag" data-tone="bad">
                ▲ stale, ended {duration(late)} ago
              </span>
            )}
          </p>
          <PickLine prediction={newest} />
          {newest.predicted === null ? (
            <p className="quiet">This slot carries an explanation instead of a prediction; the next decision follows at its boundary.</p>
          ) : (
            <ForecastTable
              strategies={status.strategies}
              predicted={newest.predicted}
              lower={newest.lower}
              upper={newest.upper}
              pick={newest.pick}
            />
          )}
          <p className="quiet forecast-foot">
            {newest.predicted !== null && 'Net of all costs; band: 90 % interval. '}Decided <span className="num">{clockSeconds(Date.parse(newest.createdAt))}</span>
            {newest.epoch !== null && `, epoch ${newest.epoch}`}.
          </p>
        </>
      )}
    </Card>
  );
}
