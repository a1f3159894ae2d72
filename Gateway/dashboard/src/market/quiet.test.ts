import { describe, expect, it } from 'vitest';
import { quietSince, withBar } from './quiet';

const bar = (index: number, trades: number) => ({ ts: new Date(index * 15_000).toISOString(), trades });

describe('a quiet market', () => {
  it('is one without trades in several bars', () => {
    expect(quietSince([bar(0, 3), bar(1, 0), bar(2, 0), bar(3, 0)])).toBeNull();
    expect(quietSince([bar(0, 3), bar(1, 0), bar(2, 0), bar(3, 0), bar(4, 0)])).toBe(15_000);
    expect(quietSince([])).toBeNull();
  });

  it('ends with a trade, also with one that comes late', () => {
    const quiet = [0, 1, 2, 3, 4, 5].map((index) => bar(index, 0));
    expect(quietSince(withBar(quiet, bar(6, 1)))).toBeNull();
    expect(quietSince(withBar(quiet, bar(1, 2)))).toBe(30_000);
    expect(withBar(quiet, bar(1, 2))).toHaveLength(5);
  });
});
