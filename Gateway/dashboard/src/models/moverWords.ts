const words: Record<string, string> = {
  training: 'a training',
  command: 'the command line',
  rest: 'REST without a key',
  'another writer': 'another writer',
};

/** Who moved the model, for readers; a key's holder is named as it is, null when nobody was recorded. */
export function moverWords(by: string): string | null {
  return by === '' ? null : (words[by] ?? by);
}
