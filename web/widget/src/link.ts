/** A WebSocket that is opened again when it drops, later each time. Knows nothing of what it carries. */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** A connection that is not open after this long is given up and tried again. */
const OPENING_MS = 10_000;

/** The server closed it because nobody spoke; there is nothing to hurry back for. */
const IDLE = 1000;

export interface Ends {
  /** It is open. */
  up(): void;
  /** Something arrived. */
  text(text: string): void;
  /** It dropped, or could not be opened; `again` says whether it is tried again by itself. */
  down(again: boolean): void;
}

export class Link {
  #url: string;
  #ends: Ends;
  #socket: WebSocket | null = null;
  #wait = FIRST_WAIT_MS;
  #least = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Attempts in a row that failed. */
  failures = 0;

  constructor(url: string, ends: Ends) {
    this.#url = url;
    this.#ends = ends;
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Opens it, unless it is open or opening. */
  open(): void {
    if (this.#socket && this.#socket.readyState <= WebSocket.OPEN) return;
    clearTimeout(this.#timer);
    let socket: WebSocket;
    try {
      socket = new WebSocket(this.#url);
    } catch {
      // The page's own policy forbids the address; trying again would change nothing.
      this.failures += 1;
      this.#ends.down(false);
      return;
    }
    this.#socket = socket;
    this.#timer = setTimeout(() => this.refresh(), OPENING_MS);
    socket.addEventListener('open', () => {
      if (socket !== this.#socket) return;
      clearTimeout(this.#timer);
      this.#ends.up();
    });
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket && typeof data === 'string') this.#ends.text(data);
    });
    socket.addEventListener('close', ({ code }) => {
      if (socket !== this.#socket) return;
      this.#socket = null;
      clearTimeout(this.#timer);
      if (code === IDLE) this.#ends.down(false);
      else this.#later();
    });
  }

  /** What it carries has proved good: the next drop is waited for only shortly. */
  good(): void {
    this.#wait = FIRST_WAIT_MS;
    this.failures = 0;
  }

  /** Not before `ms` from now, if it drops: the server said so. */
  notBefore(ms: number): void {
    this.#least = Date.now() + ms;
  }

  /** Drops it and opens it anew, at once: it may be dead without saying so. */
  refresh(): void {
    this.#drop();
    this.#ends.down(true);
    this.open();
  }

  /** Drops it for good. */
  close(): void {
    clearTimeout(this.#timer);
    this.#drop();
  }

  /** Whether it went out; what did not has to be said again. */
  send(frame: unknown): boolean {
    if (!this.isOpen) return false;
    this.#socket?.send(JSON.stringify(frame));
    return true;
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #later(): void {
    this.failures += 1;
    this.#ends.down(true);
    // Without the chance part, all patients would come back at the same moment after a restart.
    const wait = this.#wait * (0.75 + Math.random() / 2);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.open(), Math.max(wait, this.#least - Date.now()));
  }
}
