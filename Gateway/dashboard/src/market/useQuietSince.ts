import { useMessages } from '../api/LiveContext';
import { routes } from '../api/routes';
import { useResource } from '../api/useResource';
import { quietSince, withBar } from './quiet';

const limit = 240;

/** From when on a followed symbol has had no trade, Unix ms; null when it had one lately or that is not known. */
export function useQuietSince(symbol: string): number | null {
  const { data, patch } = useResource(`quiet/${symbol}`, async (signal) => (await routes.bars(symbol, { interval: '15s', limit }, signal)).items);
  useMessages('bar', (bar, of) => {
    if (of === symbol) patch((bars) => withBar(bars, bar));
  });
  return data === undefined ? null : quietSince(data);
}
