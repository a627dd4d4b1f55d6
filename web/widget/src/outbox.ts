/**
 * The patient's own messages on their way. Each goes out under an id of its own, which the server answers once, so that
 * what is unanswered is simply sent again.
 */
import type { Refused } from './protocol';
import type { Timers } from './timers';
import { isPending, type Own, type OwnState } from './transcript';

/** A message without a reply after this long makes the line suspect. */
const REPLY_WAIT_MS = 8_000;
/** A message that went out so often without a reply is shown as failed. */
const MOST_TRIES = 4;

/** The conversation that the messages belong to. */
export interface Desk {
  /** All of them, in the order in which they were written. */
  all(): readonly Own[];
  /** Puts others in their place. */
  keep(all: Own[]): void;
  /** Whether it went out. */
  post(own: Own): boolean;
  /** Nothing comes back: the line is to be opened anew. */
  suspect(): void;
}

function newId(): string {
  // `randomUUID` is missing on pages without TLS.
  return crypto.getRandomValues(new Uint8Array(16)).reduce((id, byte) => id + byte.toString(16).padStart(2, '0'), '');
}

export class Outbox {
  #desk: Desk;
  #timers: Timers;

  /** Waits by `timers`, under the ids of its messages. */
  constructor(desk: Desk, timers: Timers) {
    this.#desk = desk;
    this.#timers = timers;
  }

  find(id: string | null): Own | undefined {
    return this.#desk.all().find((own) => own.id === id);
  }

  /** Takes up a new message, and gives it its id. */
  add(text: string): string {
    const id = newId();
    const own: Own = { id, text, state: 'queued', why: '', retryAt: 0, tries: 0, at: Date.now(), after: 0 };
    this.#desk.keep([...this.#desk.all(), own]);
    return id;
  }

  /** Where a message stands now, or `null` if it is taken back; what it waited for is over. */
  set(id: string, change: Partial<Own> | null): void {
    this.#timers.stop(id);
    const changed = (own: Own): Own[] => (change ? [{ ...own, ...change }] : []);
    this.#desk.keep(this.#desk.all().flatMap((own) => (own.id === id ? changed(own) : own)));
  }

  /** What is under way has to be said again. */
  requeue(states: readonly OwnState[]): void {
    for (const { id, state } of this.#desk.all()) if (states.includes(state)) this.set(id, { state: 'queued' });
  }

  sendQueued(): void {
    for (const { id, state } of this.#desk.all()) if (state === 'queued') this.send(id);
  }

  send(id: string): void {
    const own = this.find(id);
    if (!own || !this.#desk.post(own)) return;
    const tries = own.tries + 1;
    this.set(id, { state: 'sent', tries });
    this.#timers.start(id, REPLY_WAIT_MS, () => {
      if (tries >= MOST_TRIES) this.set(id, { state: 'failed', why: '' });
      else this.#desk.suspect();
    });
  }

  /** The server refused a message: for `later` ms, or for good if that is `null`. Whether there was one to refuse. */
  refuse({ in_reply_to, code, message: why }: Refused, later: number | null): boolean {
    const own = this.find(in_reply_to);
    if (!own || !isPending(own)) return false;
    const { id, tries } = own;
    if (later === null || (code === 'internal' && tries >= 2) || tries >= MOST_TRIES) {
      this.set(id, { state: 'failed', why });
    } else {
      this.set(id, { state: 'held', why, retryAt: Date.now() + later });
      this.#timers.start(id, later, () => {
        this.set(id, { state: 'queued', why: '' });
        this.send(id);
      });
    }
    return true;
  }
}
