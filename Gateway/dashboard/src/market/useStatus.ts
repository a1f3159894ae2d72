import { useMemo } from 'react';
import { routes } from '../api/routes';
import type { Status } from '../api/types';
import { type Resource, useResource } from '../api/useResource';
import { MarketTime } from './MarketTime';

const everyMs = 15_000;

interface TimedStatus {
  status: Status;
  readAt: number;
}

/** The gateway's status with a clock set by it; half of the way there and back counts as the answer's age. */
export function useStatus(): Resource<TimedStatus> & { time: MarketTime | undefined } {
  const resource = useResource<TimedStatus>(
    'status',
    async (signal) => {
      const asked = performance.now();
      const status = await routes.status(signal);
      return { status, readAt: (asked + performance.now()) / 2 };
    },
    { everyMs },
  );
  const { data } = resource;
  const time = useMemo(() => data && new MarketTime(Date.parse(data.status.now), data.readAt, data.status.speed), [data]);
  return { ...resource, time };
}
