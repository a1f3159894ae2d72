import type { Envelope, LiveMessages, StreamPosition } from './types';

/** The part of a SignalR connection that the page uses; tests give a small one of their own. */
export interface HubLine {
  start(): Promise<void>;
  stop(): Promise<void>;
  on(name: string, handler: (message: never) => void): void;
  onclose(handler: () => void): void;
  invoke(name: string, symbols: string[]): Promise<unknown>;
}

export interface LineState {
  kind: 'connecting' | 'live' | 'down';
  /** Real time of the last change, Unix ms. */
  since: number;
}

type Handler<K extends keyof LiveMessages> = (data: LiveMessages[K], symbol: string | null) => void;

const kinds = ['bar', 'prediction', 'settlement', 'model', 'event', 'feed'] as const;
const waitsMs = [500, 1000, 2000, 4000, 8000, 10_000];
const resubscribeMs = 3000;

/**
 * Keeps one hub connection alive for good, follows the chosen symbols on it and says when messages may have been
 * missed, so that the page reads them again by REST.
 */
export class LiveHub {
  readonly #line: HubLine;
  readonly #handlers = new Map<string, Set<Handler<never>>>();
  readonly #stateListeners = new Set<() => void>();
  readonly #missedListeners = new Set<() => void>();
  #state: LineState;
  #symbols: string[] = [];
  #stream: string | null = null;
  #attempt = 0;
  #stopped = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #subscribeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(line: HubLine) {
    this.#line = line;
    this.#state = { kind: 'connecting', since: Date.now() };
    for (const kind of kinds) line.on(kind, (message: Envelope<never>) => this.#dispatch(kind, message));
    line.on('hello', (position: StreamPosition) => this.#hello(position));
    line.on('resync', () => this.#tellMissed());
    line.onclose(() => this.#lost());
  }

  get state(): LineState {
    return this.#state;
  }

  start(): void {
    this.#stopped = false;
    void this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#subscribeTimer);
    void this.#line.stop();
  }

  /** Follows exactly these symbols from now on. */
  follow(symbols: string[]): void {
    const gone = this.#symbols.filter((symbol) => !symbols.includes(symbol));
    this.#symbols = symbols;
    if (this.#state.kind !== 'live') return;
    if (gone.length > 0) void this.#unsubscribe(gone);
    void this.#subscribe(false);
  }

  on<K extends keyof LiveMessages>(kind: K, handler: Handler<K>): () => void {
    const handlers = this.#handlers.get(kind) ?? new Set();
    this.#handlers.set(kind, handlers.add(handler as Handler<never>));
    return () => void handlers.delete(handler as Handler<never>);
  }

  onState(listener: () => void): () => void {
    this.#stateListeners.add(listener);
    return () => void this.#stateListeners.delete(listener);
  }

  /** Called after a reconnect and whenever the gateway says that messages were lost. */
  onMissed(listener: () => void): () => void {
    this.#missedListeners.add(listener);
    return () => void this.#missedListeners.delete(listener);
  }

  async #connect(): Promise<void> {
    try {
      await this.#line.start();
    } catch {
      this.#lost(); // No gateway yet, or none any more: shown as "down" and tried again.
      return;
    }
    const again = this.#attempt > 0 || this.#state.kind === 'down';
    this.#attempt = 0;
    this.#turn('live');
    await this.#subscribe(false);
    if (again) this.#tellMissed();
  }

  async #subscribe(afterFailure: boolean): Promise<void> {
    clearTimeout(this.#subscribeTimer);
    if (this.#symbols.length === 0 || this.#state.kind !== 'live') return;
    try {
      await this.#line.invoke('Subscribe', this.#symbols);
      if (afterFailure) this.#tellMissed();
    } catch {
      // The line broke (the reconnect subscribes anew) or the cluster is away for a moment: asked again, not given up.
      this.#subscribeTimer = setTimeout(() => void this.#subscribe(true), resubscribeMs);
    }
  }

  async #unsubscribe(symbols: string[]): Promise<void> {
    try {
      await this.#line.invoke('Unsubscribe', symbols);
    } catch {
      return; // A line that broke follows nothing any more; messages of other symbols are told apart by their name.
    }
  }

  #lost(): void {
    if (this.#stopped) return;
    if (this.#state.kind !== 'down') this.#turn('down');
    const wait = waitsMs[Math.min(this.#attempt, waitsMs.length - 1)];
    this.#attempt++;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#connect(), wait);
  }

  #hello(position: StreamPosition): void {
    if (this.#stream !== null && this.#stream !== position.stream) this.#tellMissed();
    this.#stream = position.stream;
  }

  #dispatch(kind: string, message: Envelope<never>): void {
    for (const handler of this.#handlers.get(kind) ?? []) handler(message.data, message.symbol);
  }

  #turn(kind: LineState['kind']): void {
    this.#state = { kind, since: Date.now() };
    for (const listener of this.#stateListeners) listener();
  }

  #tellMissed(): void {
    for (const listener of this.#missedListeners) listener();
  }
}
