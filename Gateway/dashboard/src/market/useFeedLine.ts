import { type FeedLine, feedLine } from './feedLine';
import type { HeardSymbol } from './HeardSymbol';
import { useMarket, useMarketNow } from './MarketContext';
import { useQuietSince } from './useQuietSince';

/** The line of a followed symbol's feed, renewed as market time goes on. */
export function useFeedLine(info: HeardSymbol): FeedLine {
  const { barMs, time } = useMarket();
  const now = useMarketNow();
  const quietSince = useQuietSince(info.symbol);
  return feedLine(info, { now, time, barMs, quietSince });
}
