import { useMessages } from '../api/LiveContext';
import { routes } from '../api/routes';
import type { Prediction } from '../api/types';
import { type Resource, useResource } from '../api/useResource';
import { mergePredictions } from './predictionList';

const limit = 60;
const role = 'champion';
const everyMs = 60_000;

/** The champion's rows of a symbol, newest first, kept up to date by the hub. */
export function usePredictions(symbol: string): Resource<Prediction[]> {
  const resource = useResource(
    `predictions ${symbol}`,
    async (signal) => mergePredictions([], (await routes.predictions(symbol, limit, signal)).items),
    { everyMs, merge: mergePredictions },
  );
  const { patch } = resource;
  const take = (row: Prediction) => {
    if (row.symbol === symbol && row.role === role) patch((rows) => mergePredictions(rows, [row]));
  };
  useMessages('prediction', take);
  useMessages('settlement', take);
  return resource;
}
