import { expect, it } from 'vitest';
import type { FeedState, SymbolInfo } from '../api/types';
import { chooseSymbol } from './chooseSymbol';

const list = (...states: FeedState[]) => states.map((state, i) => ({ symbol: `S${i}`, state }) as SymbolInfo);

it('takes the symbol that was asked for', () => {
  expect(chooseSymbol(list('live', 'stopped'), 'S1')?.symbol).toBe('S1');
});

it('else the first live one, else one that is not stopped', () => {
  expect(chooseSymbol(list('loading', 'live'), 'GONE')?.symbol).toBe('S1');
  expect(chooseSymbol(list('stopped', 'lost'), null)?.symbol).toBe('S1');
  expect(chooseSymbol(list('stopped'), null)?.symbol).toBe('S0');
  expect(chooseSymbol([], null)).toBeUndefined();
});
