import { dayAndMinutes } from '../format/time';
import { Card } from '../layout/Card';
import { Note } from '../layout/Note';
import { Skeleton } from '../layout/Skeleton';
import { modelKind } from './modelKind';
import { moverWords } from './moverWords';
import { PinLine } from './PinLine';
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
        <>
          <p className="model-name">
            {modelKind(data?.current?.model?.kind ?? 'Unknown kind')}
            <span className="mono" title={`sha256 ${epoch.sha256}`}>
              {epoch.version}
            </span>
          </p>
          <p className="model-why">
            Serves since{' '}
            <span className="num">
              {dayAndMinutes(Date.parse(epoch.effectiveFrom))} <span className="unit">UTC</span>
            </span>
            {moverWords(epoch.by) !== null && <>, put there by {moverWords(epoch.by)}</>}. {epoch.reason || 'No reason was recorded for its promotion'}
          </p>
        </>
      )}
      {data?.current?.pin && <PinLine pin={data.current.pin} />}
      {data?.current?.pointerProblem && (
        <Note kind="error" title="The pointer in object storage is not followed">
          {data.current.pointerProblem}
        </Note>
      )}
      {data !== undefined && <TrainingLine training={data.training} />}
    </Card>
  );
}
