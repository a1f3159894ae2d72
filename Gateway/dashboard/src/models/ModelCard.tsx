import { dayAndMinutes } from '../format/time';
import { Card } from '../layout/Card';
import { Note } from '../layout/Note';
import { Skeleton } from '../layout/Skeleton';
import { modelKind } from './modelKind';
import { TrainingLine } from './TrainingLine';
import { useModel } from './useModel';

export function ModelCard() {
  const { data, error, reload } = useModel();
  const epoch = data?.current?.epoch;
  return (
    <Card title="Model in use" className="model-card" aside={epoch && <span className="badge">Epoch {epoch.epoch}</span>}>
      {data === undefined && error === undefined && <Skeleton lines={4} label="Reading the model" />}
      {data === undefined && error !== undefined && (
        <Note kind="error" title="The model could not be read" onRetry={reload}>
          {error.message}
        </Note>
      )}
      {data?.current === null && (
        <Note kind="empty" title="No model yet">
          The first one is trained as soon as there is enough history, and serves once it has passed the gate.
        </Note>
      )}
      {epoch !== undefined && (
        <dl className="facts">
          <div>
            <dt>Kind</dt>
            <dd className="fact-main">{modelKind(data?.current?.model?.kind ?? 'unknown')}</dd>
          </div>
          <div>
            <dt>Version</dt>
            <dd className="mono" title={`sha256 ${epoch.sha256}`}>
              {epoch.version}
            </dd>
          </div>
          <div>
            <dt>Serves since</dt>
            <dd className="num">
              {dayAndMinutes(Date.parse(epoch.effectiveFrom))} <span className="unit">UTC</span>
            </dd>
          </div>
          <div>
            <dt>Promoted because</dt>
            <dd>{epoch.reason || 'no reason was recorded'}</dd>
          </div>
        </dl>
      )}
      {data !== undefined && <TrainingLine training={data.training} />}
    </Card>
  );
}
