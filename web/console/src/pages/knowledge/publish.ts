/** `<knowledge-publish>`: what is approved, built beside the live version and compared with it. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type Candidate, type Change, type Got, type KnowledgeOverview, knowledge, type Problem, type Revision } from '../../api/knowledge';
import { type ApiProblem, asProblem } from '../../api/problem';
import { ask } from '../../parts/ask';
import { icon } from '../../parts/icons';
import { Loader } from '../../parts/loader';
import { ConsoleElement } from '../../parts/page';
import { toast } from '../../parts/toast';
import { ago, badge, code, empty, note, problemNote, said, type Tone } from '../../parts/views';
import { href } from '../../router';
import { placeOf } from './review';
import { TEXTS, type Texts } from './texts';

const VERDICTS: Record<Change['verdict'], Tone> = { better: 'good', worse: 'danger', other: 'info' };

class KnowledgePublish extends ConsoleElement {
  static override properties = {
    overview: { attribute: false },
    candidate: { state: true },
    chosen: { state: true },
    busy: { state: true },
    problem: { state: true },
  };
  declare overview: KnowledgeOverview | null;
  private declare candidate: Candidate | null;
  /** The revisions that are to go out. */
  private declare chosen: ReadonlySet<number>;
  private declare busy: '' | 'build' | 'publish';
  private declare problem: ApiProblem | null;
  #approved = new Loader<Revision[]>(this, async () => {
    const { data } = await knowledge.history({ state: 'approved', limit: 200 });
    const items = data.items.filter(({ state }) => state === 'approved');
    this.chosen = new Set(items.map(({ number }) => number));
    return items;
  });

  constructor() {
    super();
    Object.assign(this, { overview: null, candidate: null, chosen: new Set(), busy: '', problem: null });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#approved.load();
  }

  /** Reads what is approved again; what was built may no longer be what goes out. */
  reload(): void {
    void this.#approved.load();
  }

  async #build(): Promise<void> {
    this.busy = 'build';
    this.problem = null;
    this.candidate = null;
    try {
      const all = this.#approved.value?.length === this.chosen.size;
      this.candidate = (await knowledge.buildCandidate(all ? undefined : [...this.chosen])).data;
      void this.updateComplete.then(() => this.querySelector<HTMLElement>('#candidate-title')?.focus());
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.busy = '';
  }

  async #publish(candidate: Candidate): Promise<void> {
    const texts = TEXTS[this.lang_];
    const given = await ask({ title: texts.publishTitle, text: texts.publishText, yes: texts.publish, reason: texts.reason });
    if (!given) return;
    this.busy = 'publish';
    this.problem = null;
    try {
      await knowledge.publish(candidate.id, given.reason);
      this.candidate = null;
      toast(texts.published);
      this.dispatchEvent(new CustomEvent('knowledge-changed', { bubbles: true }));
      void this.#approved.load();
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.busy = '';
  }

  #toggle(number: number): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(number)) chosen.add(number);
    this.chosen = chosen;
    this.candidate = null;
  }

  #choice(revision: Revision, texts: Texts): TemplateResult {
    const { number, kind, id, author, reason, created_at: at } = revision;
    return html`<li class="publish-choice">
      <label class="check grow"><input type="checkbox" .checked=${this.chosen.has(number)} @change=${() => this.#toggle(number)} /><span>${texts.kindOf[kind] ?? kind} ${code(id)}</span></label>
      <span class="muted"><bdi>${author.display_name}</bdi> · ${ago(at)}</span>
      ${reason ? html`<span class="publish-reason">${said(reason)}</span>` : nothing}
      <a class="button quiet small" href=${placeOf(revision)}>${texts.open}</a>
    </li>`;
  }

  #got({ outcome, pair }: Got, texts: Texts): TemplateResult {
    return html`${texts.outcomes[outcome] ?? outcome}${pair ? html` ${code(pair)}` : nothing}`;
  }

  #change(change: Change, texts: Texts): TemplateResult {
    return html`<tr>
      <td>${badge(texts.verdicts[change.verdict] ?? change.verdict, VERDICTS[change.verdict])}</td>
      <th scope="row" lang=${change.lang}>${said(change.text)}</th>
      <td>${this.#got(change.expected, texts)}</td>
      <td>${this.#got(change.before, texts)}</td>
      <td>${this.#got(change.after, texts)}</td>
    </tr>`;
  }

  #questions({ questions }: Candidate, texts: Texts): TemplateResult {
    const { total, right_before: before, right_after: after, changed } = questions;
    const share = (right: number): string => texts.ofTotal(this.fmt.number(right), this.fmt.number(total));
    const order = ['worse', 'other', 'better'];
    const rows = changed.toSorted((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict));
    return html`<dl class="row publish-figures">
        <div><dt>${texts.rightBefore}</dt><dd class="number">${share(before)}</dd></div>
        <div><dt>${texts.rightAfter}</dt><dd class="number ${after < before ? 'wrong' : ''}">${share(after)}</dd></div>
      </dl>
      <h3>${texts.changedAnswers} (${this.fmt.number(questions.changed_total)})</h3>
      ${
        rows.length === 0
          ? html`<p class="muted">${texts.noChanges}</p>`
          : html`<div class="scroll" tabindex="0" role="group" aria-label=${texts.changedAnswers}><table class="table">
              <thead><tr><th scope="col">${texts.change}</th><th scope="col">${texts.question}</th><th scope="col">${texts.expected}</th><th scope="col">${texts.before}</th><th scope="col">${texts.after}</th></tr></thead>
              <tbody>${repeat(
                rows,
                ({ id }) => id,
                (change) => this.#change(change, texts),
              )}</tbody>
            </table></div>`
      }`;
  }

  #safety({ safety }: Candidate, texts: Texts): TemplateResult {
    if (safety.failed.length === 0) return html`<p>${badge(texts.safetyPassed(this.fmt.number(safety.total)), 'good', 'check')}</p>`;
    return html`<p class="wrong">${texts.safetyFailed} (${this.fmt.number(safety.failed.length)})</p>
      <ul class="list">${safety.failed.map(({ text, outcome }) => html`<li class="publish-failed">${said(text)} ${badge(texts.outcomes[outcome] ?? outcome, 'danger')}</li>`)}</ul>`;
  }

  #result(candidate: Candidate, texts: Texts): TemplateResult {
    const problem = ({ what, mend }: Problem): TemplateResult => html`<li><strong>${said(what)}</strong> ${said(mend)}</li>`;
    return html`<section class="card stack" aria-labelledby="candidate-title">
      <div class="card-head">
        <h2 id="candidate-title" tabindex="-1">${texts.change} ${code(candidate.id.slice(0, 10))}</h2>
        <a class="button" href=${href('try', { version: candidate.id })}>${icon('try')}${texts.tryThis}</a>
      </div>
      ${
        candidate.publishable
          ? nothing
          : note('danger', html`<strong>${texts.cannot}</strong>${candidate.why_not.map(({ code: why, detail }) => html` ${texts.whyNot[why] ?? said(detail)}`)}`)
      }
      ${candidate.problems.length > 0 ? html`<h3>${texts.problems}</h3><ul class="stack tight">${candidate.problems.map(problem)}</ul>` : nothing}
      <h3>${texts.safety} (${this.fmt.number(candidate.safety.total)})</h3>
      ${this.#safety(candidate, texts)}
      ${this.#questions(candidate, texts)}
      <div class="row end">
        ${this.can('reviewer') ? nothing : html`<span class="hint">${texts.reviewerOnly}</span>`}
        <button type="button" class="button solid ${this.busy === 'publish' ? 'busy' : ''}" ?disabled=${!candidate.publishable || !this.can('reviewer')} aria-disabled=${this.busy !== ''} @click=${() => void this.#publish(candidate)}>${this.busy === 'publish' ? icon('refresh') : icon('check')}${texts.publish}</button>
      </div>
    </section>`;
  }

  protected override render(): TemplateResult {
    const texts = TEXTS[this.lang_];
    const { overview } = this;
    return html`<div class="stack">
      <p class="muted">${texts.publishIntro}</p>
      ${overview ? html`<p>${texts.live}: ${code(overview.version.replace(/^sha256:/u, '').slice(0, 10))} ${overview.published_at ? html`<span class="muted">${texts.since(this.fmt.dateTime(overview.published_at))}</span>` : nothing}</p>` : nothing}
      ${this.#approved.render((revisions) =>
        revisions.length === 0
          ? html`<section class="card">${empty('check', texts.publishEmptyTitle, texts.publishEmptyText)}</section>`
          : html`<section class="card stack" aria-labelledby="publish-what">
              <h2 id="publish-what">${texts.included}</h2>
              <ul class="list">${repeat(
                revisions,
                ({ number }) => number,
                (revision) => this.#choice(revision, texts),
              )}</ul>
              ${
                this.can('editor')
                  ? html`<div class="row end"><button type="button" class="button ${this.candidate ? '' : 'solid'} ${this.busy === 'build' ? 'busy' : ''}" ?disabled=${this.chosen.size === 0} aria-disabled=${this.busy !== ''} @click=${() => void this.#build()}>${icon('refresh')}${texts.build}</button></div>`
                  : nothing
              }
            </section>`,
      )}
      ${this.busy === 'build' ? html`<p class="note info" role="status">${icon('clock')}${texts.building}</p>` : nothing}
      ${problemNote(this.problem)}
      ${this.candidate ? this.#result(this.candidate, texts) : nothing}
    </div>`;
  }
}
customElements.define('knowledge-publish', KnowledgePublish);
