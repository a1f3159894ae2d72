import type { SymbolInfo } from '../api/types';

/** The symbol asked for when it exists, else the first live one, else the first that is not stopped, else any. */
export function chooseSymbol<T extends SymbolInfo>(symbols: readonly T[], asked: string | null): T | undefined {
  return (
    symbols.find((info) => info.symbol === asked) ??
    symbols.find((info) => info.state === 'live') ??
    symbols.find((info) => info.state !== 'stopped') ??
    symbols[0]
  );
}
