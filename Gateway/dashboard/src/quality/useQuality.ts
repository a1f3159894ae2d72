import { useMessages } from '../api/LiveContext';
import { routes } from '../api/routes';
import type { Quality } from '../api/types';
import { type Resource, useResource } from '../api/useResource';
import { useMarket } from '../market/MarketContext';
import { type Span, spanRange } from './spans';

const everyMs = 15_000;

/** The quality of a symbol's data over a span that ends now; read again every few seconds and whenever a gap is noted. */
export function useQuality(symbol: string, span: Span): Resource<Quality> {
  const { time } = useMarket();
  const resource = useResource(
    `quality/${symbol}/${span}`,
    (signal) => {
      const { from, to } = spanRange(span, time.now());
      return routes.quality(symbol, from, to, signal);
    },
    { everyMs },
  );
  const { reload } = resource;
  useMessages('event', (event) => {
    if (event.kind === 'gap' && event.symbol === symbol) reload();
  });
  return resource;
}
