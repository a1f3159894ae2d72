import { decimalsOf, price } from '../format/price';
import { sentence } from '../format/sentence';
import { backfillReach } from './backfill';
import { FeedDot } from './FeedDot';
import { feedLine } from './feedLine';
import type { HeardSymbol } from './HeardSymbol';
import { useMarket } from './MarketContext';

/** What the picker's list shows of a symbol: its feed, with the lag when that is out of the ordinary, its reason or progress, and its price. */
export function SymbolOption({ info }: { info: HeardSymbol }) {
  const { barMs, time } = useMarket();
  const line = feedLine(info, { now: time.now(), time, barMs, quietSince: null });
  const more = info.backfill !== null ? sentence(backfillReach(info.backfill)) : info.state === 'lost' || info.state === 'halted' ? sentence(info.detail) : '';
  return (
    <>
      <FeedDot line={line} />
      <span className="picker-name">{info.symbol}</span>
      <span className="picker-state" data-tone={line.tone} data-late={line.late} aria-hidden="true">
        {line.words}
        {line.late && line.lag !== null && `, ${line.lag}`}
      </span>
      <span className="num">{info.lastClose === null ? '–' : price(info.lastClose, decimalsOf([info.lastClose]))}</span>
      {info.backfill !== null && (
        <span className="picker-progress" aria-hidden="true">
          <progress max={1} value={info.backfill.share} />
        </span>
      )}
      {more !== '' && <span className="picker-more">{more}</span>}
    </>
  );
}
