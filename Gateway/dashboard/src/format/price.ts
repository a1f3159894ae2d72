const maxDecimals = 8;
const quotes = ['USDT', 'USDC', 'FDUSD', 'TUSD', 'BUSD', 'USD', 'EUR', 'GBP', 'JPY', 'KRW', 'TRY', 'BTC', 'ETH', 'BNB'];

/** Decimals that show each price exactly, at most eight; trailing zeros never count. */
export function decimalsOf(prices: Iterable<number>): number {
  let decimals = 0;
  for (const value of prices) {
    while (decimals < maxDecimals && Math.abs(Number(value.toFixed(decimals)) - value) > Math.abs(value) * 1e-12) decimals++;
    if (decimals === maxDecimals) break;
  }
  return decimals;
}

/** A price with grouped thousands, such as "1,407,186" or "64,210.50". */
export function price(value: number, decimals: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** A volume in four significant digits at most, short from a thousand up: "0.4213", "18.2", "1.3k". */
export function volume(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  if (value >= 1e3) return `${Number((value / 1e3).toPrecision(3))}k`;
  return String(Number(value.toPrecision(value >= 100 ? 3 : 4)));
}

/** Base and quote unit of a symbol; the quote is empty when the name does not tell it. */
export function unitsOf(symbol: string): { base: string; quote: string } {
  const underscore = symbol.indexOf('_');
  if (underscore > 0) return { base: symbol.slice(0, underscore), quote: symbol.slice(underscore + 1) };
  const quote = quotes.find((q) => symbol.endsWith(q) && symbol.length > q.length);
  return quote ? { base: symbol.slice(0, -quote.length), quote } : { base: symbol, quote: '' };
}
