/** A strategy's name for readers: "mean_revert" as "Mean revert". */
export function strategyName(strategy: string): string {
  const words = strategy.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
