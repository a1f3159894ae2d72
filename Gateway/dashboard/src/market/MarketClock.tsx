import { clockSeconds, date } from '../format/time';
import { useMarketNow } from './MarketContext';

export function MarketClock() {
  const now = useMarketNow();
  return (
    <time className="market-clock" dateTime={new Date(now).toISOString()} aria-label="Market time">
      <span className="market-clock-date">{date(now)}</span>
      <span className="num">{clockSeconds(now)}</span>
      <span className="unit">UTC</span>
    </time>
  );
}
