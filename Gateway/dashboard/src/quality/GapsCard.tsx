import type { Quality } from '../api/types';
import type { Resource } from '../api/useResource';
import { Card } from '../layout/Card';
import { Note } from '../layout/Note';
import { Skeleton } from '../layout/Skeleton';
import { gapRows, gapSummary } from './gapRows';

export function GapsCard({ quality }: { quality: Resource<Quality> }) {
  const { data, error } = quality;
  const rows = data && gapRows(data.gaps, Date.parse(data.to));
  return (
    <Card title="Gaps" className="quality-list" aside={data && <span className="quiet num">{gapSummary(data.gaps)}</span>}>
      {rows === undefined && error === undefined && <Skeleton lines={5} label="Reading the gaps" />}
      {rows === undefined && error !== undefined && <Note kind="error" title="The gaps could not be read" />}
      {rows?.length === 0 && (
        <Note kind="empty" title="No gaps">
          No hole is known in this span.
        </Note>
      )}
      {rows !== undefined && rows.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
        <div className="scroll" tabIndex={0} role="group" aria-label="Gaps, scrollable">
          <table className="quality-table gap-table">
            <thead>
              <tr>
                <th scope="col">From – to, UTC</th>
                <th scope="col" className="quality-number">
                  Length
                </th>
                <th scope="col">State</th>
                <th scope="col">Cause</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.key}>
                  <th scope="row" className="num">
                    {row.from} – {row.to}
                  </th>
                  <td className="num quality-number">{row.length}</td>
                  <td className="num">
                    <span className="gap-state" data-tone={row.state.tone}>
                      <span aria-hidden="true">{row.state.glyph}</span> {row.state.words}
                    </span>
                  </td>
                  <td>{row.cause}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
