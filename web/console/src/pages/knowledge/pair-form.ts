/** The fields of a pair: Arabic and Persian side by side, what they share below. */
import { html, nothing, type TemplateResult } from 'lit';
import type { KnowledgeOverview, Lang, PairSummary, Source } from '../../api/knowledge';
import '../../parts/chat';
import { icon } from '../../parts/icons';
import '../../parts/tags';
import { bilingual, code } from '../../parts/views';
import { href } from '../../router';
import './cites';
import { type Pair, renumbered, type Wording } from './content';
import './forms-list';
import './picker';
import { type Caution, previewReply } from './preview';
import type { Texts } from './texts';

export interface PairFields {
  pair: Pair;
  /** Empty for a new pair. */
  id: string;
  canEdit: boolean;
  overview: KnowledgeOverview | null;
  sources: readonly Source[];
  cautions: readonly Caution[];
  change: (change: Partial<Pair>) => void;
  /** A number in the reader's digits. */
  shown: (value: number) => string;
  /** Puts a marker where the cursor was in the answer of a language. */
  insert: (lang: Lang, marker: string) => void;
}

const LANGS = ['ar', 'fa'] as const;

function wording(lang: Lang, fields: PairFields, texts: Texts): TemplateResult {
  const { pair, canEdit, change } = fields;
  const side = pair[lang];
  const set = (part: Partial<Wording>): void => change({ [lang]: { ...side, ...part } });
  const value = (event: Event): string => (event.target as HTMLInputElement | HTMLTextAreaElement).value;
  return html`<section class="card stack" lang=${lang} aria-labelledby="pair-${lang}">
    <h2 id="pair-${lang}" class="pair-language">${texts.languages[lang]}</h2>
    <div class="field">
      <label for="question-${lang}">${texts.question} <small>${texts.questionHelp}</small></label>
      <input id="question-${lang}" class="input" dir="auto" maxlength="300" .value=${side.question} ?readonly=${!canEdit} @input=${(event: Event) => set({ question: value(event) })} />
    </div>
    <div class="field">
      <label for="answer-${lang}">${texts.answer} <small>${texts.answerHelp}</small></label>
      <textarea id="answer-${lang}" class="input pair-answer" dir="auto" rows="8" maxlength="6000" .value=${side.answer} ?readonly=${!canEdit} @input=${(event: Event) => set({ answer: value(event) })}></textarea>
    </div>
    <details class="pair-preview" open>
      <summary>${icon('eye')}${texts.preview}</summary>
      ${
        side.answer.trim() === ''
          ? html`<p class="hint">${texts.previewEmpty}</p>`
          : html`<chat-view still .turns=${[{ from: 'bot', id: `preview-${lang}`, reply: previewReply(pair, lang, fields.sources, fields.cautions) }]} label=${texts.preview}></chat-view>`
      }
    </details>
    <forms-list label=${texts.variants} hint=${texts.variantsHelp(fields.shown(fields.overview?.least_variants ?? 6))} language=${lang} .value=${side.variants} ?disabled=${!canEdit}
      @change=${(event: Event) => set({ variants: [...(event.target as HTMLElement & { value: readonly string[] }).value] })}></forms-list>
  </section>`;
}

