import type { FeedState, Market } from '../api/types';

interface Words {
  label: string;
  tone: 'good' | 'busy' | 'bad' | 'off';
  /** A shape of its own for each state, so that colour is not the only sign. */
  glyph: string;
}

const words: Record<FeedState, Words> = {
  live: { label: 'Live', tone: 'good', glyph: '●' },
  loading: { label: 'Loading history', tone: 'busy', glyph: '◐' },
  lost: { label: 'Feed lost', tone: 'bad', glyph: '▲' },
  halted: { label: 'Halted', tone: 'bad', glyph: '■' },
  stopped: { label: 'Stopped', tone: 'off', glyph: '○' },
};

export function feedWords(state: FeedState): Words {
  return words[state];
}

const markets: Record<Market, string> = {
  binance: 'Binance spot',
  synthetic: 'Synthetic market',
  tape: 'Tape replay',
};

export function marketName(market: Market): string {
  return markets[market] ?? market;
}

export function speedName(speed: number): string {
  return speed === 1 ? 'real time' : `${speed}× speed`;
}
