/** The sections of the settings as forms over a draft. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ApiProblem } from '../../api/problem';
import type { Day, OfficeHours, Settings } from '../../api/types';
import { copy } from '../../parts/copy';
import { icon } from '../../parts/icons';
import { badge, fieldText, note } from '../../parts/views';
import { formatOf } from '../../format';
import { locale } from '../../state/locale';
import { changedSpan, isSpan, spansOf, weekOf, withClosed, withoutSpan, withSpan } from './hours';
import { originOf, snippet } from './website';
import './widget-preview';
import { widgetTexts } from './widget-texts';

export interface Draft {
  settings: Settings;
  /** Why the server refused it. */
  problem: ApiProblem | null;
  set: (change: Partial<Settings>) => void;
}

/** Whose ambulance number is known. */
const COUNTRIES = ['IR', 'SA', 'AE', 'KW', 'QA', 'BH', 'OM', 'JO', 'EG', 'PS', 'TN', 'LY', 'SY', 'LB', 'DZ'] as const;

const MUJIB = '#0b6b66';

/** Stands for every website. */
const ANY = '*';

/** Whether a flag or the environment has the last word on `name`. */
export const isFixed = (settings: Settings, name: string): boolean => settings.fixed.includes(name);

export function mark(draft: Draft, name: string): TemplateResult | typeof nothing {
  const { settings: texts } = locale.texts;
  return isFixed(draft.settings, name) ? html`<span title=${texts.fixedHint}>${badge(texts.fixed, 'info', 'lock')}</span>` : nothing;
}

export function wrong(draft: Draft, name: string): TemplateResult | typeof nothing {
  const words = fieldText(draft.problem, name);
  return words ? html`<p class="wrong" id="wrong-${name}">${words}</p>` : nothing;
}

export function widgetSection(draft: Draft): TemplateResult {
  const { settings: texts, common } = locale.texts;
  const { widget } = draft.settings;
  const field = (name: 'name_ar' | 'name_fa' | 'logo' | 'phone', label: string, hint: string, ltr = false): TemplateResult => {
    const key = `widget.${name}`;
    const set = (event: Event): void => draft.set({ widget: { ...draft.settings.widget, [name]: (event.currentTarget as HTMLInputElement).value || null } });
    return html`<div class="field"><label for=${name}>${label} ${mark(draft, key)}</label>
      <input id=${name} class="input ${ltr ? 'ltr' : ''}" dir=${ltr ? 'ltr' : 'auto'} lang=${name.startsWith('name_') ? name.slice(5) : nothing} maxlength="300" .value=${widget[name] ?? ''} ?disabled=${isFixed(draft.settings, key)} aria-describedby=${hint ? `${name}-hint` : nothing} @input=${set}>
      ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}${wrong(draft, key)}</div>`;
  };
  const colour = (value: string): void => draft.set({ widget: { ...draft.settings.widget, accent: value || null } });
  const off = isFixed(draft.settings, 'widget.accent');
  return html`<div class="with-preview">
    <div class="stack">
      <section class="card stack">
        ${field('name_ar', texts.nameAr, '')}${field('name_fa', texts.nameFa, '')}
        <div class="field"><label for="accent">${texts.accent} ${mark(draft, 'widget.accent')}</label>
          <div class="colour-row"><input id="accent" class="input" type="color" .value=${/^#[\da-f]{6}$/iu.test(widget.accent ?? '') ? widget.accent : MUJIB} ?disabled=${off} @input=${(event: Event) => colour((event.currentTarget as HTMLInputElement).value)}>
            <input class="input mono ltr" dir="ltr" aria-label="${texts.accent} (#rrggbb)" maxlength="7" placeholder=${MUJIB} .value=${widget.accent ?? ''} ?disabled=${off} @input=${(event: Event) => colour((event.currentTarget as HTMLInputElement).value.trim())}>
            ${widget.accent && !off ? html`<button type="button" class="button quiet small" @click=${() => colour('')}>${texts.accentOwn}</button>` : nothing}</div>
          <p class="hint">${texts.accentHint}</p>${wrong(draft, 'widget.accent')}</div>
        ${field('logo', texts.logo, texts.logoHint, true)}${field('phone', texts.phone, texts.phoneHint, true)}
      </section>
      ${widgetTexts(draft)}
      <section class="card stack" aria-labelledby="snippet-title"><h2 id="snippet-title">${texts.snippet}</h2><p class="muted">${texts.snippetText}</p>
        <code class="snippet" dir="ltr" tabindex="0">${snippet(location.origin)}</code>
        <div class="row"><button type="button" class="button" @click=${() => void copy(snippet(location.origin))}>${icon('copy')}${common.copy}</button></div></section>
    </div>
    <section class="card stack" aria-labelledby="preview-title"><div><h2 id="preview-title">${texts.preview}</h2><p class="muted small">${texts.previewHint}</p></div>
      <widget-preview .look=${widget}></widget-preview></section>
  </div>`;
}

export function accessSection(draft: Draft): TemplateResult {
  const { settings: texts } = locale.texts;
  const { allowed_origins: origins } = draft.settings;
  const bad = origins.filter((origin) => origin !== ANY && originOf(origin) === null);
  const set = (event: Event): void => {
    const { value } = event.currentTarget as HTMLElement & { value: readonly string[] };
    draft.set({ allowed_origins: value.map((text) => originOf(text) ?? text) });
  };
  return html`<section class="card stack narrow">${mark(draft, 'allowed_origins')}
    <tag-input ltr .value=${origins} .label=${texts.origins} .hint=${texts.originsHint} ?disabled=${isFixed(draft.settings, 'allowed_origins')} @change=${set}></tag-input>
    ${bad.map((origin) => html`<p class="wrong">${texts.originWrong(origin)}</p>`)}${wrong(draft, 'allowed_origins')}</section>`;
}