function select(id: string, label: string, value: string, options: readonly [string, string][], fields: PairFields, set: (value: string) => void): TemplateResult {
  const isKnown = value === '' || options.some(([known]) => known === value);
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <select id=${id} class="input" ?disabled=${!fields.canEdit} @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
      ${value === '' ? html`<option value="" selected></option>` : nothing}
      ${isKnown ? nothing : html`<option value=${value} selected>${value}</option>`}
      ${options.map(([known, shown]) => html`<option value=${known} ?selected=${known === value}>${shown}</option>`)}
    </select>
  </div>`;
}

function related(fields: PairFields, texts: Texts): TemplateResult {
  const { pair, canEdit, change } = fields;
  const drop = (id: string) => () => change({ related: pair.related.filter((other) => other !== id) });
  return html`<fieldset class="stack tight pair-related">
    <legend class="label">${texts.related}</legend>
    ${
      pair.related.length > 0
        ? html`<ul class="row">${pair.related.map(
            (id) => html`<li class="tag-item"><a href=${href(['knowledge', 'pair', id])}>${code(id)}</a>${canEdit ? html`<button type="button" aria-label=${texts.removeItem(id)} @click=${drop(id)}>${icon('close')}</button>` : nothing}</li>`,
          )}</ul>`
        : nothing
    }
    ${
      canEdit
        ? html`<pair-picker adding label=${texts.relatedAdd} .without=${[...pair.related, fields.id]} @pair-picked=${(event: CustomEvent<PairSummary | null>) => {
            if (event.detail) change({ related: [...pair.related, event.detail.id] });
          }}></pair-picker>`
        : nothing
    }
  </fieldset>`;
}

function meta(fields: PairFields, texts: Texts, title: (text: { ar: string; fa: string }) => string): TemplateResult {
  const { pair, overview, canEdit, change } = fields;
  const topics = (overview?.topics ?? []).map(({ id, title: words }): [string, string] => [id, title(words)]);
  const asks = (overview?.asks ?? []).map((name): [string, string] => [name, name]);
  const tags = (event: Event): string[] => [...(event.target as HTMLElement & { value: readonly string[] }).value];
  return html`<section class="card stack" aria-labelledby="pair-meta">
    <h2 id="pair-meta">${texts.meta}</h2>
    <div class="columns">
      ${select('pair-topic', texts.topic, pair.topic, topics, fields, (topic) => change({ topic }))}
      ${select('pair-asks', texts.asks, pair.asks, asks, fields, (value) => change({ asks: value }))}
      <div class="field">
        <label for="pair-review">${texts.reviewBy}</label>
        <input id="pair-review" class="input" type="date" .value=${pair.review_by} ?readonly=${!canEdit} @change=${(event: Event) => change({ review_by: (event.target as HTMLInputElement).value })} />
      </div>
      <tag-input ltr label=${texts.subjects} .value=${pair.subject} .options=${overview?.subjects ?? []} ?disabled=${!canEdit} @change=${(event: Event) => change({ subject: tags(event) })}></tag-input>
      <tag-input ltr label=${texts.risks} hint=${texts.risksHelp} .value=${pair.risk} .options=${(overview?.risks ?? []).map(({ code: risk }) => risk)} ?disabled=${!canEdit} @change=${(event: Event) => change({ risk: tags(event) })}></tag-input>
    </div>
    ${related(fields, texts)}
  </section>`;
}

/** All fields of a pair. */
export function pairForm(fields: PairFields, texts: Texts, locale: 'en' | 'ar' | 'fa'): TemplateResult {
  const { pair, canEdit, change } = fields;
  const recite = (event: Event): void => {
    const cites = [...(event.target as HTMLElement & { value: readonly string[] }).value];
    const side = (lang: Lang): Wording => ({ ...pair[lang], answer: renumbered(pair[lang].answer, pair.cites, cites) });
    change({ cites, ar: side('ar'), fa: side('fa') });
  };
  const title = (words: { ar: string; fa: string }): string => (locale === 'fa' ? words.fa : words.ar);
  return html`<div class="pair-sides">${LANGS.map((lang) => wording(lang, fields, texts))}</div>
    <section class="card">
      <cites-editor .value=${pair.cites} .sources=${fields.sources} ?disabled=${!canEdit} @change=${recite}
        @cite-insert=${(event: CustomEvent<{ lang: Lang; marker: string }>) => fields.insert(event.detail.lang, event.detail.marker)}></cites-editor>
    </section>
    ${meta(fields, texts, title)}`;
}

/** The question of a pair in the interface's language, for a head. */
export const pairTitle = (pair: Pair): TemplateResult => bilingual({ ar: pair.ar.question, fa: pair.fa.question });
