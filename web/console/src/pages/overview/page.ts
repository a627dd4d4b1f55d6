/** Overview: what was asked, how it went, what is missing; every figure also as a table and as CSV. */
import { html, nothing, type TemplateResult } from 'lit';
import { address, api } from '../../api/client';
import { events } from '../../api/events';
import type { Overview } from '../../api/types';
import { bars } from '../../parts/bars';
import { icon } from '../../parts/icons';
import { Loader } from '../../parts/loader';
import { ConsolePage } from '../../parts/page';
import { type Content, badge, bilingual, empty, pageHead, said } from '../../parts/views';
import { href, setQuery } from '../../router';
import { colourName } from './chart';
import { dayBefore, daysBetween, type Series, seriesOf } from './series';
import './overview.css';

const PRESETS = [
  ['d7', 7],
  ['d30', 30],
  ['d90', 90],
] as const;

/** What went well first, what needs someone last. */
const OUTCOMES = ['answer', 'clarify', 'personal', 'emergency', 'no_answer', 'smalltalk'] as const;
const LANGS = ['ar', 'fa'] as const;

/** At most one new reading in this time, however many messages come in. */
const FRESH_MS = 15_000;

/** Today by the browser's clock: a guess, until the server has told the clinic's day. */
const browserDay = (): string => {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
};

