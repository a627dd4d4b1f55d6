/** Trying questions: a conversation as a patient has it, and beside it why each reply came. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Lang } from '../../api/knowledge';
import { type ApiProblem, asProblem } from '../../api/problem';
import { type Context, type Tried, tryout } from '../../api/tryout';
import '../../parts/chat';
import { icon } from '../../parts/icons';
import { ConsolePage } from '../../parts/page';
import { toast } from '../../parts/toast';
import { badge, empty, pageHead, problemNote } from '../../parts/views';
import { href, type Route, setQuery } from '../../router';
import { type Judging, judgeDialog } from './judge';
import { TEXTS, type Texts } from './texts';
import './try.css';
import { OUTCOME_TONES, why } from './why';

/** One question with what came of it. */
interface Exchange {
  id: number;
  text: string;
  version: string;
  tried: Tried | null;
  problem: ApiProblem | null;
}

const LONGEST = 4000;

class TryPage extends ConsolePage {
  static override properties = {
    ...ConsolePage.properties,
    exchanges: { state: true },
    chosen: { state: true },
    judging: { state: true },
    busy: { state: true },
    problem: { state: true },
  };
  private declare exchanges: readonly Exchange[];
  /** The exchange whose reasons are shown. */
  private declare chosen: number;
  private declare judging: Judging | null;
  private declare busy: boolean;
  private declare problem: ApiProblem | null;
  #count = 0;
  /** A conversation that was ended; what comes late for it is dropped. */
  #talk = 0;

  constructor() {
    super();
    this.exchanges = [];
    this.chosen = 0;
    this.judging = null;
    this.busy = false;
    this.problem = null;
  }

