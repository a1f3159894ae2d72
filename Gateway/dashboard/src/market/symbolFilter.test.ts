import { expect, it } from 'vitest';
import type { SymbolInfo } from '../api/types';
import { filterSymbols } from './symbolFilter';

const symbols = ['ETH_BTC', 'BTC_JPY', 'SOLUSDT'].map((symbol) => ({ symbol }) as SymbolInfo);
const names = (typed: string) => filterSymbols(symbols, typed).map((info) => info.symbol);

it('keeps everything when nothing is typed', () => {
  expect(names(' ')).toEqual(['ETH_BTC', 'BTC_JPY', 'SOLUSDT']);
});

it('puts symbols that begin with the typed text first', () => {
  expect(names('btc')).toEqual(['BTC_JPY', 'ETH_BTC']);
});

it('does not mind separators', () => {
  expect(names('btcjpy')).toEqual(['BTC_JPY']);
  expect(names('sol/usdt')).toEqual(['SOLUSDT']);
});
