import { expect, it } from 'vitest';
import { reasonSentence } from './reasons';

it('puts known reasons into words, however they are written', () => {
  expect(reasonSentence('not-worth-the-cost')).toBe(reasonSentence('Not worth the cost'));
  expect(reasonSentence('no_model_yet')).toBe('No model has been promoted yet.');
});

it('keeps a reason that is already a text', () => {
  expect(reasonSentence('gap of 45 s at 12:03')).toBe('Gap of 45 s at 12:03.');
  expect(reasonSentence('')).toBe('No reason was recorded.');
});
