const minus = '−';

/** A value with a fixed number of decimals and a true minus sign; what rounds to zero has no sign. */
export function fixed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? minus + text : text;
}

/** The same with a plus sign before positive values, for quantities whose direction matters. */
export function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** A return that is already in percent, as "+0.031 %" with a no-break space before the unit. */
export function percent(valuePct: number, decimals = 3): string {
  return `${signed(valuePct, decimals)} %`;
}

/** A share in [0, 1] as whole percent. */
export function share(value: number): string {
  return `${fixed(value * 100, 0)} %`;
}
