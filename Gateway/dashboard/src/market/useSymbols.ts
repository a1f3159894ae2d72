import { routes } from '../api/routes';
import { useMessages } from '../api/LiveContext';
import { type Resource, useResource } from '../api/useResource';
import type { HeardSymbol } from './HeardSymbol';

const everyMs = 10_000;

/** All symbols with the state of their feeds, kept up to date by the hub's feed messages. */
export function useSymbols(): Resource<HeardSymbol[]> {
  const resource = useResource<HeardSymbol[]>(
    'symbols',
    async (signal) => {
      const { items } = await routes.symbols(signal);
      const heardAt = performance.now();
      return items.map((info) => Object.assign(info, { heardAt }));
    },
    { everyMs },
  );
  const { patch } = resource;
  useMessages('feed', (feed) => {
    const { state, lagSeconds, detail, backfill } = feed;
    const heardAt = performance.now();
    patch((symbols) =>
      symbols.map((info) =>
        info.symbol === feed.symbol && info.state !== 'stopped' ? { ...info, state, lagSeconds, detail, backfill, heardAt } : info,
      ),
    );
  });
  return resource;
}
