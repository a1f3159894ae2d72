import type { SymbolInfo } from '../api/types';

const bare = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** Symbols that contain the typed letters and digits; those that begin with them come first, else in the order given. */
export function filterSymbols<T extends SymbolInfo>(symbols: readonly T[], typed: string): T[] {
  const wanted = bare(typed);
  if (!wanted) return [...symbols];
  const starts = symbols.filter((info) => bare(info.symbol).startsWith(wanted));
  const inside = symbols.filter((info) => bare(info.symbol).indexOf(wanted) > 0);
  return [...starts, ...inside];
}
