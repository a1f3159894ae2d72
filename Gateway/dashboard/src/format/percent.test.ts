import { describe, expect, it } from 'vitest';
import { fixed, percent, share, signed } from './percent';

describe('percent', () => {
  it('shows gains with a plus and losses with a true minus sign', () => {
    expect(percent(0.0312)).toBe('+0.031 %');
    expect(percent(-0.1)).toBe('−0.100 %');
  });

  it('gives no sign to what rounds to zero', () => {
    expect(signed(-0.0004, 3)).toBe('0.000');
    expect(signed(0.0004, 3)).toBe('0.000');
    expect(fixed(-0.001, 2)).toBe('0.00');
  });

  it('shows a share as whole percent', () => {
    expect(share(0.896)).toBe('90 %');
  });
});
