/** Share of the training mean's squared error that the predictions take away; negative when they add to it, null when unknown. */
export function skillOf(mse: number | null, meanMse: number | null): number | null {
  return mse === null || meanMse === null || meanMse === 0 ? null : 1 - mse / meanMse;
}

/** A squared error in three significant digits, never in powers of ten above 1e-6. */
export function squaredError(value: number): string {
  if (value === 0) return '0';
  return value >= 1 ? value.toFixed(2) : value >= 1e-6 ? value.toFixed(Math.min(8, 2 - Math.floor(Math.log10(value)))) : value.toExponential(1);
}
