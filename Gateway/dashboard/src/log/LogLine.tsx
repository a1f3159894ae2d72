import type { LogEvent } from '../api/types';
import { whenSeconds } from '../format/time';

const glyphs = { info: '·', warning: '▲', error: '✕' } as const;

export function LogLine({ event, now }: { event: LogEvent; now: number }) {
  return (
    <li className="log-line" data-level={event.level}>
      <time className="num" dateTime={event.ts}>
        {whenSeconds(Date.parse(event.ts), now)}
      </time>
      <span className="log-level">
        <span aria-hidden="true">{glyphs[event.level]}</span>
        <span className="sr-only">{event.level}</span>
      </span>
      <span className="log-text">
        <span className="log-kind">{event.kind}</span>
        {event.symbol !== null && <span className="log-symbol">{event.symbol}</span>}
        {event.message}
      </span>
    </li>
  );
}
