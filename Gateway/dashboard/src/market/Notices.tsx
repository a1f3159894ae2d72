import { useLineState } from '../api/LiveContext';
import type { ApiError } from '../api/ApiError';
import type { SymbolInfo } from '../api/types';
import { sentence } from '../format/sentence';
import { clockSeconds, whenSeconds } from '../format/time';
import { BackfillBar } from './BackfillBar';
import { useMarket } from './MarketContext';
import { lostSince } from './lostSince';

interface Props {
  symbol: SymbolInfo;
  /** Why the newest read of status or symbols failed, if it did. */
  error: ApiError | undefined;
}

/** What makes the shown values old or partial right now, with since when. */
export function Notices({ symbol, error }: Props) {
  const line = useLineState();
  const { time, barMs } = useMarket();
  const notices: { key: string; tone: 'bad' | 'busy'; text: string }[] = [];
  if (line.kind === 'down') {
    const because = error ? ` ${error.message}` : '';
    notices.push({
      key: 'line',
      tone: 'bad',
      text: `Live updates have been interrupted since ${clockSeconds(line.since)} UTC.${because} You see the last known values; the page reconnects by itself.`,
    });
  } else if (error) {
    notices.push({ key: 'api', tone: 'bad', text: `The gateway could not be read: ${error.message} Trying again.` });
  }
  const why = symbol.detail === '' ? '' : `${sentence(symbol.detail)} `;
  if (symbol.state === 'lost') {
    const since = lostSince(symbol, barMs);
    const when = since === null ? '' : ` since ${whenSeconds(since, time.now())} UTC market time`;
    notices.push({ key: 'feed', tone: 'bad', text: `The exchange feed of ${symbol.symbol} has been lost${when}. ${why}Slots without data are explained, not predicted.` });
  }
  if (symbol.state === 'loading') notices.push({ key: 'feed', tone: 'busy', text: `The history of ${symbol.symbol} is still being loaded; forecasts begin when it is there.` });
  if (symbol.state === 'halted') notices.push({ key: 'feed', tone: 'bad', text: `The exchange has halted trading in ${symbol.symbol}. ${why}`.trim() });
  if (symbol.state === 'stopped') notices.push({ key: 'feed', tone: 'busy', text: `${symbol.symbol} has been stopped: its history stays, no new bars or forecasts are made.` });
  return (
    <section className="notices" aria-label="Notices">
      <div role="status">
        {notices.map((notice) => (
          <p key={notice.key} data-tone={notice.tone}>
            <span aria-hidden="true">{notice.tone === 'bad' ? '▲' : '◐'}</span> {notice.text}
          </p>
        ))}
      </div>
      {/* Not part of the status, which would be read aloud with each step. */}
      {symbol.backfill !== null && (
        <p data-tone="busy">
          <BackfillBar backfill={symbol.backfill} symbol={symbol.symbol} />
        </p>
      )}
    </section>
  );
}
