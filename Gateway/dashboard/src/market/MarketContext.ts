import { createContext, useContext, useEffect, useState } from 'react';
import type { Status } from '../api/types';
import type { HeardSymbol } from './HeardSymbol';
import type { MarketTime } from './MarketTime';

export interface MarketFacts {
  status: Status;
  time: MarketTime;
  barMs: number;
  slotMs: number;
  symbols: HeardSymbol[];
}

export const MarketContext = createContext<MarketFacts | null>(null);

export function useMarket(): MarketFacts {
  const market = useContext(MarketContext);
  if (market === null) throw new Error('useMarket needs a MarketContext around it.');
  return market;
}

const fastestTickMs = 100;

/** Market time, Unix ms, renewed about once a market second but not more than ten times a real one. */
export function useMarketNow(): number {
  const { time } = useMarket();
  const [now, setNow] = useState(() => time.now());
  useEffect(() => {
    const tick = () => setNow(time.now());
    tick();
    const timer = setInterval(tick, Math.max(fastestTickMs, 1000 / Math.max(1, time.speed) / 2));
    return () => clearInterval(timer);
  }, [time]);
  return now;
}
