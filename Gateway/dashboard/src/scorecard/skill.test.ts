import { expect, it } from 'vitest';
import { skillOf, squaredError } from './skill';

it('is the share of the training mean’s error that was taken away', () => {
  expect(skillOf(0.9, 1)).toBeCloseTo(0.1, 12);
  expect(skillOf(1.2, 1)).toBeCloseTo(-0.2, 12);
});

it('is unknown without both errors', () => {
  expect(skillOf(null, 1)).toBeNull();
  expect(skillOf(1, null)).toBeNull();
  expect(skillOf(0, 0)).toBeNull();
});

it('shows squared errors in three significant digits', () => {
  expect(squaredError(0.041_234)).toBe('0.0412');
  expect(squaredError(0.004_126)).toBe('0.00413');
  expect(squaredError(1.234)).toBe('1.23');
  expect(squaredError(0)).toBe('0');
  expect(squaredError(2.5e-8)).toBe('2.5e-8');
});
