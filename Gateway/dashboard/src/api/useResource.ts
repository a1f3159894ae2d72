import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from './ApiError';
import { useLive } from './LiveContext';

const retryMs = [1000, 2000, 4000, 8000, 15_000];

export interface Resource<T> {
  /** Undefined until the first answer; kept, and then old, when later reads fail. */
  data: T | undefined;
  /** The last read's failure; undefined after a good one. */
  error: ApiError | undefined;
  reload: () => void;
  /** Changes the data in place, for live messages; does nothing before the first answer. */
  patch: (change: (data: T) => T) => void;
}

interface Options<T> {
  /** Reads again after so many ms; 0 for never. */
  everyMs?: number;
  /** Joins what was read with what live messages brought meanwhile; default: what was read. */
  merge?: (held: T, read: T) => T;
}

interface Held<T> {
  key: string | null;
  data: T | undefined;
  error: ApiError | undefined;
}

/**
 * Reads a resource, again after missed messages, on reload and at an interval, and retries on failure.
 * Another key starts anew without data; a null key reads nothing.
 */
export function useResource<T>(key: string | null, read: (signal: AbortSignal) => Promise<T>, options: Options<T> = {}): Resource<T> {
  const { generation } = useLive();
  const [asked, setAsked] = useState(0);
  const [held, setHeld] = useState<Held<T>>({ key, data: undefined, error: undefined });
  const newest = useRef({ read, merge: options.merge });
  const everyMs = options.everyMs ?? 0;

  useEffect(() => {
    newest.current = { read, merge: options.merge };
  });

  useEffect(() => {
    if (key === null) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;

    const run = async () => {
      try {
        const data = await newest.current.read(abort.signal);
        if (abort.signal.aborted) return;
        failures = 0;
        setHeld((before) => {
          const old = before.key === key ? before.data : undefined;
          const { merge } = newest.current;
          return { key, data: old !== undefined && merge ? merge(old, data) : data, error: undefined };
        });
      } catch (error) {
        if (abort.signal.aborted) return;
        const reason = error instanceof ApiError ? error : new ApiError(String(error), 0, '');
        setHeld((before) => ({ key, data: before.key === key ? before.data : undefined, error: reason }));
        failures++;
      }
      const wait = failures > 0 ? retryMs[Math.min(failures, retryMs.length) - 1] : everyMs;
      if (wait) timer = setTimeout(() => void run(), wait);
    };

    void run();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
    // A new generation and a call of reload change nothing that is used here: both mean "read again".
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react/exhaustive-deps
  }, [key, everyMs, generation, asked]);

  const reload = useCallback(() => setAsked((value) => value + 1), []);
  const patch = useCallback((change: (data: T) => T) => {
    setHeld((before) => (before.data === undefined ? before : { ...before, data: change(before.data) }));
  }, []);

  const own = held.key === key;
  return { data: own ? held.data : undefined, error: own ? held.error : undefined, reload, patch };
}
