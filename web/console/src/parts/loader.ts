/** What is read from the server for a place of a page: on its way, there, or a problem. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { html, type TemplateResult } from 'lit';
import { type ApiProblem, asProblem, isAborted } from '../api/problem';
import type { Page } from '../api/types';
import { formatOf } from '../format';
import { locale } from '../state/locale';
import { icon } from './icons';
import { type Content, problemView, skeleton } from './views';

/** Reads one thing. While it is read again, what was there stays. */
export class Loader<T> implements ReactiveController {
  value: T | null = null;
  problem: ApiProblem | null = null;
  loading = false;
  #host: ReactiveControllerHost;
  #read: (signal: AbortSignal) => Promise<T>;
  #running: AbortController | null = null;

  constructor(host: ReactiveControllerHost, read: (signal: AbortSignal) => Promise<T>) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#running?.abort();
  }

  /** Reads it now; `fresh` forgets what was there. */
  load = async ({ fresh = false }: { fresh?: boolean } = {}): Promise<void> => {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.loading = true;
    if (fresh) this.value = null;
    this.#host.requestUpdate();
    try {
      const value = await this.#read(running.signal);
      if (this.#running !== running) return;
      this.value = value;
      this.problem = null;
    } catch (error) {
      if (this.#running !== running || isAborted(error)) return;
      this.problem = asProblem(error);
    }
    this.loading = false;
    this.#host.requestUpdate();
  };

  /** Puts `value` there as if it had been read. */
  set(value: T): void {
    this.#running?.abort();
    this.value = value;
    this.problem = null;
    this.loading = false;
    this.#host.requestUpdate();
  }

  /** What stands in the place of `view` while there is nothing to show. */
  render(view: (value: T) => Content, lines = 6): Content {
    if (this.value !== null) return view(this.value);
    if (this.problem) return problemView(this.problem, () => void this.load());
    return skeleton(lines);
  }
}

/** Reads a list part by part. */
export class Pager<T, P extends Page<T> = Page<T>> implements ReactiveController {
  items: T[] = [];
  /** The first part, with what stands beside its items; `null` before it is there. */
  first: P | null = null;
  next: string | null = null;
  problem: ApiProblem | null = null;
  loading = false;
  #host: ReactiveControllerHost;
  #read: (cursor: string | undefined, signal: AbortSignal) => Promise<P>;
  #running: AbortController | null = null;

  constructor(
    host: ReactiveControllerHost,
    read: (cursor: string | undefined, signal: AbortSignal) => Promise<P>,
  ) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#running?.abort();
  }

  /** Reads the first part again; `fresh` forgets what was there, as when the filters changed. */
  load = ({ fresh = false }: { fresh?: boolean } = {}): Promise<void> => {
    if (fresh) {
      this.items = [];
      this.first = null;
      this.next = null;
    }
    return this.#part(undefined);
  };

  more = (): Promise<void> => (this.next === null ? Promise.resolve() : this.#part(this.next));

  async #part(cursor: string | undefined): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.loading = true;
    this.#host.requestUpdate();
    try {
      const page = await this.#read(cursor, running.signal);
      if (this.#running !== running) return;
      this.items = cursor === undefined ? page.items : [...this.items, ...page.items];
      if (cursor === undefined) this.first = page;
      this.next = page.next ?? null;
      this.problem = null;
    } catch (error) {
      if (this.#running !== running || isAborted(error)) return;
      this.problem = asProblem(error);
    }
    this.loading = false;
    this.#host.requestUpdate();
  }

  /** `list` with its foot, or what stands in its place: `none` where nothing is found. */
  render(list: (items: readonly T[]) => Content, none: Content): Content {
    if (this.first === null) {
      return this.problem ? problemView(this.problem, () => void this.load()) : skeleton(8);
    }
    if (this.items.length === 0) return none;
    return html`${list(this.items)}${this.#foot()}`;
  }

  #foot(): TemplateResult {
    const { common } = locale.texts;
    const fmt = formatOf(locale.locale);
    const total = this.first?.total;
    const shown =
      typeof total === 'number' && total > this.items.length
        ? common.of(fmt.number(this.items.length), fmt.number(total))
        : common.shown(this.items.length, fmt.number(this.items.length));
    return html`<div class="list-foot"><span role="status">${this.loading ? common.loading : shown}</span>
      ${
        this.next === null
          ? ''
          : html`<button type="button" class="button small" aria-disabled=${this.loading} @click=${this.more}>${icon('down')}${common.more}</button>`
      }</div>`;
  }
}
