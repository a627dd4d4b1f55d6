/** The fields of any other entry, after the shape of its content: texts, lists, both languages side by side. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Content } from '../../api/knowledge';
import { icon } from '../../parts/icons';
import { isTable, type Path } from './content';
import './forms-list';
import type { Texts } from './texts';

interface Fields {
  canEdit: boolean;
  /** Names of fields that stay as they are: ids of what is there already. */
  fixed: readonly string[];
  texts: Texts;
  set: (path: Path, value: unknown) => void;
}

/** What stands side by side: the languages, and their words in Latin letters. */
const SIDES = ['ar', 'fa', 'latin'] as const;
/** Fields whose words run over lines. */
const LONG = new Set(['answer', 'text', 'reply', 'gist', 'ar', 'fa', 'en']);
const LONG_CHARS = 60;

const label = (name: string, texts: Texts): string => texts.fields[name] ?? name.replaceAll('_', ' ');
const idOf = (path: Path): string => `field-${path.join('-')}`;

/** The language of what stands at `path`, where it is one of the two. */
function langOf(path: Path): string | typeof nothing {
  return path.findLast((step) => step === 'ar' || step === 'fa')?.toString() ?? nothing;
}

function words(path: Path, name: string, value: string, fields: Fields): TemplateResult {
  const id = idOf(path);
  const isFixed = !fields.canEdit || (path.length === 1 && fields.fixed.includes(name));
  const set = (event: Event): void => fields.set(path, (event.target as HTMLInputElement).value);
  const isLong = LONG.has(name) || value.length > LONG_CHARS || value.includes('\n');
  const rows = Math.min(12, Math.max(2, value.split('\n').length + Math.floor(value.length / 90)));
  return html`<div class="field">
    <label for=${id}>${label(name, fields.texts)}</label>
    ${
      isLong
        ? html`<textarea id=${id} class="input" dir="auto" lang=${langOf(path)} rows=${rows} .value=${value} ?readonly=${isFixed} @input=${set}></textarea>`
        : html`<input id=${id} class="input" dir="auto" lang=${langOf(path)} .value=${value} ?readonly=${isFixed} @input=${set} />`
    }
  </div>`;
}

function list(path: Path, name: string, value: readonly unknown[], fields: Fields): TemplateResult {
  if (value.every((item) => typeof item === 'string')) {
    const lang = langOf(path);
    return html`<forms-list label=${label(name, fields.texts)} language=${lang === nothing ? '' : (lang as string)} .value=${value} ?disabled=${!fields.canEdit}
      @change=${(event: Event) => fields.set(path, [...(event.target as HTMLElement & { value: readonly string[] }).value])}></forms-list>`;
  }
  const remove = (at: number) => () => fields.set(path, value.toSpliced(at, 1));
  return html`<fieldset class="stack tight">
    <legend class="label">${label(name, fields.texts)}</legend>
    ${value.map(
      (item, at) => html`<div class="card entry-item">
        ${field([...path, at], name, item, fields)}
        ${fields.canEdit && value.length > 1 ? html`<button type="button" class="button quiet small danger" @click=${remove(at)}>${icon('close')}${fields.texts.removeItem(String(at + 1))}</button>` : nothing}
      </div>`,
    )}
  </fieldset>`;
}

function table(path: Path, value: Content, fields: Fields): TemplateResult {
  const names = Object.keys(value);
  const sides = SIDES.filter((name) => name in value);
  const others = names.filter((name) => !SIDES.some((side) => side === name));
  const side = (name: string): TemplateResult => {
    const inner = value[name];
    // A language with fields of its own is a card; a single text is told by its label.
    return isTable(inner)
      ? html`<section class="card stack" lang=${name === 'latin' ? nothing : name}><h3>${label(name, fields.texts)}</h3>${table([...path, name], inner, fields)}</section>`
      : html`<div>${field([...path, name], name, inner, fields)}</div>`;
  };
  return html`
    ${others.length > 0 ? html`<div class=${path.length === 0 ? 'entry-plain' : 'stack'}>${others.map((name) => field([...path, name], name, value[name], fields))}</div>` : nothing}
    ${sides.length > 0 ? html`<div class="pair-sides">${sides.map(side)}</div>` : nothing}
  `;
}

function field(path: Path, name: string, value: unknown, fields: Fields): TemplateResult {
  if (Array.isArray(value)) return list(path, name, value, fields);
  if (isTable(value)) {
    return html`<fieldset class="stack tight entry-group"><legend class="label">${label(name, fields.texts)}</legend>${table(path, value, fields)}</fieldset>`;
  }
  if (typeof value === 'boolean') {
    return html`<label class="check"><input type="checkbox" .checked=${value} ?disabled=${!fields.canEdit} @change=${(event: Event) => fields.set(path, (event.target as HTMLInputElement).checked)} />${label(name, fields.texts)}</label>`;
  }
  if (typeof value === 'number') {
    return html`<div class="field"><label for=${idOf(path)}>${label(name, fields.texts)}</label>
      <input id=${idOf(path)} class="input" type="number" .value=${String(value)} ?readonly=${!fields.canEdit} @change=${(event: Event) => fields.set(path, Number((event.target as HTMLInputElement).value))} /></div>`;
  }
  return words(path, name, typeof value === 'string' ? value : '', fields);
}

/** All fields of `content`. */
export function entryForm(content: Content, fields: Fields): TemplateResult {
  return html`<section class="card stack entry-form">${table([], content, fields)}</section>`;
}
