import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type HubLine, LiveHub } from './LiveHub';

class FakeLine implements HubLine {
  readonly calls: string[] = [];
  refuse = false;
  refuseCalls = 0;
  #closed: () => void = () => {};
  readonly #handlers = new Map<string, (message: never) => void>();

  async start(): Promise<void> {
    if (this.refuse) throw new Error('refused');
  }
  async stop(): Promise<void> {}
  on(name: string, handler: (message: never) => void): void {
    this.#handlers.set(name, handler);
  }
  onclose(handler: () => void): void {
    this.#closed = handler;
  }
  async invoke(name: string, symbols: string[]): Promise<void> {
    if (this.refuseCalls-- > 0) throw new Error('busy');
    this.calls.push(`${name} ${symbols.join()}`);
  }
  send(name: string, message: unknown): void {
    this.#handlers.get(name)?.(message as never);
  }
  drop(): void {
    this.#closed();
  }
}

describe('the live hub', () => {
  let line: FakeLine;
  let hub: LiveHub;
  const missed = vi.fn<() => void>();

  beforeEach(() => {
    vi.useFakeTimers();
    missed.mockReset();
    line = new FakeLine();
    hub = new LiveHub(line);
    hub.onMissed(missed);
  });

  afterEach(() => {
    hub.stop();
    vi.useRealTimers();
  });

  it('follows the chosen symbol once it is connected', async () => {
    hub.follow(['BTC_JPY']);
    hub.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(line.calls).toEqual(['Subscribe BTC_JPY']);
    expect(hub.state.kind).toBe('live');
  });

  it('leaves the old symbol when another one is chosen', async () => {
    hub.follow(['A']);
    hub.start();
    await vi.advanceTimersByTimeAsync(0);
    hub.follow(['B']);
    expect(line.calls).toEqual(['Subscribe A', 'Unsubscribe A', 'Subscribe B']);
  });

  it('hands messages to those who listen and to nobody after they left', async () => {
    const seen: number[] = [];
    const leave = hub.on('bar', (bar) => seen.push(bar.close));
    line.send('bar', { seq: 1, symbol: 'A', data: { close: 5 } });
    leave();
    line.send('bar', { seq: 2, symbol: 'A', data: { close: 6 } });
    expect(seen).toEqual([5]);
  });

  it('keeps the first moment of an outage through failed attempts', async () => {
    hub.start();
    await vi.advanceTimersByTimeAsync(0);
    line.refuse = true;
    line.drop();
    const since = hub.state.since;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(hub.state).toEqual({ kind: 'down', since });
  });

  it('follows again and asks for a catch-up after a reconnect', async () => {
    hub.follow(['A']);
    hub.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(missed).not.toHaveBeenCalled();
    line.drop();
    await vi.advanceTimersByTimeAsync(600);
    expect(line.calls).toEqual(['Subscribe A', 'Subscribe A']);
    expect(missed).toHaveBeenCalledTimes(1);
  });

  it('asks for a catch-up when the gateway lost messages or was restarted', () => {
    line.send('hello', { stream: 'one', seq: 1 });
    expect(missed).not.toHaveBeenCalled();
    line.send('resync', { seq: 2, symbol: null, data: { dropped: 3 } });
    line.send('hello', { stream: 'two', seq: 1 });
    expect(missed).toHaveBeenCalledTimes(2);
  });

  it('subscribes again when the cluster was away, and catches up then', async () => {
    line.refuseCalls = 2;
    hub.follow(['A']);
    hub.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(line.calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(6000);
    expect(line.calls).toEqual(['Subscribe A']);
    expect(missed).toHaveBeenCalledTimes(1);
  });

  it('does not try again once it is stopped', async () => {
    line.refuse = true;
    hub.start();
    await vi.advanceTimersByTimeAsync(0);
    hub.stop();
    line.refuse = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(hub.state.kind).toBe('down');
  });
});
