/** One entry on its way from a draft to the patients: what is typed, what is kept, what stands against it. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Checked, type Content, type Entry, knowledge } from '../../api/knowledge';
import { type ApiProblem, asProblem, isAborted } from '../../api/problem';
import { isSame } from './content';

/** After this long without a key the server is asked what it thinks. */
const CHECK_MS = 450;

function holds(value: unknown, text: string): boolean {
  if (typeof value === 'string') return value === text;
  return typeof value === 'object' && value !== null && Object.values(value).some((inner) => holds(inner, text));
}

export class Draft implements ReactiveController {
  entry: Entry | null = null;
  /** What stands in the fields. */
  content: Content = {};
  reason = '';
  checked: Checked | null = null;
  checking = false;
  /** What is being done at present; empty for nothing. */
  busy = '';
  problem: ApiProblem | null = null;
  /** Whether the draft takes the entry out. */
  takesOut = false;
  /** What someone else made of it while this was typed. */
  theirs: Entry | null = null;
  #kept: Content = {};
  #etag: string | null = null;
  #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #check: AbortController | null = null;
  #load = 0;

  constructor(
    host: ReactiveControllerHost,
    public kind = '',
    public id = '',
  ) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#check?.abort();
  }

  get isNew(): boolean {
    return this.#etag === '*';
  }

  get isChanged(): boolean {
    return !isSame(this.content, this.#kept);
  }

  /** Whether patients do not get this pair for now. */
  get isWithdrawn(): boolean {
    return this.entry?.published?.withdrawn === true;
  }

  /** Whether `text` stood in it already, so that nothing about it is news. */
  hadText(text: string): boolean {
    return holds(this.entry?.published, text);
  }

  get state(): string {
    return this.entry?.draft?.state ?? (this.isNew ? 'new' : 'published');
  }

  /** Begins something that is not there yet. */
  begin(kind: string, content: Content): void {
    Object.assign(this, { kind, id: '', entry: null, content, reason: '', problem: null, theirs: null, checked: null });
    this.#kept = {};
    this.#etag = '*';
    this.#soon();
  }

  /** Reads the entry; what is typed goes unless `keep`. */
  async load(kind = this.kind, id = this.id, { keep = false }: { keep?: boolean } = {}): Promise<void> {
    const turn = ++this.#load;
    if (kind !== this.kind || id !== this.id) Object.assign(this, { kind, id, entry: null, reason: '', checked: null });
    this.busy = 'load';
    this.problem = null;
    this.#host.requestUpdate();
    try {
      const { data, etag } = await knowledge.entry(kind, id);
      if (turn === this.#load) this.#take(data, etag, keep);
    } catch (error) {
      if (turn === this.#load) this.problem = asProblem(error);
    }
    if (turn !== this.#load) return;
    this.busy = '';
    this.#host.requestUpdate();
  }

  #take(entry: Entry, etag: string | null, keep: boolean): void {
    const kept = entry.draft?.content ?? entry.published ?? {};
    this.takesOut = entry.draft !== null && entry.draft.content === null;
    if (!keep) {
      this.content = structuredClone(kept);
      this.reason = entry.draft?.reason ?? '';
    }
    this.entry = entry;
    this.#kept = kept;
    this.#etag = etag;
    this.theirs = null;
    this.#soon();
  }

  /** Takes `content` as typed. */
  set(content: Content): void {
    this.content = content;
    this.#soon();
    this.#host.requestUpdate();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), CHECK_MS);
  }

  async #ask(): Promise<void> {
    this.#check?.abort();
    const check = new AbortController();
    this.#check = check;
    this.checking = true;
    this.#host.requestUpdate();
    try {
      const { data } = await knowledge.check(this.kind, this.id, this.content, check.signal);
      this.checked = data;
    } catch (error) {
      if (isAborted(error)) return;
      // Saving tells; until then nothing is said to be right.
      this.checked = null;
    }
    this.checking = false;
    this.#host.requestUpdate();
  }

  /** Runs one step; `false` if it was refused, with `problem` or `theirs` set. */
  async #step(name: string, work: () => Promise<void>): Promise<boolean> {
    if (this.busy !== '') return false;
    this.busy = name;
    this.problem = null;
    this.#host.requestUpdate();
    let worked = true;
    try {
      await work();
    } catch (error) {
      worked = false;
      const problem = asProblem(error);
      if (problem.status === 412 || problem.code === 'changed_meanwhile') await this.#met(problem);
      else this.problem = problem;
    }
    this.busy = '';
    this.#host.requestUpdate();
    return worked;
  }

  async #met(problem: ApiProblem): Promise<void> {
    try {
      this.theirs = (await knowledge.entry(this.kind, this.id)).data;
    } catch {
      this.problem = problem;
    }
  }

  async #put(): Promise<void> {
    const { data, etag } = await knowledge.saveDraft(this.kind, this.id, this.content, this.reason.trim(), this.#etag ?? '*');
    this.#take(data, etag, false);
  }

  /** A draft that takes the entry out of what patients get. */
  takeOut(reason: string): Promise<boolean> {
    return this.#step('out', async () => {
      const { data, etag } = await knowledge.saveDraft(this.kind, this.id, null, reason, this.#etag ?? '*');
      this.#take(data, etag, false);
    });
  }

  save(): Promise<boolean> {
    return this.#step('save', () => this.#put());
  }

  submit(): Promise<boolean> {
    return this.#step('submit', async () => {
      if (this.isChanged) await this.#put();
      else if (this.reason.trim() !== (this.entry?.draft?.reason ?? '')) await this.#put();
      const { data, etag } = await knowledge.submit(this.kind, this.id);
      this.#take(data, etag, false);
    });
  }

  approve(): Promise<boolean> {
    return this.#step('approve', async () => {
      const { data, etag } = await knowledge.approve(this.kind, this.id);
      this.#take(data, etag, false);
    });
  }

  giveBack(reason: string): Promise<boolean> {
    return this.#step('return', async () => {
      const { data, etag } = await knowledge.giveBack(this.kind, this.id, reason);
      this.#take(data, etag, false);
    });
  }

  discard(): Promise<boolean> {
    return this.#step('discard', async () => {
      await knowledge.discardDraft(this.kind, this.id, this.#etag ?? '*');
      if (this.entry?.published) await this.#reread();
      else this.#kept = this.content;
    });
  }

  withdraw(reason: string): Promise<boolean> {
    return this.#step('withdraw', async () => {
      const { data, etag } = await knowledge.withdraw(this.id, reason);
      this.#take(data, etag, this.isChanged);
    });
  }

  restore(reason: string): Promise<boolean> {
    return this.#step('restore', async () => {
      const { data, etag } = await knowledge.restore(this.id, reason);
      this.#take(data, etag, this.isChanged);
    });
  }

  async #reread(): Promise<void> {
    const { data, etag } = await knowledge.entry(this.kind, this.id);
    this.#take(data, etag, false);
  }

  /** After a conflict: saves what is typed over what someone else made. */
  async keepMine(): Promise<boolean> {
    await this.load(this.kind, this.id, { keep: true });
    return this.problem === null && this.save();
  }

  /** After a conflict: takes what someone else made; what was typed goes. */
  takeTheirs(): Promise<void> {
    return this.load();
  }
}
