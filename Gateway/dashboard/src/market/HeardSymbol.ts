import type { SymbolInfo } from '../api/types';

/** A symbol with when the page heard of its state, by the browser's monotonic clock in ms. */
export interface HeardSymbol extends SymbolInfo {
  heardAt: number;
}
