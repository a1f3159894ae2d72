const sentences: Record<string, string> = {
  gap: 'Bars of the last hours are missing, so the features cannot be trusted.',
  'stale data': 'The newest bars are too old to decide on.',
  'stale model': 'The model in use is too old.',
  'out of distribution': 'The market looks unlike anything the model was trained on.',
  'no model yet': 'No model has been promoted yet.',
  'not worth the cost': 'No strategy is expected to earn more than its trading costs.',
  'expected to stay flat': 'The best strategy is expected not to trade in this slot.',
  'warming up': 'There is not enough history yet to compute the features.',
  missed: 'The slot was not predicted in time; nothing is predicted after the fact.',
};

/** A ledger reason as a sentence; a reason that is already in words of its own is kept. */
export function reasonSentence(reason: string): string {
  const text = reason.trim();
  const known = sentences[text.toLowerCase().replaceAll(/[-_]+/g, ' ')];
  if (known !== undefined) return known;
  if (text === '') return 'No reason was recorded.';
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
