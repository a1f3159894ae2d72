import { useEffect, useState, useSyncExternalStore } from 'react';
import { useLive, useMessages } from '../api/LiveContext';
import { routes } from '../api/routes';
import { ChartFeed, type FeedPhase } from './ChartFeed';
import type { ChartBar } from './ChartBar';
import type { Interval } from './intervals';

const loading: FeedPhase = { kind: 'loading', error: null };
const nothing = () => () => {};

/** The feed of a symbol at an interval; another one when either changes. */
export function useChartFeed(symbol: string, interval: Interval, barMs: number): { feed: ChartFeed | null; phase: FeedPhase } {
  const { generation } = useLive();
  const [feed, setFeed] = useState<ChartFeed | null>(null);

  useEffect(() => {
    const next = new ChartFeed(
      {
        bars: (range, signal) => routes.bars(symbol, range, signal),
        gaps: (from, signal) => routes.gaps(symbol, from, signal),
      },
      interval,
      barMs,
    );
    setFeed(next);
    next.start();
    return () => {
      next.stop();
      setFeed(null);
    };
  }, [symbol, interval, barMs]);

  useEffect(() => {
    if (generation > 0) feed?.catchUp();
  }, [feed, generation]);

  useMessages('bar', (bar, of) => {
    if (of === symbol) feed?.take(bar);
  });
  useMessages('event', (event) => {
    if (event.kind === 'gap' && event.symbol === symbol) feed?.catchUp();
  });

  const phase = useSyncExternalStore(feed ? (changed) => feed.onPhase(changed) : nothing, () => feed?.phase ?? loading);
  return { feed, phase };
}

/** The newest bar of a feed, renewed as it changes. */
export function useNewestBar(feed: ChartFeed | null): ChartBar | undefined {
  return useSyncExternalStore(feed ? (changed) => feed.onChange(changed) : nothing, () => feed?.tape.last);
}
