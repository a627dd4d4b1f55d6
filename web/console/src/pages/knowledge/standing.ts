/** What stands against an entry and what can be done with it: problems, near duplicates, the bar of actions. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Content, Near, Problem } from '../../api/knowledge';
import type { Format } from '../../format';
import { icon } from '../../parts/icons';
import { badge, code, note, problemNote, said, type Tone } from '../../parts/views';
import { href } from '../../router';
import type { Draft } from './draft';
import { changeList } from './change-list';
import type { Texts } from './texts';

export const STATE_TONES: Record<string, Tone> = {
  published: 'good',
  draft: 'info',
  in_review: 'warn',
  returned: 'warn',
  approved: 'accent',
  withdrawn: 'danger',
  new: 'info',
};

export const stateBadge = (state: string, texts: Texts): TemplateResult =>
  badge(texts.states[state] ?? state, STATE_TONES[state] ?? '');

function problem({ what, mend, field, line }: Problem, texts: Texts, fmt: Format): TemplateResult {
  return html`<li>
    <p><strong>${said(what)}</strong></p>
    <p>${said(mend)}</p>
    ${field ? html`<p class="hint">${code(field)}${line ? html` · ${texts.line(fmt.number(line))}` : nothing}</p>` : nothing}
  </li>`;
}

function near({ text, like, pair, similarity }: Near, texts: Texts, fmt: Format): TemplateResult {
  return html`<li>
    <p>${said(texts.nearText(text, like, pair))}</p>
    <p class="hint"><span class="number">${fmt.percent(similarity)}</span> · <a href=${href(['knowledge', 'pair', pair])} target="_blank">${texts.open}</a></p>
  </li>`;
}

/** Problems in the words of the check, and questions that are much alike. Announced as they change. */
export function verdict(draft: Draft, texts: Texts, fmt: Format): TemplateResult {
  const { checked, checking } = draft;
  const problems = checked?.problems ?? [];
  // What patients have was weighed when it was published.
  const alike = (checked?.near ?? []).filter(({ text }) => !draft.hadText(text));
  return html`<section class="knowledge-verdict" role="status" aria-label=${texts.problems} aria-busy=${checking}>
    ${
      problems.length > 0
        ? html`<div class="note danger">${icon('alert')}<div class="grow"><p><strong>${texts.problems}</strong></p><ul class="stack tight">${problems.map((one) => problem(one, texts, fmt))}</ul></div></div>`
        : nothing
    }
    ${
      alike.length > 0
        ? html`<div class="note warn">${icon('copy')}<div class="grow"><p><strong>${texts.nearTitle}</strong></p><ul class="stack tight">${alike.map((one) => near(one, texts, fmt))}</ul></div></div>`
        : nothing
    }
    ${problems.length === 0 && alike.length === 0 ? html`<p class="hint">${checked ? html`${icon('check')} ${texts.checkFine}` : checking ? texts.checking : nothing}</p>` : nothing}
  </section>`;
}

/** Where the entry stands on its way to the patients. */
export function notes(draft: Draft, isOwn: boolean, texts: Texts): TemplateResult {
  const revision = draft.entry?.draft;
  return html`
    ${draft.isWithdrawn ? note('danger', texts.withdrawnNote) : nothing}
    ${draft.takesOut ? note('warn', texts.takesOutNote) : nothing}
    ${revision?.state === 'in_review' ? note('info', html`${texts.inReviewNote(revision.author.display_name)} ${isOwn ? texts.ownDraft : nothing}`) : nothing}
    ${revision?.state === 'approved' ? note('good', texts.approvedNote) : nothing}
    ${revision?.state === 'returned' ? note('warn', texts.returnedNote(revision.note ?? '')) : nothing}
    ${draft.entry?.conflict ? html`${note('warn', html`<strong>${texts.conflictsTitle}</strong> ${texts.beneathText}`)}${draft.entry.beneath ? html`<details class="card"><summary>${texts.beneath}</summary>${changeList(draft.entry.beneath, draft.entry.published, texts)}</details>` : nothing}` : nothing}
    ${problemNote(draft.problem)}
  `;
}

/** Someone else's text beside one's own, and the choice between them. */
export function conflict(draft: Draft, texts: Texts, again: () => void): TemplateResult | typeof nothing {
  const { theirs } = draft;
  if (!theirs) return nothing;
  const other: Content | null = theirs.draft?.content ?? theirs.published;
  return html`<section class="card stack" role="alert" aria-labelledby="conflict-title">
    <h2 id="conflict-title">${texts.conflictTitle}</h2>
    <p>${texts.conflictText}</p>
    ${changeList(other, draft.content, texts)}
    <div class="row end">
      <button type="button" class="button" @click=${() => void draft.takeTheirs().then(again)}>${texts.conflictTheirs}</button>
      <button type="button" class="button solid" @click=${() => void draft.keepMine().then(again)}>${texts.conflictMine}</button>
    </div>
  </section>`;
}
