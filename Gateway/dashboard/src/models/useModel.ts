import { ApiError } from '../api/ApiError';
import { useMessages } from '../api/LiveContext';
import { routes } from '../api/routes';
import type { CurrentModel, Training } from '../api/types';
import { type Resource, useResource } from '../api/useResource';

const runs = 5;
const everyMs = 30_000;

export interface ModelFacts {
  /** Null before the first promotion. */
  current: CurrentModel | null;
  training: Training;
}

async function readCurrent(signal: AbortSignal): Promise<CurrentModel | null> {
  try {
    return await routes.currentModel(signal);
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'no-model') return null;
    throw error;
  }
}

/** The model in use and the training, read again whenever either is in the news. */
export function useModel(): Resource<ModelFacts> {
  const resource = useResource<ModelFacts>(
    'model',
    async (signal) => {
      const [current, training] = await Promise.all([readCurrent(signal), routes.training(runs, signal)]);
      return { current, training };
    },
    { everyMs },
  );
  const { reload } = resource;
  useMessages('model', reload);
  useMessages('event', (event) => {
    if (event.kind === 'training' || event.kind === 'model') reload();
  });
  return resource;
}
