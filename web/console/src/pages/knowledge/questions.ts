/** `<knowledge-questions>`: what every version is asked before it goes out. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type KnowledgeOverview, knowledge, type Lang, type Page, type Question } from '../../api/knowledge';
import { type ApiProblem, asProblem } from '../../api/problem';
import { ask } from '../../parts/ask';
import { filterBar, filterValues } from '../../parts/filters';
import { formDialog } from '../../parts/form-dialog';
import { icon } from '../../parts/icons';
import { Pager } from '../../parts/loader';
import { ConsoleElement } from '../../parts/page';
import { toast, toastProblem } from '../../parts/toast';
import { badge, code, empty, said } from '../../parts/views';
import { href } from '../../router';
import './picker';
import { TEXTS, type Texts } from './texts';

const FILTERS = ['set', 'added'] as const;
const OUTCOMES = ['answer', 'clarify', 'no_answer', 'emergency', 'personal', 'smalltalk'] as const;

class KnowledgeQuestions extends ConsoleElement {
  static override properties = {
    query: { attribute: false },
    overview: { attribute: false },
    adding: { state: true },
    set: { state: true },
    outcome: { state: true },
    pair: { state: true },
    busy: { state: true },
    problem: { state: true },
  };
  declare query: URLSearchParams;
  declare overview: KnowledgeOverview | null;
  private declare adding: boolean;
  private declare set: Question['set'];
  private declare outcome: string;
  private declare pair: string;
  private declare busy: boolean;
  private declare problem: ApiProblem | null;
  #key: string | null = null;
  #questions = new Pager<Question, Page<Question>>(
    this,
    async (cursor) => (await knowledge.questions({ ...filterValues(this.query, FILTERS), cursor })).data,
  );

  constructor() {
    super();
    Object.assign(this, { query: new URLSearchParams(), overview: null, adding: false, busy: false, problem: null });
    Object.assign(this, { set: 'evaluation', outcome: 'answer', pair: '' });
  }

  protected override willUpdate(): void {
    const key = JSON.stringify(filterValues(this.query, FILTERS));
    if (key === this.#key) return;
    this.#key = key;
    void this.#questions.load({ fresh: true });
  }

  #open(): void {
    Object.assign(this, { adding: true, set: 'evaluation', outcome: 'answer', pair: '', problem: null });
  }

  async #add(form: FormData, texts: Texts): Promise<void> {
    if (this.outcome === 'answer' && this.pair === '') {
      this.querySelector<HTMLElement>('pair-picker input')?.focus();
      return;
    }
    this.busy = true;
    this.problem = null;
    try {
      await knowledge.addQuestion({
        text: String(form.get('text')).trim(),
        lang: String(form.get('lang')) as Lang,
        set: this.set,
        expected: { outcome: this.outcome, pair: this.outcome === 'answer' ? this.pair : null },
      });
      this.adding = false;
      toast(texts.questionAdded);
      void this.#questions.load();
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.busy = false;
  }

  async #remove({ id }: Question, texts: Texts): Promise<void> {
    const yes = await ask({ title: texts.questionRemoveTitle, text: texts.questionRemoveText, yes: texts.questionRemove, danger: true });
    if (!yes) return;
    try {
      await knowledge.removeQuestion(id);
      toast(texts.questionRemoved);
      void this.#questions.load();
    } catch (error) {
      toastProblem(error);
    }
  }

  #dialog(texts: Texts): TemplateResult {
    const value = (event: Event): string => (event.target as HTMLSelectElement).value;
    const setSet = (event: Event): void => {
      this.set = value(event) as Question['set'];
      if (this.set === 'safety') this.outcome = 'emergency';
    };
    return formDialog({
      id: 'question-add',
      title: texts.questionAdd,
      yes: texts.questionAdd,
      busy: this.busy,
      problem: this.problem,
      closed: () => (this.adding = false),
      submit: (form) => void this.#add(form, texts),
      body: html`<div class="field"><label for="question-text">${texts.questionText}</label>
          <textarea id="question-text" name="text" class="input" rows="2" dir="auto" required maxlength="1000" autofocus></textarea></div>
        <div class="columns">
          <div class="field"><label for="question-lang">${texts.language}</label>
            <select id="question-lang" name="lang" class="input"><option value="ar">${texts.languages.ar}</option><option value="fa" ?selected=${this.lang_ === 'fa'}>${texts.languages.fa}</option></select></div>
          <div class="field"><label for="question-set">${texts.set}</label>
            <select id="question-set" class="input" @change=${setSet}>${['evaluation', 'safety'].map((name) => html`<option value=${name} ?selected=${name === this.set}>${texts.sets[name]}</option>`)}</select></div>
          <div class="field"><label for="question-outcome">${texts.outcome}</label>
            <select id="question-outcome" class="input" @change=${(event: Event) => (this.outcome = value(event))}>${OUTCOMES.map((name) => html`<option value=${name} ?selected=${name === this.outcome}>${texts.outcomes[name]}</option>`)}</select></div>
        </div>
        ${this.outcome === 'answer' ? html`<pair-picker label=${texts.rightPair} .value=${this.pair} @pair-picked=${(event: CustomEvent<{ id: string } | null>) => (this.pair = event.detail?.id ?? '')}></pair-picker>` : nothing}`,
    });
  }

  #row(question: Question, texts: Texts): TemplateResult {
    const { lang, text, expected, set, added } = question;
    return html`<li class="question-row">
      <div class="grow">
        <p lang=${lang}>${said(text)}</p>
        <p class="facts">
          ${badge(texts.sets[set] ?? set, set === 'safety' ? 'danger' : '')}
          <span>${texts.languages[lang] ?? lang}</span>
          <span>${texts.outcomes[expected.outcome] ?? expected.outcome}</span>
          ${expected.pair ? html`<a href=${href(['knowledge', 'pair', expected.pair])}>${code(expected.pair)}</a>` : nothing}
          ${added ? nothing : html`<span>${texts.fromFile}</span>`}
          <a href=${href('try', { q: text })}>${texts.tryThis}</a>
        </p>
      </div>
      ${added && this.can('editor') ? html`<button type="button" class="button quiet square danger" aria-label=${texts.questionRemove} @click=${() => void this.#remove(question, texts)}>${icon('bin')}</button>` : nothing}
    </li>`;
  }

  protected override render(): TemplateResult {
    const texts = TEXTS[this.lang_];
    const options = (labels: Record<string, string>): { value: string; label: string }[] =>
      Object.entries(labels).map(([value, label]) => ({ value, label }));
    return html`<div class="stack">
      <p class="muted">${texts.questionsIntro}</p>
      <div class="row apart knowledge-tools">
        <div class="grow">${filterBar([
          { kind: 'select', name: 'set', label: texts.set, all: texts.allSets, options: options(texts.sets) },
          { kind: 'check', name: 'added', label: texts.onlyAdded },
        ])}</div>
        ${this.can('editor') ? html`<button type="button" class="button solid" @click=${() => this.#open()}>${icon('plus')}${texts.questionAdd}</button>` : nothing}
      </div>
      <section class="card flush" aria-label=${texts.sections.questions}>${this.#questions.render(
        (questions) => html`<ul class="list">${repeat(
          questions,
          ({ id }) => id,
          (question) => this.#row(question, texts),
        )}</ul>`,
        empty('check', texts.questionsEmpty),
      )}</section>
      ${this.adding ? this.#dialog(texts) : nothing}
    </div>`;
  }
}
customElements.define('knowledge-questions', KnowledgeQuestions);
