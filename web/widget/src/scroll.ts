/** Keeps the conversation where the reader wants it: at its end while they are there, else where they read. */

/** Nearer to the end than this counts as at the end. */
const NEAR = 48;

export class Scroll {
  #log: HTMLElement | null = null;
  #changed: () => void;
  #atEnd = true;
  #wish: 'end' | string = 'end';
  #sizes = new ResizeObserver(() => {
    if (this.#atEnd && !this.#reading) this.#jump();
  });
  /** Whether there is more below than is in sight. */
  isBehind = false;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** After every drawing: `log` is what scrolls, if anything does. */
  follow(log: HTMLElement | null): void {
    if (log !== this.#log) {
      this.#sizes.disconnect();
      this.#log = log;
      this.#atEnd = true;
      this.isBehind = false;
      if (log) {
        this.#sizes.observe(log);
        this.#wish = 'end';
      }
    }
    if (!log) return;
    const wish = this.#wish;
    this.#wish = '';
    if (wish === 'end' || (wish === '' && this.#atEnd && !this.#reading)) this.#jump();
    else if (wish !== '') this.#bring(wish);
  }

  /** With the next drawing, to the end. */
  toEnd(): void {
    this.#wish = 'end';
    this.#reading = false;
    this.#changed();
  }

  /** With the next drawing, to the turn of this id, unless the reader is elsewhere. */
  toTurn(id: string): void {
    if (this.#atEnd) this.#wish = id;
  }

  /** The reader scrolled. */
  moved(): void {
    const log = this.#log;
    if (!log) return;
    const rest = log.scrollHeight - log.scrollTop - log.clientHeight;
    this.#atEnd = rest < NEAR;
    if (this.#atEnd) this.#reading = false;
    const behind = rest > log.clientHeight / 2;
    if (behind === this.isBehind) return;
    this.isBehind = behind;
    this.#changed();
  }

  stop(): void {
    this.#sizes.disconnect();
    this.#log = null;
  }

  /** A long reply is being read from its beginning: growth below does not move it. */
  #reading = false;

  #jump(): void {
    if (!this.#log) return;
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#atEnd = true;
  }

  /** A short reply with the end in sight; a long one from its beginning. */
  #bring(id: string): void {
    const log = this.#log;
    const turn = log?.querySelector<HTMLElement>(`[id="${id}"]`);
    if (!log || !turn) return;
    const before = turn.previousElementSibling as HTMLElement | null;
    const asked =
      before?.classList.contains('own') && before.offsetHeight < log.clientHeight / 3 ? before : turn;
    const top = asked.offsetTop - 8;
    if (log.scrollHeight - top > log.clientHeight) {
      this.#reading = true;
      log.scrollTop = top;
    } else {
      this.#jump();
    }
  }
}
