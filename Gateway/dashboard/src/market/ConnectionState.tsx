import { useLineState } from '../api/LiveContext';
import { clockSeconds } from '../format/time';

/** Whether live updates arrive, and since when not. Times are real time, which may differ from the market's. */
export function ConnectionState() {
  const { kind, since } = useLineState();
  const words =
    kind === 'live' ? 'Connected' : kind === 'connecting' ? 'Connecting…' : `Reconnecting, down since ${clockSeconds(since)} UTC`;
  return (
    <span className="pill" role="status" data-tone={kind === 'live' ? 'good' : kind === 'down' ? 'bad' : 'busy'}>
      <span aria-hidden="true">{kind === 'live' ? '●' : kind === 'down' ? '▲' : '◐'}</span>
      {words}
    </span>
  );
}
