import { routes } from '../api/routes';
import { useMessages } from '../api/LiveContext';
import type { SymbolInfo } from '../api/types';
import { type Resource, useResource } from '../api/useResource';

const everyMs = 10_000;

/** All symbols with the state of their feeds, kept up to date by the hub's feed messages. */
export function useSymbols(): Resource<SymbolInfo[]> {
  const resource = useResource('symbols', async (signal) => (await routes.symbols(signal)).items, { everyMs });
  const { patch } = resource;
  useMessages('feed', (feed) => {
    patch((symbols) =>
      symbols.map((info) =>
        info.symbol === feed.symbol && info.state !== 'stopped' ? { ...info, state: feed.state, lagSeconds: feed.lagSeconds } : info,
      ),
    );
  });
  return resource;
}
