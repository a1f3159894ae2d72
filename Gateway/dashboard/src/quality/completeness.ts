/** A share of bars in percent, cut off and never rounded up, with as many decimals as let a single missing bar be seen. */
export function completenessText(share: number, expected: number): string {
  if (share >= 1) return '100 %';
  const decimals = Math.max(1, Math.ceil(Math.log10(Math.max(1, expected) / 100)));
  const unit = 10 ** decimals;
  // The small term takes back what binary fractions lose: 0.57 × 100 is a little less than 57.
  return `${(Math.floor(Math.max(0, share) * 100 * unit + 1e-6) / unit).toFixed(decimals)} %`;
}

export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** "1 missing bar", "1,204 missing bars". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