function dayRow(draft: Draft, hours: OfficeHours, day: Day): TemplateResult {
  const { settings: texts } = locale.texts;
  const name = texts.days[day];
  const set = (next: OfficeHours): void => draft.set({ office_hours: next });
  const off = isFixed(draft.settings, 'office_hours');
  const spans = spansOf(hours, day);
  const time = (label: string, value: string, change: (value: string) => void): TemplateResult =>
    html`<input class="input" type="time" required aria-label=${label} .value=${value} ?disabled=${off} @change=${(event: Event) => change((event.currentTarget as HTMLInputElement).value)}>`;
  return html`<div class="day"><strong>${name}</strong>
    <div class="spans">${
      spans.length === 0
        ? html`<span class="muted">${texts.closedDay}</span>`
        : spans.map(
            ({ span, at }) => html`<div class="span">${time(texts.opens(name), span.from, (from) => set(changedSpan(hours, at, { from })))}<span aria-hidden="true">–</span>
              ${time(texts.closes(name), span.to, (to) => set(changedSpan(hours, at, { to })))}
              <button type="button" class="button quiet square" aria-label=${texts.removeHours(name)} ?disabled=${off} @click=${() => set(withoutSpan(hours, at))}>${icon('close')}</button>
              ${isSpan(span) ? nothing : html`<span class="wrong">${texts.hoursWrong}</span>`}</div>`,
          )
    }</div>
    <button type="button" class="button quiet square" aria-label=${texts.addHours(name)} ?disabled=${off} @click=${() => set(withSpan(hours, day))}>${icon('plus')}</button></div>`;
}

export function hoursSection(draft: Draft): TemplateResult {
  const { settings: texts, common } = locale.texts;
  const fmt = formatOf(locale.locale);
  const hours = draft.settings.office_hours;
  const off = isFixed(draft.settings, 'office_hours');
  const set = (next: OfficeHours): void => draft.set({ office_hours: next });
  const add = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    set(withClosed(hours, String(new FormData(form).get('date'))));
    form.reset();
  };
  return html`<div class="hours">
    <section class="card stack">${note('info', texts.hoursText)}${mark(draft, 'office_hours')}
      <div class="field"><label for="zone">${texts.timeZone}</label><input id="zone" class="input ltr" dir="ltr" list="zones" .value=${hours.time_zone} ?disabled=${off} @change=${(event: Event) => set({ ...hours, time_zone: (event.currentTarget as HTMLInputElement).value.trim() })}>
        <datalist id="zones">${Intl.supportedValuesOf('timeZone').map((zone) => html`<option value=${zone}></option>`)}</datalist>${wrong(draft, 'office_hours.time_zone')}</div>
      <div>${weekOf(locale.locale).map((day) => dayRow(draft, hours, day))}</div>${wrong(draft, 'office_hours')}${wrong(draft, 'office_hours.days')}</section>
    <section class="card stack" aria-labelledby="holidays"><h2 id="holidays">${texts.holidays}</h2>
      <form class="row" @submit=${add}><input class="input grow" type="date" name="date" required aria-label=${texts.holiday} ?disabled=${off}><button type="submit" class="button" ?disabled=${off}>${icon('plus')}${texts.addHoliday}</button></form>
      ${
        hours.closed.length === 0
          ? html`<p class="muted">${texts.noHolidays}</p>`
          : html`<ul class="list">${hours.closed.map(
              (date) => html`<li class="row apart"><span>${fmt.date(date)}</span><button type="button" class="button quiet square" aria-label="${common.remove}: ${fmt.date(date)}" ?disabled=${off} @click=${() => set({ ...hours, closed: hours.closed.filter((other) => other !== date) })}>${icon('close')}</button></li>`,
            )}</ul>`
      }${wrong(draft, 'office_hours.closed')}</section>
  </div>`;
}

export function dataSection(draft: Draft): TemplateResult {
  const { settings: texts } = locale.texts;
  const { country, retention_days: days } = draft.settings;
  const names = new Intl.DisplayNames(locale.locale, { type: 'region' });
  const known = country && !(COUNTRIES as readonly string[]).includes(country) ? [country, ...COUNTRIES] : COUNTRIES;
  const retention = (event: Event): void => {
    const value = Number((event.currentTarget as HTMLInputElement).value);
    if (Number.isInteger(value) && value >= 1) draft.set({ retention_days: value });
  };
  return html`<section class="card stack narrow">
    <div class="field"><label for="country">${texts.country} ${mark(draft, 'country')}</label>
      <select id="country" class="input" ?disabled=${isFixed(draft.settings, 'country')} aria-describedby="country-hint" @change=${(event: Event) => draft.set({ country: (event.currentTarget as HTMLSelectElement).value || null })}>
        <option value="" ?selected=${!country}>${texts.countryNone}</option>
        ${known.map((code) => html`<option value=${code} ?selected=${code === country}>${names.of(code) ?? code}</option>`)}</select>
      <p class="hint" id="country-hint">${texts.countryHint}</p>${wrong(draft, 'country')}</div>
    <div class="field"><label for="retention">${texts.retention} ${mark(draft, 'retention_days')}</label>
      <div class="beside"><input id="retention" class="input ltr" type="number" min="1" max="3650" step="1" .value=${String(days)} ?disabled=${isFixed(draft.settings, 'retention_days')} aria-describedby="retention-hint" @input=${retention}><span>${texts.retentionUnit}</span></div>
      <p class="hint" id="retention-hint">${texts.retentionHint}</p>${wrong(draft, 'retention_days')}</div>
  </section>`;
}
