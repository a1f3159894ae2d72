import type { Pin } from '../api/types';
import { dayAndMinutes } from '../format/time';
import { moverWords } from './moverWords';

/** What holds the model in its place, and since when. */
export function PinLine({ pin }: { pin: Pin }) {
  return (
    <p className="model-pin">
      <span className="tag" data-tone="busy">
        <span aria-hidden="true">◆</span> Pinned
      </span>{' '}
      to <span className="mono">{pin.version}</span> since{' '}
      <span className="num">
        {dayAndMinutes(Date.parse(pin.at))} <span className="unit">UTC</span>
      </span>{' '}
      by {moverWords(pin.by) ?? 'nobody known'}: {pin.reason}
    </p>
  );
}
