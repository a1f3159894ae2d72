import { expect, test } from 'vitest';
import { moverWords } from './moverWords';

test('says who moved the model', () => {
  expect(moverWords('training')).toBe('a training');
  expect(moverWords('ops')).toBe('ops');
  expect(moverWords('command (ops)')).toBe('command (ops)');
  expect(moverWords('')).toBeNull();
});
