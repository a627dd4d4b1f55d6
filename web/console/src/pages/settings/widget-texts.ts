/** What the clinic says in the widget in its own words, in both languages; left empty, the widget says its own. */
import { html, type TemplateResult } from 'lit';
import { locale } from '../../state/locale';
import { type Draft, isFixed, mark, wrong } from './views';

const LANGS = ['ar', 'fa'] as const;
const KINDS = ['subtitle', 'launcher', 'placeholder', 'starters'] as const;
type Name = `${(typeof KINDS)[number]}_${(typeof LANGS)[number]}`;

/** Questions stand one on a line here, and parted by `|` in the settings. */
const lines = (text: string): string => text.split('|').join('\n');
const parted = (text: string): string => text.split('\n').join('|');

function field(draft: Draft, name: Name, label: string): TemplateResult {
  const key = `widget.${name}`;
  const isList = name.startsWith('starters');
  const value = draft.settings.widget[name] ?? '';
  const off = isFixed(draft.settings, key);
  const set = (event: Event): void => {
    const text = (event.currentTarget as HTMLInputElement | HTMLTextAreaElement).value;
    draft.set({ widget: { ...draft.settings.widget, [name]: (isList ? parted(text) : text) || null } });
  };
  const lang = name.slice(-2);
  return html`<div class="field"><label for=${name}>${label} ${mark(draft, key)}</label>
    ${
      isList
        ? html`<textarea id=${name} class="input" rows="3" dir="auto" lang=${lang} maxlength="760" .value=${lines(value)} ?disabled=${off} @input=${set}></textarea>`
        : html`<input id=${name} class="input" dir="auto" lang=${lang} maxlength="120" .value=${value} ?disabled=${off} @input=${set}>`
    }${wrong(draft, key)}</div>`;
}

export function widgetTexts(draft: Draft): TemplateResult {
  const { settings: texts, common } = locale.texts;
  return html`<section class="card stack" aria-labelledby="widget-texts"><div><h2 id="widget-texts">${texts.words}</h2><p class="muted small">${texts.wordsHint}</p></div>
    ${KINDS.map(
      (kind) => html`<fieldset class="word-pair"><legend class="label">${texts.word[kind]}</legend>
        ${LANGS.map((lang) => field(draft, `${kind}_${lang}`, common[lang]))}</fieldset>`,
    )}</section>`;
}
