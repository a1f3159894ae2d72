import { describe, expect, it } from 'vitest';
import { completenessText, counted } from './completeness';

describe('completeness', () => {
  it('shows a single missing bar, however many were expected', () => {
    expect(completenessText(5759 / 5760, 5760)).toBe('99.98 %');
    expect(completenessText(5758 / 5760, 5760)).toBe('99.96 %');
    expect(completenessText(178_559 / 178_560, 178_560)).toBe('99.9994 %');
    expect(completenessText(239 / 240, 240)).toBe('99.5 %');
  });

  it('is 100 % only when nothing is missing', () => {
    expect(completenessText(1, 5760)).toBe('100 %');
    expect(completenessText(0.999_999_9, 5760)).toBe('99.99 %');
  });

  it('is not misled by binary fractions', () => {
    expect(completenessText(0.57, 100)).toBe('57.0 %');
    expect(completenessText(0, 0)).toBe('0.0 %');
  });

  it('counts in words', () => {
    expect(counted(1, 'bar')).toBe('1 bar');
    expect(counted(5760, 'bar')).toBe('5,760 bars');
  });
});