class OverviewPage extends ConsolePage {
  #off: () => void = () => undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;
  /** The clinic's day, which another time zone begins earlier or later. */
  #today = browserDay();
  #figures = new Loader(this, async (signal) => {
    const { query } = this.route;
    const [from, to] = [query.get('from') || undefined, query.get('to') || undefined];
    const { data } = await api.get<Overview>('/overview', { from, to }, signal);
    if (!to) {
      this.#today = data.to;
    }
    return data;
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#off = events.on('inbox', () => {
      this.#soon ??= setTimeout(() => {
        this.#soon = undefined;
        void this.#figures.load();
      }, FRESH_MS);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#off();
    clearTimeout(this.#soon);
  }

  protected override routeChanged(): void {
    void this.#figures.load();
  }

  #period(): { from: string; to: string } {
    const { query } = this.route;
    const to = query.get('to') || this.#today;
    return { from: query.get('from') || dayBefore(to, 29), to };
  }

  #periodBar(): TemplateResult {
    const { overview, common } = this.t;
    const { from, to } = this.#period();
    const now = this.#today;
    const preset = (event: Event): void => {
      const days = Number((event.currentTarget as HTMLElement).dataset.days);
      setQuery({ from: dayBefore(now, days - 1), to: now });
    };
    const date = (name: 'from' | 'to', value: string): TemplateResult =>
      html`<div class="field"><label for=${name}>${common[name]}</label><input id=${name} class="input" type="date" max=${now} .value=${value} @change=${(event: Event) => setQuery({ from, to, [name]: (event.currentTarget as HTMLInputElement).value })}></div>`;
    return html`<div class="filters" role="group" aria-label=${overview.period}>
      <div class="row">${PRESETS.map(
        ([name, days]) => html`<button type="button" class="button" data-days=${days} aria-pressed=${to === now && from === dayBefore(now, days - 1)} @click=${preset}>${overview.presets[name]}</button>`,
      )}</div>
      ${date('from', from)}${date('to', to)}<p class="muted period">${this.fmt.date(from)} – ${this.fmt.date(to)}</p></div>`;
  }

  #tile(label: string, value: Content, hint: Content = nothing, tone = ''): TemplateResult {
    return html`<div class="tile ${tone}"><dt>${label}</dt><dd><span class="tile-value">${value}</span>${hint === nothing ? nothing : html`<span class="hint">${hint}</span>`}</dd></div>`;
  }

  #tiles({ totals, latency }: Overview): TemplateResult {
    const { overview } = this.t;
    const { fmt } = this;
    return html`<dl class="tiles">
      ${this.#tile(overview.messages, fmt.number(totals.messages))}
      ${this.#tile(overview.conversations, fmt.number(totals.conversations))}
      ${this.#tile(overview.answered, typeof totals.answered_share === 'number' ? fmt.percent(totals.answered_share) : '–', overview.answeredHint)}
      ${this.#tile(overview.emergencies, fmt.number(totals.emergencies), nothing, totals.emergencies > 0 ? 'danger' : '')}
      ${this.#tile(overview.feedback, thumbs(totals, fmt.percent.bind(fmt)), overview.feedbackShown(fmt.number(totals.helpful), fmt.number(totals.unhelpful)))}
      ${this.#tile(overview.latency, latency ? fmt.milliseconds(latency.median_ms) : '–', latency ? overview.latencyShown(fmt.milliseconds(latency.median_ms), fmt.milliseconds(latency.p99_ms)) : nothing, 'long')}
    </dl>`;
  }

  #chart(id: string, title: string, series: Series, names: (key: string) => string): TemplateResult {
    const { overview } = this.t;
    const { fmt } = this;
    const [first = '', last = ''] = [series.days[0], series.days.at(-1)];
    const label = overview.chart(title, fmt.date(first), fmt.date(last));
    return html`<section class="card stack" aria-labelledby=${id}><div class="card-head"><h2 id=${id}>${title}</h2>
        <ul class="legend">${series.rows.map(({ key, sum, place }) => html`<li><span class="swatch" data-colour=${colourName(place)}></span>${names(key)} <span class="muted number">${fmt.number(sum)}</span></li>`)}</ul></div>
      <day-chart .series=${series} .names=${names} .label=${label}></day-chart>
      <details class="numbers"><summary>${overview.table}</summary>
        <div class="scroll" tabindex="0" role="group" aria-label=${title}><table class="table"><thead><tr><th scope="col">${overview.day}</th>${series.rows.map(({ key }) => html`<th scope="col" class="figure">${names(key)}</th>`)}<th scope="col" class="figure">${overview.sum}</th></tr></thead>
          <tbody>${series.days
            .map((day, at) => ({ day, counts: series.rows.map(({ counts }) => counts[at] ?? 0) }))
            .reverse()
            .map(({ day, counts }) => html`<tr><th scope="row">${fmt.date(day)}</th>${counts.map((count) => html`<td class="figure">${fmt.number(count)}</td>`)}<td class="figure">${fmt.number(counts.reduce((a, b) => a + b, 0))}</td></tr>`)}</tbody></table></div></details></section>`;
  }

  #lists({ pairs, unanswered }: Overview): TemplateResult {
    const { overview, common } = this.t;
    const times = (count: number): string => overview.times(count, this.fmt.number(count));
    return html`<div class="columns">
      <section class="card stack" aria-labelledby="top"><h2 id="top">${overview.top}</h2>${
        pairs.length === 0
          ? html`<p class="muted">${overview.topNone}</p>`
          : bars(
              pairs.map(({ pair, question, count }) => ({
                label: html`<a href=${href(['knowledge', 'pair', pair])}>${question ? bilingual(question) : pair}</a>`,
                value: count,
                shown: this.fmt.number(count),
              })),
              { label: overview.top },
            )
      }</section>
      <section class="card stack" aria-labelledby="missing"><div class="card-head"><h2 id="missing">${overview.unanswered}</h2><a href=${href('inbox')}>${overview.toInbox}</a></div>${
        unanswered.length === 0
          ? html`<p class="muted">${overview.unansweredNone}</p>`
          : html`<ul class="list missing">${unanswered.map(
              (group) => html`<li><a href=${href(['inbox', String(group.id)])}>${said(group.sample)}</a><span class="row">${badge(group.lang === 'fa' ? common.fa : common.ar)}<span class="muted small number">${times(group.count)}</span></span></li>`,
            )}</ul>`
      }</section></div>`;
  }

  #view = (figures: Overview): TemplateResult => {
    const { overview, outcomes, common } = this.t;
    const { from, to } = this.#period();
    if (figures.totals.messages === 0) return html`<section class="card">${empty('overview', overview.none, overview.noneText)}</section>`;
    const days = daysBetween(from, to);
    const langs: Record<string, string> = { ar: common.ar, fa: common.fa, en: common.en };
    return html`${this.#tiles(figures)}
      ${this.#chart('by-outcome', overview.perDay, seriesOf(figures.days, 'outcome', days, OUTCOMES), (key) => outcomes[key] ?? key)}
      ${this.#chart('by-language', overview.perDayLang, seriesOf(figures.days, 'lang', days, LANGS), (key) => langs[key] ?? key)}
      ${this.#lists(figures)}`;
  };

  protected override render(): TemplateResult {
    const { overview, nav } = this.t;
    const csv = html`<a class="button" href=${address('/overview.csv', this.#period())} download>${icon('download')}${overview.csv}</a>`;
    return html`${pageHead(nav.overview, overview.lead, csv)}${this.#periodBar()}${this.#figures.render(this.#view)}`;
  }
}

/** The share of thumbs that point up; a dash where nobody has voted. */
function thumbs({ helpful, unhelpful }: Overview['totals'], percent: (share: number) => string): string {
  const all = helpful + unhelpful;
  return all === 0 ? '–' : percent(helpful / all);
}

customElements.define('page-overview', OverviewPage);
