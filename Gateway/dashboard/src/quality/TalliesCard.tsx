import type { Quality } from '../api/types';
import type { Resource } from '../api/useResource';
import { dayAndMinutes } from '../format/time';
import { Card } from '../layout/Card';
import { Note } from '../layout/Note';
import { Skeleton } from '../layout/Skeleton';
import { count, counted } from './completeness';
import { notableHours, tallies } from './notableHours';

export function TalliesCard({ quality }: { quality: Resource<Quality> }) {
  const { data, error } = quality;
  const hours = data && notableHours(data.hours);
  const rest = data && hours ? data.hours.length - hours.length : 0;
  return (
    <Card title="Corrections and faults" className="quality-list" aside={<span className="quiet">per hour</span>}>
      {hours === undefined && error === undefined && <Skeleton lines={5} label="Reading corrections and faults" />}
      {hours === undefined && error !== undefined && <Note kind="error" title="Corrections and faults could not be read" />}
      {hours?.length === 0 && (
        <Note kind="empty" title="Nothing to report">
          No revision, late, doubled or invalid trade and no outage in this span.
        </Note>
      )}
      {data !== undefined && hours !== undefined && hours.length > 0 && (
        <>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
          <div className="scroll" tabIndex={0} role="group" aria-label="Corrections and faults, scrollable">
            <table className="quality-table">
              <thead>
                <tr>
                  <th scope="col">Hour, UTC</th>
                  {tallies.map(({ key, text, title }) => (
                    <th key={key} scope="col" className="quality-number" title={title}>
                      {text}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {hours.map((hour) => (
                  <tr key={hour.ts}>
                    <th scope="row" className="num">
                      {dayAndMinutes(Date.parse(hour.ts))}
                    </th>
                    {tallies.map(({ key }) => (
                      <td key={key} className="num quality-number" data-zero={hour[key] === 0}>
                        {count(hour[key])}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className="quiet quality-foot">
            {rest === 0 ? 'Every hour of this span is listed.' : `${counted(rest, 'other hour')} without anything to report.`} Revised counts
            bars, outages the times that the feed was lost, the rest trades and messages.
          </p>
        </>
      )}
    </Card>
  );
}
