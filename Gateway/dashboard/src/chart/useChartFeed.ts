import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useLive, useMessages } from '../api/LiveContext';
import { routes } from '../api/routes';
import type { ChartBar } from './ChartBar';
import { type BarSource, ChartFeed, type FeedPhase } from './ChartFeed';
import type { Interval } from './intervals';

const nothing = () => () => {};

/** The feed of a symbol at an interval; another one when either changes. */
export function useChartFeed(symbol: string, interval: Interval, barMs: number): { feed: ChartFeed; phase: FeedPhase } {
  const { generation } = useLive();
  const feed = useMemo(() => {
    const source: BarSource = {
      bars: (range, signal) => routes.bars(symbol, range, signal),
      gaps: (from, signal) => routes.gaps(symbol, from, signal),
    };
    return new ChartFeed(source, interval, barMs);
  }, [symbol, interval, barMs]);

  useEffect(() => {
    feed.start();
    return () => feed.stop();
  }, [feed]);

  useEffect(() => {
    if (generation > 0) feed.catchUp();
  }, [feed, generation]);

  useMessages('bar', (bar, of) => {
    if (of === symbol) feed.take(bar);
  });
  useMessages('event', (event) => {
    if (event.kind === 'gap' && event.symbol === symbol) feed.catchUp();
  });

  const phase = useSyncExternalStore(
    (changed) => feed.onPhase(changed),
    () => feed.phase,
  );
  return { feed, phase };
}

/** Whether a feed has any bar. */
export function useHasBars(feed: ChartFeed): boolean {
  return useSyncExternalStore(
    (changed) => feed.onChange(changed),
    () => feed.tape.last !== undefined,
  );
}

/** The newest bar of a feed, renewed as it changes. */
export function useNewestBar(feed: ChartFeed | null): ChartBar | undefined {
  return useSyncExternalStore(feed ? (changed) => feed.onChange(changed) : nothing, () => feed?.tape.last);
}
