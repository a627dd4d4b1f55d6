/** Figures as bars with their numbers, so that nothing rests on the picture alone. */
import { html, nothing, type TemplateResult } from 'lit';
import { formatOf } from '../format';
import { locale } from '../state/locale';
import type { Content } from './views';
import { styled } from './style';
import './bars.css';

export interface Bar {
  label: Content;
  /** What the bar's length stands for; negative ones point the other way. */
  value: number;
  /** What is written beside it; the value itself where it is left out. */
  shown?: string;
  hint?: string;
  tone?: 'accent' | 'quiet' | 'danger';
}

/** `most`: the value of a full bar; the greatest of them where it is left out. */
export function bars(rows: readonly Bar[], { most, label }: { most?: number; label: string }): TemplateResult {
  const fmt = formatOf(locale.locale);
  const full = most ?? Math.max(...rows.map(({ value }) => Math.abs(value)), Number.MIN_VALUE);
  const row = ({ label: name, value, shown, hint, tone = 'accent' }: Bar): TemplateResult => {
    const share = `${Math.min(100, (Math.abs(value) / full) * 100).toFixed(1)}%`;
    return html`<li class="bar-row" title=${hint ?? nothing}><span class="bar-label">${name}</span>
      <span class="bar-track" aria-hidden="true"><span class="bar ${tone} ${value < 0 ? 'less' : ''}" ${styled({ 'inline-size': share })}></span></span>
      <span class="bar-value number">${shown ?? fmt.number(value, 2)}</span></li>`;
  };
  return html`<ul class="bars" aria-label=${label}>${rows.map(row)}</ul>`;
}
