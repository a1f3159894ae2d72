import { type KeyboardEvent, useRef, useState } from 'react';
import type { QualityHour } from '../api/types';
import { clockMinutes } from '../format/time';
import { hourFigures, hourLine, hourName } from './hourFigures';
import { hourKind, hourWords } from './hourKind';
import { hourRows, nextPlace, type Place } from './hourRows';

/** A place for each hour; arrow keys move between them, and the one that is chosen or pointed at is told below. */
export function HourGrid({ hours }: { hours: readonly QualityHour[] }) {
  const rows = hourRows(hours);
  const last = { row: 0, column: rows[0]?.places.findLastIndex((hour) => hour !== null) ?? 0 };
  const [chosen, setChosen] = useState<Place | null>(null);
  const [pointed, setPointed] = useState<Place | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const hourAt = (place: Place | null) => (place === null ? null : (rows[place.row]?.places[place.column] ?? null));
  const current = chosen !== null && hourAt(chosen) !== null ? chosen : last;
  const told = hourAt(pointed) ?? hourAt(current);
  const single = rows.length === 1;

  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextPlace(rows, current, event.key);
    if (next === null) return;
    event.preventDefault();
    setChosen(next);
    table.current?.querySelector<HTMLElement>(`[data-place='${next.row}/${next.column}']`)?.focus();
  };

  const columns = rows[0]?.places ?? [];
  return (
    <>
      {/* Focus moves within it by keys, which is what a grid is. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role */}
      <table className="hour-grid" role="grid" aria-label="Hours" ref={table} onKeyDown={onKeyDown} data-single={single}>
        <thead>
          <tr>
            {!single && (
              <th scope="col">
                <span className="sr-only">Day</span>
              </th>
            )}
            {columns.map((hour, column) => {
              const text = single ? clockMinutes(Date.parse(hour?.ts ?? '')).slice(0, 2) : String(column).padStart(2, '0');
              return (
                <th key={text} scope="col" className="num">
                  {text}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rowIndex) => (
            <tr key={row.name}>
              {!single && (
                <th scope="row" className="num">
                  {row.name}
                </th>
              )}
              {row.places.map((hour, column) => {
                const place = `${rowIndex}/${column}`;
                if (hour === null)
                  return (
                    <td key={place}>
                      <span className="sr-only">Not in the span</span>
                    </td>
                  );
                const kind = hourKind(hour);
                const isCurrent = current.row === rowIndex && current.column === column;
                return (
                  <td
                    key={place}
                    className="hour-sign num"
                    data-kind={kind}
                    data-place={place}
                    tabIndex={isCurrent ? 0 : -1}
                    aria-label={hourLine(hour)}
                    title={hourLine(hour)}
                    onFocus={() => setChosen({ row: rowIndex, column })}
                    onPointerEnter={() => setPointed({ row: rowIndex, column })}
                    onPointerLeave={() => setPointed(null)}
                  >
                    <span aria-hidden="true">
                      {hourWords(kind).glyph}
                      {single && kind === 'incomplete' && <b>{hour.missing}</b>}
                    </span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {told !== null && (
        <p className="hour-told" aria-hidden="true">
          <strong className="num">{hourName(told)}</strong>
          <span>{hourWords(hourKind(told)).label}</span>
          {hourFigures(told).map((figure) => (
            <span key={figure} className="num">
              {figure}
            </span>
          ))}
        </p>
      )}
    </>
  );
}
