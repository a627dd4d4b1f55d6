/** Small templates that pages are made of. */
import { html, nothing, type TemplateResult } from 'lit';
import { withoutControls } from '../../../widget/src/bidi';
import type { ApiProblem } from '../api/problem';
import { formatOf } from '../format';
import { locale } from '../state/locale';
import type { Texts } from '../texts/en';
import { type IconName, icon } from './icons';

export type Content = TemplateResult | string | number | typeof nothing | null | undefined;
export type Tone = '' | 'accent' | 'good' | 'warn' | 'danger' | 'info';

/** The head of a page: its title gets the focus when the page opens. */
export function pageHead(title: string, lead: Content = nothing, actions: Content = nothing): TemplateResult {
  return html`<header class="page-head">
    <div><h1 tabindex="-1">${title}</h1>${lead === nothing ? nothing : html`<p class="lead">${lead}</p>`}</div>
    ${actions === nothing ? nothing : html`<div class="row">${actions}</div>`}
  </header>`;
}

/** What a patient or a stranger wrote: its own direction, and nothing in it that could reorder the page. */
export function said(text: string, className = ''): TemplateResult {
  return html`<bdi class="said ${className}" dir="auto">${withoutControls(text)}</bdi>`;
}

/** A text that exists in both languages, in the interface's own where it is one of them; Arabic else. */
export function bilingual(text: { ar?: string | null; fa?: string | null } | null | undefined): TemplateResult {
  const wanted = locale.locale === 'fa' ? 'fa' : 'ar';
  const other = wanted === 'fa' ? 'ar' : 'fa';
  const lang = text?.[wanted] ? wanted : other;
  return html`<bdi dir="auto" lang=${lang}>${text?.[lang] ?? ''}</bdi>`;
}

/** An identifier, a number of a phone, an address: from left to right whatever stands around it. */
export const code = (text: string): TemplateResult => html`<code class="ltr" dir="ltr">${text}</code>`;

export function badge(text: Content, tone: Tone = '', name?: IconName): TemplateResult {
  return html`<span class="badge ${tone}">${name ? icon(name) : nothing}${text}</span>`;
}

/** A time as how long ago it is, with the whole of it at hand. */
export function ago(at: string | null | undefined): TemplateResult {
  const fmt = formatOf(locale.locale);
  if (!at) return html`<span class="muted">${locale.texts.common.never}</span>`;
  return html`<time datetime=${at} title=${fmt.dateTime(at)}>${fmt.ago(at)}</time>`;
}

export function note(tone: Tone, text: Content, actions: Content = nothing): TemplateResult {
  const name: IconName = tone === 'danger' || tone === 'warn' ? 'alert' : tone === 'good' ? 'check' : 'info';
  return html`<div class="note ${tone}">${icon(name)}<div class="grow"><p>${text}</p></div>${actions}</div>`;
}

/** What a place says that has nothing to show. */
export function empty(name: IconName, title: string, text: Content = nothing, action: Content = nothing): TemplateResult {
  return html`<div class="empty">${icon(name)}<h2>${title}</h2>${text === nothing ? nothing : html`<p>${text}</p>`}${action}</div>`;
}

/** What stands where something is on its way. */
export function skeleton(lines = 5): TemplateResult {
  const { loading } = locale.texts.common;
  return html`<div class="skeleton" role="status" aria-label=${loading}>${Array.from({ length: lines }, () => html`<i></i>`)}</div>`;
}

/** A problem in the reader's words; the server's own where the console knows none for its code. */
export function problemText(problem: ApiProblem): string {
  const texts = locale.texts.problems;
  if (problem.code === 'locked' || (problem.code === 'rate_limited' && problem.retryAfterMs)) {
    return texts.locked(formatOf(locale.locale).wait(problem.retryAfterMs ?? 1000));
  }
  const known = (texts as unknown as Record<string, unknown>)[problem.code];
  if (typeof known === 'string') return known;
  return problem.detail || problem.title || texts.unexpected;
}

/** Fields of forms, and the words about them. */
const FIELDS: Readonly<Record<string, keyof Texts['fields']>> = {
  login: 'login',
  display_name: 'display_name',
  password: 'password',
  retention_days: 'retention',
  country: 'country',
  accent: 'accent',
  logo: 'logo',
  phone: 'phone',
  'widget.accent': 'accent',
  'widget.logo': 'logo',
  'widget.phone': 'phone',
  'widget.name_ar': 'display_name',
  'widget.name_fa': 'display_name',
  office_hours: 'hours',
};

/** What a field has to be, in the reader's words where the console knows them; nothing for one that is right. */
export function fieldText(problem: ApiProblem | null, name: string): string | undefined {
  const said = problem?.fields[name];
  if (!said) return undefined;
  const { fields } = locale.texts;
  const known = FIELDS[name];
  if (known) return fields[known];
  if (name === 'new') return said.includes('another') ? fields.other : fields.password;
  return said;
}

/** A whole place that could not be read. */
export function problemView(problem: ApiProblem, retry?: () => void): TemplateResult {
  const { problems, common, state } = locale.texts;
  const name: IconName = problem.code === 'offline' ? 'offline' : problem.status === 403 ? 'lock' : 'alert';
  const title = problem.status === 403 ? state.forbidden : problems.title;
  const action = retry
    ? html`<button type="button" class="button" @click=${retry}>${icon('refresh')}${common.retry}</button>`
    : nothing;
  return html`<div role="alert">${empty(name, title, problemText(problem), action)}</div>`;
}

/** A problem beside what caused it, with the fields and the problems of the knowledge that it names. */
export function problemNote(problem: ApiProblem | null, actions: Content = nothing): TemplateResult | typeof nothing {
  if (!problem) return nothing;
  return html`<div class="note danger" role="alert">${icon('alert')}<div class="grow">
    <p>${problemText(problem)}</p>
    ${Object.keys(problem.fields).map((name) => html`<p class="small" dir="auto">${code(name)} ${fieldText(problem, name)}</p>`)}
    ${problem.problems.map(({ what, mend }) => html`<p class="small" dir="auto">${what} ${mend}</p>`)}
  </div>${actions}</div>`;
}

/** Runs a form's `send` once while it works; the button tells that it does. */
export function submitButton(label: string, busy: boolean, busyLabel = label, className = 'solid'): TemplateResult {
  return html`<button type="submit" class="button ${className} ${busy ? 'busy' : ''}" aria-disabled=${busy}>${busy ? html`${icon('refresh')}${busyLabel}` : label}</button>`;
}
