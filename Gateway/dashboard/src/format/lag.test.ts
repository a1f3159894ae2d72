import { expect, it } from 'vitest';
import { lagText } from './lag';

it('shows a lag in seconds, finer where it is short', () => {
  expect(lagText(0)).toBe('0.00 s');
  expect(lagText(0.4213)).toBe('0.42 s');
  expect(lagText(12.34)).toBe('12.3 s');
  expect(lagText(125)).toBe('2 min 5 s');
});
