interface Words {
  label: string;
  tone: 'good' | 'bad' | 'busy' | 'off';
  glyph: string;
}

const words: Record<string, Words> = {
  idle: { label: 'Idle', tone: 'off', glyph: '○' },
  preparing: { label: 'Preparing data', tone: 'busy', glyph: '◐' },
  training: { label: 'Training', tone: 'busy', glyph: '◐' },
  evaluating: { label: 'Evaluating', tone: 'busy', glyph: '◐' },
  promoted: { label: 'Promoted', tone: 'good', glyph: '✓' },
  rejected: { label: 'Rejected', tone: 'off', glyph: '✕' },
  failed: { label: 'Failed', tone: 'bad', glyph: '▲' },
};

/** A training's state or verdict as a sign and words. */
export function trainingWords(state: string): Words {
  return words[state] ?? { label: state, tone: 'off', glyph: '○' };
}
