import { expect, it } from 'vitest';
import { sentence } from './sentence';

it('makes a sentence of a reason, once', () => {
  expect(sentence('the exchange ended it')).toBe('The exchange ended it.');
  expect(sentence('The feed is silent.')).toBe('The feed is silent.');
  expect(sentence(' ')).toBe('');
});
