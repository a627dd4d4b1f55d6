/** Settings: one draft over four sections, saved as a whole, in force at once. */
import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../../api/client';
import { type ApiProblem, asProblem } from '../../api/problem';
import type { Settings } from '../../api/types';
import { ask } from '../../parts/ask';
import { Loader } from '../../parts/loader';
import { ConsolePage } from '../../parts/page';
import '../../parts/tags';
import { toast } from '../../parts/toast';
import { note, pageHead, problemNote } from '../../parts/views';
import { href, type Route, router } from '../../router';
import { accessSection, dataSection, type Draft, hoursSection, widgetSection } from './views';
import './settings.css';

const TABS = ['widget', 'access', 'hours', 'data'] as const;
type Tab = (typeof TABS)[number];
const SECTIONS: Readonly<Record<Tab, (draft: Draft) => TemplateResult>> = {
  widget: widgetSection,
  access: accessSection,
  hours: hoursSection,
  data: dataSection,
};

class SettingsPage extends ConsolePage {
  static override properties = { draft: { state: true }, busy: { state: true }, problem: { state: true } };
  declare draft: Settings | null;
  declare busy: boolean;
  declare problem: ApiProblem | null;
  #etag: string | null = null;
  #release: (() => void) | null = null;
  #settings = new Loader(this, async (signal) => {
    const { data, etag } = await api.get<Settings>('/settings', {}, signal);
    this.#etag = etag;
    return data;
  });

  constructor() {
    super();
    Object.assign(this, { draft: null, busy: false, problem: null });
  }

  protected override routeChanged(): void {
    if (this.can('administrator') && this.#settings.value === null) void this.#settings.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#release?.();
  }

  #set = (change: Partial<Settings>): void => {
    const base = this.draft ?? this.#settings.value;
    if (!base) return;
    this.draft = { ...base, ...change };
    this.#release ??= router.hold(this.#mayLeave);
  };

  /** Between the sections the draft stays; elsewhere it would be lost. */
  #mayLeave = async (next: Route): Promise<boolean | 'kept'> => {
    if (next.name === 'settings') return 'kept';
    const { common } = this.t;
    return (await ask({ title: common.leaveTitle, text: common.leaveText, yes: common.leave, no: common.stay, danger: true })) !== null;
  };

  #forget = (): void => {
    this.draft = null;
    this.problem = null;
    this.#release?.();
    this.#release = null;
  };

  #save = async (): Promise<void> => {
    if (!this.draft || this.busy) return;
    this.busy = true;
    const { fixed: _fixed, ...body } = this.draft;
    try {
      const { data, etag } = await api.send<Settings>('PUT', '/settings', body, this.#etag);
      this.#etag = etag;
      this.#settings.set(data);
      this.#forget();
      toast(this.t.settings.saved);
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.busy = false;
  };

  #reload = async (): Promise<void> => {
    this.#forget();
    await this.#settings.load({ fresh: true });
  };

  /** Takes the tag of what is there now, and saves this draft over it. */
  #keepMine = async (): Promise<void> => {
    try {
      this.#etag = (await api.get<Settings>('/settings')).etag;
    } catch (error) {
      this.problem = asProblem(error);
      return;
    }
    this.problem = null;
    await this.#save();
  };

  #saveBar(): TemplateResult | typeof nothing {
    if (!this.draft) return nothing;
    const { settings, common } = this.t;
    const { problem } = this;
    if (problem?.code === 'changed_meanwhile') {
      return html`<div class="save-bar" role="alert"><span class="grow">${note('warn', settings.conflict)}</span>
        <button type="button" class="button" @click=${this.#reload}>${common.reload}</button>
        <button type="button" class="button solid" @click=${this.#keepMine}>${settings.keepMine}</button></div>`;
    }
    return html`<div class="save-bar" role="region" aria-label=${settings.unsaved}><span class="grow" role="status">${settings.unsaved}</span>
      <button type="button" class="button" @click=${this.#forget}>${settings.discard}</button>
      <button type="button" class="button solid" aria-disabled=${this.busy} @click=${this.#save}>${this.busy ? common.saving : common.save}</button></div>`;
  }

  protected override render(): TemplateResult {
    const { settings, nav } = this.t;
    const tab = TABS.find((name) => name === this.route.path[0]) ?? 'widget';
    const view = (saved: Settings): TemplateResult =>
      SECTIONS[tab]({ settings: this.draft ?? saved, problem: this.problem, set: this.#set });
    return html`${pageHead(nav.settings, settings.lead)}
      <nav class="tabs" aria-label=${nav.settings}>${TABS.map(
        (name) => html`<a href=${href(['settings', name])} aria-current=${name === tab ? 'page' : nothing}>${settings.tabs[name]}</a>`,
      )}</nav>
      ${this.problem && this.problem.code !== 'changed_meanwhile' ? problemNote(this.problem) : nothing}
      ${this.#settings.render(view)}
      ${this.#saveBar()}`;
  }
}
customElements.define('page-settings', SettingsPage);
