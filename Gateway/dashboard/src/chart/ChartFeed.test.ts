import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/ApiError';
import type { Bar, Gap } from '../api/types';
import { type BarSource, type Change, ChartFeed } from './ChartFeed';

const iso = (ts: number) => new Date(ts).toISOString();
const bar = (ts: number, close = 100): Bar => ({ ts: iso(ts), open: close, high: close, low: close, close, volume: 1, takerBuyVolume: 0, trades: 1 });

class FakeSource implements BarSource {
  stored: Bar[] = [];
  recorded: Gap[] = [];
  failures = 0;
  reads: string[] = [];

  async bars(range: { interval: string; from?: number; to?: number; limit: number }) {
    if (this.failures-- > 0) throw ApiError.unreachable();
    this.reads.push(`${range.interval} ${range.from ?? ''}..${range.to ?? ''}`);
    const lengthMs = range.interval === '1m' ? 60_000 : 15_000;
    const items = this.stored.filter((b) => Date.parse(b.ts) % lengthMs === 0 && Date.parse(b.ts) >= (range.from ?? 0) && Date.parse(b.ts) < (range.to ?? Number.POSITIVE_INFINITY));
    return { items, nextCursor: null };
  }

  async gaps() {
    return { items: this.recorded, nextCursor: null };
  }
}

describe('a chart’s feed', () => {
  let source: FakeSource;
  let feed: ChartFeed;
  let changes: Change[];

  beforeEach(async () => {
    vi.useFakeTimers();
    source = new FakeSource();
    source.stored = [bar(600_000), bar(615_000)];
    feed = new ChartFeed(source, '15s', 15_000);
    changes = [];
    feed.onChange((change) => changes.push(change));
  });

  afterEach(() => {
    feed.stop();
    vi.useRealTimers();
  });

  const loaded = async () => {
    feed.start();
    await vi.advanceTimersByTimeAsync(0);
    changes.length = 0;
  };

  it('shows history first, then single live bars', async () => {
    await loaded();
    expect(feed.phase.kind).toBe('ready');
    feed.take(bar(630_000, 101));
    expect(changes).toEqual([expect.objectContaining({ ts: 630_000, close: 101 })]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(source.reads).toHaveLength(1);
  });

  it('reads bars that were skipped', async () => {
    await loaded();
    source.stored.push(bar(630_000), bar(645_000));
    feed.take(bar(645_000));
    expect(feed.holes).toEqual([{ from: 630_000, to: 645_000, cause: null, state: null, repairedAt: null }]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(feed.tape.bars).toHaveLength(4);
    expect(feed.holes).toEqual([]);
    expect(changes.at(-1)).toBe('all');
  });

  it('keeps a hole that history does not fill, with its recorded cause', async () => {
    await loaded();
    source.recorded = [{ from: iso(630_000), to: iso(660_000), cause: 'exchange closed', state: 'missing', repairedAt: null }];
    feed.take(bar(660_000));
    await vi.advanceTimersByTimeAsync(1000);
    expect(feed.holes).toEqual([{ from: 630_000, to: 660_000, cause: 'exchange closed', state: 'missing', repairedAt: null }]);
    feed.take(bar(675_000));
    await vi.advanceTimersByTimeAsync(5000);
    expect(source.reads).toHaveLength(2);
  });

  it('makes one read of many catch-ups within a second', async () => {
    await loaded();
    feed.catchUp();
    feed.catchUp();
    feed.catchUp();
    await vi.advanceTimersByTimeAsync(3000);
    expect(source.reads).toHaveLength(2);
  });

  it('says that it failed and tries again', async () => {
    source.failures = 1;
    feed.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(feed.phase.kind).toBe('failed');
    await vi.advanceTimersByTimeAsync(3000);
    expect(feed.phase.kind).toBe('ready');
    expect(feed.tape.bars).toHaveLength(2);
  });

  it('keeps what it has when a later read fails, and reads again', async () => {
    await loaded();
    source.failures = 1;
    feed.catchUp();
    await vi.advanceTimersByTimeAsync(1000);
    expect(feed.phase).toMatchObject({ kind: 'ready', error: { status: 0 } });
    expect(feed.tape.bars).toHaveLength(2);
    source.stored.push(bar(630_000));
    await vi.advanceTimersByTimeAsync(3000);
    expect(feed.phase.error).toBeNull();
    expect(feed.tape.bars).toHaveLength(3);
  });

  it('reads older pages until there are none', async () => {
    await loaded();
    source.stored.unshift(bar(585_000));
    await feed.older();
    expect(feed.tape.first?.ts).toBe(585_000);
    source.stored = [];
    await feed.older();
    await feed.older();
    expect(source.reads).toHaveLength(3);
  });

  it('joins live bars to the interval that runs', async () => {
    feed.stop();
    source.stored = [bar(600_000, 5), bar(615_000, 6)];
    feed = new ChartFeed(source, '1m', 15_000);
    await loaded();
    feed.take(bar(630_000, 9));
    expect(feed.tape.last).toMatchObject({ ts: 600_000, open: 5, high: 9, close: 9 });
  });
});
