import { createContext, useContext, useEffect, useRef, useSyncExternalStore } from 'react';
import type { LineState, LiveHub } from './LiveHub';
import type { LiveMessages } from './types';

export interface Live {
  hub: LiveHub;
  /** Grows whenever messages may have been missed: what is shown must be read again. */
  generation: number;
}

export const LiveContext = createContext<Live | null>(null);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error('useLive needs a LiveProvider around it.');
  return live;
}

export function useLineState(): LineState {
  const { hub } = useLive();
  return useSyncExternalStore(
    (changed) => hub.onState(changed),
    () => hub.state,
  );
}

/** Calls the newest handler for each message of a kind. */
export function useMessages<K extends keyof LiveMessages>(kind: K, handler: (data: LiveMessages[K], symbol: string | null) => void): void {
  const { hub } = useLive();
  const newest = useRef(handler);
  useEffect(() => {
    newest.current = handler;
  });
  useEffect(() => hub.on(kind, (data, symbol) => newest.current(data, symbol)), [hub, kind]);
}
