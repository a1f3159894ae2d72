import type { SymbolInfo } from '../api/types';

/** The end of the newest bar, up to which the feed was whole; null when there was never one. */
export function lostSince(symbol: SymbolInfo, barMs: number): number | null {
  return symbol.lastBarTs === null ? null : Date.parse(symbol.lastBarTs) + barMs;
}
