import { useMessages } from '../api/LiveContext';
import { routes } from '../api/routes';
import type { LogEvent } from '../api/types';
import { type Resource, useResource } from '../api/useResource';
import { mergeEvents } from './eventList';

const limit = 100;

/** The status log, newest first, with live lines on top. */
export function useEvents(): Resource<LogEvent[]> {
  const resource = useResource('events', async (signal) => (await routes.events(limit, signal)).items, { merge: mergeEvents });
  const { patch } = resource;
  useMessages('event', (event) => patch((events) => mergeEvents(events, [event])));
  return resource;
}
