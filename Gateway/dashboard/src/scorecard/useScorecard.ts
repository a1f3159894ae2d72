import { useEffect, useRef } from 'react';
import { useMessages } from '../api/LiveContext';
import { routes } from '../api/routes';
import type { Scorecard } from '../api/scorecard';
import { type Resource, useResource } from '../api/useResource';

const everyMs = 60_000;
const afterSettlementMs = 2000;

/** The scorecard of a symbol, or of all with null; read again shortly after settlements, which come in bursts. */
export function useScorecard(symbol: string | null): Resource<Scorecard> {
  const resource = useResource(`scorecard ${symbol ?? ''}`, (signal) => routes.scorecard(symbol, signal), { everyMs });
  const { reload } = resource;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useMessages('settlement', () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      reload();
    }, afterSettlementMs);
  });
  return resource;
}
