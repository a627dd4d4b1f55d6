/** What happens at the server while the console is open: one stream, many listeners. */
import { api } from './client';

export type EventKind = 'inbox' | 'conversation' | 'knowledge' | 'presence';

const KINDS: readonly EventKind[] = ['inbox', 'conversation', 'knowledge', 'presence'];
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

type Listener = (data: unknown) => void;

/** `line` tells of `open` and `lost`, so that lists can be read again after a gap. */
class Events {
  #stream: EventSource | null = null;
  #wait = FIRST_WAIT_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #listeners = new Map<EventKind | 'line', Set<Listener>>();
  /** Whether news arrive at present. */
  isLive = false;

  /** Calls `listener` for each event of `kind` until the returned function is called. */
  on(kind: EventKind | 'line', listener: Listener): () => void {
    const set = this.#listeners.get(kind) ?? new Set();
    set.add(listener);
    this.#listeners.set(kind, set);
    return () => set.delete(listener);
  }

  start(): void {
    if (this.#stream || typeof EventSource === 'undefined') return;
    const stream = new EventSource('/api/v1/events', { withCredentials: true });
    this.#stream = stream;
    stream.addEventListener('open', () => {
      this.#wait = FIRST_WAIT_MS;
      this.#say(true);
    });
    stream.addEventListener('error', () => {
      this.#say(false);
      // The browser tries again by itself, unless the server refused.
      if (stream.readyState === EventSource.CLOSED) void this.#again();
    });
    // Something was missed on the way: whoever shows a list reads it again.
    stream.addEventListener('resync', () => this.#tell('line', { live: true }));
    for (const kind of KINDS) {
      stream.addEventListener(kind, (event) => this.#tell(kind, parse((event as MessageEvent<string>).data)));
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#stream?.close();
    this.#stream = null;
    this.#say(false);
  }

  async #again(): Promise<void> {
    this.#stream?.close();
    this.#stream = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // A session that has ended opens the sign-in; only then is there a stream to be had.
      void api
        .get('/sessions', { limit: 1 })
        .catch(() => null)
        .then(() => this.start());
    }, this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }

  #say(isLive: boolean): void {
    if (this.isLive === isLive) return;
    this.isLive = isLive;
    this.#tell('line', { live: isLive });
  }

  #tell(kind: EventKind | 'line', data: unknown): void {
    for (const listener of Array.from(this.#listeners.get(kind) ?? [])) listener(data);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const events = new Events();
