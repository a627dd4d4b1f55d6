/** `<day-chart>`: counts by day as bars that stand on each other; in a right-to-left page time runs to the left. */
import { html, type PropertyValues, type TemplateResult } from 'lit';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { ConsoleElement } from '../../parts/page';
import { locale } from '../../state/locale';
import { ticks, wholeSteps } from './axis';
import { type Series, stacked } from './series';


const HEIGHT = 260;
const COLOURS = 6;

const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The colour of the n-th key; there are six, and more keys than that share the last. */
export const colourName = (at: number): string => `--chart-${Math.min(at, COLOURS - 1) + 1}`;

/** A canvas set from left to right would turn day and month of an Arabic date round. */
const isolated = (text: string): string => `\u2067${text}\u2069`;

class DayChart extends ConsoleElement {
  static override properties = { series: { attribute: false }, names: { attribute: false }, label: {} };
  declare series: Series;
  declare names: (key: string) => string;
  declare label: string;
  #plot: uPlot | null = null;
  #size: ResizeObserver | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#size = new ResizeObserver(() => this.#plot?.setSize({ width: this.#width(), height: HEIGHT }));
    this.#size.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#size?.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
  }

  #width(): number {
    return Math.max(200, this.clientWidth);
  }

  protected override render(): TemplateResult {
    // Its own box is set from left to right; the axis is turned instead, so that canvas and pointer agree.
    return html`<div class="chart" dir="ltr" role="img" aria-label=${this.label}></div>`;
  }

  protected override updated(_changed: PropertyValues): void {
    const place = this.querySelector<HTMLElement>('.chart');
    if (!place) return;
    this.#plot?.destroy();
    this.#plot = new uPlot(this.#options(), this.#data(), place);
  }

  /** Tallest first, so that each shorter bar is drawn over it. */
  #data(): uPlot.AlignedData {
    const x = this.series.days.map((_, at) => at);
    return [x, ...stacked(this.series.rows).reverse()];
  }

  #options(): uPlot.Options {
    const { fmt } = this;
    const isRtl = locale.dir === 'rtl';
    const { days, rows } = this.series;
    const axis: uPlot.Axis = {
      stroke: token('--muted'),
      font: `12px ${token('--font')}`,
      ticks: { show: false },
      grid: { stroke: token('--line'), width: 1 },
    };
    const bar = uPlot.paths.bars?.({ size: [0.7, 48], radius: 0.12 });
    return {
      width: this.#width(),
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      padding: [12, isRtl ? 0 : 12, 0, isRtl ? 12 : 0],
      scales: {
        x: { time: false, dir: isRtl ? -1 : 1, range: [-0.6, days.length - 0.4] },
        y: { range: (_plot, _min, max) => [0, Math.max(4, max * 1.08)] },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 30,
          splits: () => ticks(days.length, this.#width()),
          values: (_plot, splits) => splits.map((at) => isRtl ? isolated(fmt.shortDay(days[at] ?? '')) : fmt.shortDay(days[at] ?? '')),
        },
        {
          ...axis,
          side: isRtl ? 1 : 3,
          size: 52,
          splits: (_plot, _axis, _min, max) => wholeSteps(max),
          values: (_plot, splits) => splits.map((value) => fmt.number(value)),
        },
      ],
      series: [
        {},
        ...rows
          .map(({ key, place }): uPlot.Series => ({
            label: this.names(key),
            fill: token(colourName(place)),
            width: 0,
            points: { show: false },
            ...(bar && { paths: bar }),
          }))
          .reverse(),
      ],
    };
  }
}
customElements.define('day-chart', DayChart);