  get #texts(): Texts {
    return TEXTS[this.lang_];
  }

  get #version(): string {
    return this.route.query.get('version') ?? 'live';
  }

  get #locale(): Lang | undefined {
    const wanted = this.route.query.get('locale');
    return wanted === 'ar' || wanted === 'fa' ? wanted : undefined;
  }

  protected override routeChanged(route: Route): void {
    // From a conversation or an editor: the question is asked at once, and not again on a reload.
    const question = route.query.get('q');
    if (question) {
      setQuery({ q: '' }, { replace: true });
      void this.#ask(question);
    }
  }

  #context(): Context {
    return this.exchanges.findLast(({ tried }) => tried !== null)?.tried?.context ?? null;
  }

  async #ask(text: string, id = 0): Promise<void> {
    const words = text.trim();
    if (words === '') return;
    const talk = this.#talk;
    const context = this.#context();
    const exchange: Exchange = { id: id || ++this.#count, text: words, version: this.#version, tried: null, problem: null };
    this.exchanges = id ? this.exchanges.map((one) => (one.id === id ? exchange : one)) : [...this.exchanges, exchange];
    this.#scroll();
    const put = (change: Partial<Exchange>): void => {
      if (talk !== this.#talk) return;
      this.exchanges = this.exchanges.map((one) => (one.id === exchange.id ? { ...one, ...change } : one));
      this.#scroll();
    };
    try {
      const locale = this.#locale;
      const { data } = await tryout.ask({
        text: words,
        version: exchange.version,
        ...(locale && { locale }),
        ...(context !== null && { context }),
      });
      put({ tried: data });
      if (talk === this.#talk) this.chosen = exchange.id;
    } catch (error) {
      put({ problem: asProblem(error) });
    }
  }

  #scroll(): void {
    void this.updateComplete.then(() => {
      const log = this.querySelector('.try-log');
      log?.scrollTo({ top: log.scrollHeight });
    });
  }

  #restart = (): void => {
    this.#talk += 1;
    this.exchanges = [];
    this.chosen = 0;
    this.querySelector<HTMLElement>('#try-field')?.focus();
  };

  #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const field = this.querySelector<HTMLTextAreaElement>('#try-field');
    if (!field) return;
    void this.#ask(field.value);
    field.value = '';
    field.focus();
  };

  #enter = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    (event.currentTarget as HTMLTextAreaElement).form?.requestSubmit();
  };

  async #judge(exchange: Exchange, judging: Judging): Promise<void> {
    const { tried } = exchange;
    if (!tried) return;
    const texts = this.#texts;
    this.busy = true;
    this.problem = null;
    try {
      const { reply } = tried;
      await tryout.judge({
        text: exchange.text,
        lang: reply.lang,
        version: exchange.version,
        got: { outcome: reply.outcome, pair: reply.pair },
        right: judging.right,
        add: judging.right ? 'question' : judging.add,
        ...(!judging.right && { should: judging.should }),
      });
      const made = !judging.right && judging.add === 'variant' ? texts.madeVariant(judging.should.pair ?? '') : texts.madeQuestion;
      this.judging = null;
      toast(`${made} ${texts.reviewNeeded}`);
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.busy = false;
  }

  #under(exchange: Exchange, tried: Tried, texts: Texts): TemplateResult {
    const { reply } = tried;
    const open = (right: boolean): void => {
      this.chosen = exchange.id;
      this.problem = null;
      const pair = reply.outcome === 'answer' ? null : reply.pair;
      this.judging = { text: exchange.text, right, should: { outcome: 'answer', pair }, add: right ? 'question' : 'variant' };
    };
    const compose = href(['knowledge', 'new'], { question: exchange.text, lang: reply.lang });
    return html`<div class="try-under">
      ${badge(texts.outcomes[reply.outcome] ?? reply.outcome, OUTCOME_TONES[reply.outcome] ?? '')}
      <span class="muted small number">${texts.confidence} ${this.fmt.percent(reply.confidence, 1)}</span>
      <button type="button" class="button small" aria-pressed=${this.chosen === exchange.id} aria-controls="try-why" @click=${() => this.#show(exchange.id)}>${icon('info')}${texts.showWhy}</button>
      ${
        this.can('editor')
          ? html`<span class="row" role="group" aria-label=${texts.judge}>
              <button type="button" class="button small" @click=${() => open(true)}>${icon('check')}${texts.right}</button>
              <button type="button" class="button small" @click=${() => open(false)}>${icon('close')}${texts.wrong}</button>
              <a class="button small" href=${compose}>${icon('plus')}${texts.noPair}</a>
            </span>`
          : nothing
      }
    </div>`;
  }

  #show(id: number): void {
    this.chosen = id;
    void this.updateComplete.then(() => {
      const panel = this.querySelector<HTMLElement>('#try-why');
      // Beside the talk it is in sight already.
      if (panel && panel.getBoundingClientRect().top > innerHeight / 2) panel.scrollIntoView({ block: 'start' });
    });
  }

  #exchange(exchange: Exchange, texts: Texts): TemplateResult {
    const { tried, problem } = exchange;
    const own = { from: 'patient' as const, id: `own-${exchange.id}`, text: exchange.text };
    const turns = tried ? [own, { from: 'bot' as const, id: `reply-${exchange.id}`, reply: tried.reply }] : [own];
    return html`<div class="try-reply ${this.chosen === exchange.id ? 'chosen' : ''}">
      <chat-view .turns=${turns} label=${texts.conversation}></chat-view>
      ${tried ? this.#under(exchange, tried, texts) : nothing}
      ${
        problem
          ? problemNote(
              problem,
              html`<button type="button" class="button quiet small" @click=${() => void this.#ask(exchange.text, exchange.id)}>${texts.again}</button>`,
            )
          : nothing
      }
      ${!tried && !problem ? html`<p class="hint" role="status">${texts.asking}</p>` : nothing}
    </div>`;
  }

  #choices(texts: Texts): TemplateResult {
    const version = this.#version;
    const isCandidate = version !== 'live' && version !== 'draft';
    const option = (value: string, label: string, now: string): TemplateResult =>
      html`<option value=${value} ?selected=${value === now}>${label}</option>`;
    const set = (name: string) => (event: Event) => setQuery({ [name]: (event.target as HTMLSelectElement).value });
    const locale = this.#locale ?? '';
    return html`<div class="filters">
      <div class="field"><label for="try-version">${texts.version}</label>
        <select id="try-version" class="input" @change=${set('version')}>
          ${option('', texts.live, version === 'live' ? '' : version)}
          ${option('draft', texts.draft, version)}
          ${isCandidate ? option(version, texts.candidate(version.slice(0, 8)), version) : nothing}
        </select></div>
      <div class="field"><label for="try-locale">${texts.locale}</label>
        <select id="try-locale" class="input" @change=${set('locale')}>
          ${['', 'ar', 'fa'].map((value) => option(value, texts.locales[value || 'auto'] ?? value, locale))}
        </select></div>
      <button type="button" class="button" ?disabled=${this.exchanges.length === 0} @click=${this.#restart}>${icon('plus')}${texts.restart}</button>
    </div>`;
  }

  #panel(texts: Texts): TemplateResult {
    const exchange = this.exchanges.find(({ id }) => id === this.chosen);
    if (!exchange?.tried) return empty('info', texts.why, texts.whyEmpty);
    return html`<h2>${texts.why}</h2>${why(exchange.tried.explanation, exchange.tried.reply, texts, this.fmt)}`;
  }

  #dialog(texts: Texts): TemplateResult | typeof nothing {
    const { judging } = this;
    const exchange = this.exchanges.find(({ id }) => id === this.chosen);
    if (!judging || !exchange) return nothing;
    return judgeDialog(judging, texts, {
      busy: this.busy,
      problem: this.problem,
      change: (change) => (this.judging = { ...judging, ...change }),
      send: () => void this.#judge(exchange, judging),
      closed: () => (this.judging = null),
    });
  }

  protected override render(): TemplateResult {
    const texts = this.#texts;
    return html`<div class="stack try">
      ${pageHead(texts.title, texts.intro)}
      ${this.#choices(texts)}
      <div class="try-panes">
        <section class="card flush try-talk" aria-label=${texts.conversation}>
          <div class="try-log" role="log" aria-live="polite" aria-label=${texts.conversation} tabindex="0" @chat-say=${(event: CustomEvent<string>) => void this.#ask(event.detail)}>
            ${
              this.exchanges.length === 0
                ? empty('try', texts.emptyTitle, texts.emptyText)
                : repeat(
                    this.exchanges,
                    ({ id }) => id,
                    (exchange) => this.#exchange(exchange, texts),
                  )
            }
          </div>
          <form class="try-composer" @submit=${this.#submit}>
            <label class="hidden" for="try-field">${texts.ask}</label>
            <textarea id="try-field" class="input" rows="1" dir="auto" maxlength=${LONGEST} placeholder=${texts.placeholder} @keydown=${this.#enter}></textarea>
            <button type="submit" class="button solid">${icon('send')}${texts.send}</button>
          </form>
        </section>
        <section class="card try-why stack" id="try-why" aria-label=${texts.why} tabindex="0">${this.#panel(texts)}</section>
      </div>
      ${this.#dialog(texts)}
    </div>`;
  }
}
customElements.define('page-try', TryPage);

