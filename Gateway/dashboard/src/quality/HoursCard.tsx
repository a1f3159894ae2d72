import type { Quality } from '../api/types';
import type { Resource } from '../api/useResource';
import { Card } from '../layout/Card';
import { Note } from '../layout/Note';
import { Skeleton } from '../layout/Skeleton';
import { hourKinds, hourWords } from './hourKind';
import { HourGrid } from './HourGrid';

export function HoursCard({ quality }: { quality: Resource<Quality> }) {
  const { data, error } = quality;
  return (
    <Card title="Hour by hour" className="quality-hours" aside={<span className="quiet">UTC</span>}>
      {data === undefined && error === undefined && <Skeleton lines={2} label="Reading the hours" />}
      {data === undefined && error !== undefined && <Note kind="error" title="The hours could not be read" />}
      {data?.hours.length === 0 && (
        <Note kind="empty" title="No hours yet">
          They appear here with the first bar of {data.symbol}.
        </Note>
      )}
      {data !== undefined && data.hours.length > 0 && (
        <>
          <HourGrid key={`${data.symbol} ${data.hours.length > 24}`} hours={data.hours} />
          <ul className="hour-key" aria-label="Signs">
            {hourKinds.map((kind) => (
              <li key={kind}>
                <span className="hour-sign" data-kind={kind} aria-hidden="true">
                  {hourWords(kind).glyph}
                </span>
                {hourWords(kind).label}
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
