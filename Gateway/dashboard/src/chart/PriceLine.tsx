import { percent } from '../format/percent';
import { price, unitsOf } from '../format/price';
import type { ChartFeed } from './ChartFeed';
import { priceChange } from './priceChange';
import { useNewestBar } from './useChartFeed';

interface Props {
  feed: ChartFeed | null;
  symbol: string;
  decimals: number;
  slotMs: number;
}

/** Newest price with its change over the length of a slot. */
export function PriceLine({ feed, symbol, decimals, slotMs }: Props) {
  const bar = useNewestBar(feed);
  const change = feed === null ? null : priceChange(feed.tape.bars, Math.max(slotMs, feed.tape.intervalMs));
  const over = Math.max(slotMs, feed?.tape.intervalMs ?? 0) / 60_000;
  return (
    <p className="price-line">
      {bar && (
        <>
          <span className="price num">{price(bar.close, decimals)}</span>
          <span className="unit">{unitsOf(symbol).quote}</span>
        </>
      )}
      {change !== null && (
        <span className="change num" data-sign={Math.sign(change)}>
          <span aria-hidden="true">{change > 0 ? '▲' : change < 0 ? '▼' : '■'}</span> {percent(change, 2)}
          <span className="unit"> in {over} min</span>
        </span>
      )}
      <span className="attribution">
        <a href="https://www.tradingview.com/" target="_blank" rel="noopener noreferrer" title="Copyright © 2025 TradingView, Inc. https://www.tradingview.com/">
          TradingView Lightweight Charts™
        </a>
      </span>
    </p>
  );
}
