/** What staff say about a reply: right, or what it should have been. */
import { html, type TemplateResult } from 'lit';
import type { Got } from '../../api/knowledge';
import type { ApiProblem } from '../../api/problem';
import { formDialog } from '../../parts/form-dialog';
import { said } from '../../parts/views';
import '../knowledge/picker';
import type { Texts } from './texts';

export type Add = 'variant' | 'question';

export interface Judging {
  text: string;
  right: boolean;
  /** What it should have been, as far as it is chosen. */
  should: Got;
  add: Add;
}

interface Handlers {
  busy: boolean;
  problem: ApiProblem | null;
  change: (change: Partial<Judging>) => void;
  send: () => void;
  closed: () => void;
}

/** Outcomes that a reply can be wished to have; the first needs a pair. */
const OUTCOMES = ['answer', 'clarify', 'no_answer', 'emergency', 'personal', 'smalltalk'] as const;

/** Whether it can be sent: an answer needs its pair, and so does a variant. */
export const isWhole = ({ right, should, add }: Judging): boolean =>
  right || (should.outcome === 'answer' || add === 'variant' ? should.pair !== null && should.pair !== '' : true);

function wrong(judging: Judging, texts: Texts, handlers: Handlers): TemplateResult {
  const { should, add } = judging;
  const asksPair = should.outcome === 'answer' || should.outcome === 'clarify' || should.outcome === 'personal';
  const pick = (outcome: string): void =>
    handlers.change({ should: { outcome, pair: outcome === 'answer' ? should.pair : null }, add: outcome === 'answer' ? add : 'question' });
  const choice = (value: Add, label: string, off: boolean): TemplateResult => html`<label class="check">
    <input type="radio" name="add" value=${value} .checked=${add === value} ?disabled=${off} @change=${() => handlers.change({ add: value })}>${label}
  </label>`;
  return html`<div class="field">
      <label for="should-outcome">${texts.shouldOutcome}</label>
      <select id="should-outcome" class="input" @change=${(event: Event) => pick((event.target as HTMLSelectElement).value)}>
        ${OUTCOMES.map((outcome) => html`<option value=${outcome} ?selected=${outcome === should.outcome}>${texts.outcomes[outcome]}</option>`)}
      </select>
    </div>
    ${
      asksPair
        ? html`<pair-picker label=${texts.shouldPair} .value=${should.pair ?? ''} @pair-picked=${(event: CustomEvent<{ id: string } | null>) => handlers.change({ should: { ...should, pair: event.detail?.id ?? null } })}></pair-picker>`
        : ''
    }
    <fieldset class="stack tight">
      <legend class="label">${texts.add}</legend>
      ${choice('variant', texts.addVariant, should.outcome !== 'answer')}
      ${choice('question', texts.addQuestion, false)}
    </fieldset>`;
}

export function judgeDialog(judging: Judging, texts: Texts, handlers: Handlers): TemplateResult {
  return formDialog({
    id: 'judge',
    title: judging.right ? texts.rightTitle : texts.wrongTitle,
    yes: judging.right ? texts.rightYes : texts.wrongYes,
    busy: handlers.busy,
    problem: handlers.problem,
    closed: handlers.closed,
    submit: () => {
      if (isWhole(judging)) handlers.send();
    },
    body: html`<p>${said(judging.text)}</p>
      ${judging.right ? html`<p class="muted">${texts.rightText}</p>` : wrong(judging, texts, handlers)}`,
  });
}
