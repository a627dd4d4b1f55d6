/** The real widget, as it will be on a website. */
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { WidgetLook } from '../../api/types';
import { logoAddress } from '../../../../widget/src/look';
import { ConsoleElement } from '../../parts/page';

let loading: Promise<void> | null = null;

/** Loads the script that websites load. */
function loadWidget(): Promise<void> {
  loading ??= new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = '/widget.js';
    script.dataset.manual = '';
    script.addEventListener('load', () => done());
    script.addEventListener('error', () => {
      loading = null;
      failed(new Error('widget.js could not be loaded'));
    });
    document.head.append(script);
  });
  return loading;
}

class WidgetPreview extends ConsoleElement {
  static override properties = {
    look: { attribute: false },
    lang2: { state: true },
    theme: { state: true },
    ready: { state: true },
  };
  declare look: WidgetLook;
  declare lang2: 'ar' | 'fa';
  declare theme: 'light' | 'dark';
  declare ready: boolean;

  constructor() {
    super();
    Object.assign(this, { look: null, lang2: this.lang_ === 'fa' ? 'fa' : 'ar', theme: 'light', ready: false });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    loadWidget().then(
      () => {
        this.ready = true;
      },
      () => undefined,
    );
  }

  #choice<T extends string>(label: string, value: T, options: readonly { value: T; label: string }[], set: (value: T) => void): TemplateResult {
    return html`<label class="field"><span class="label small">${label}</span><select class="input" @change=${(event: Event) => set((event.currentTarget as HTMLSelectElement).value as T)}>
      ${options.map((option) => html`<option value=${option.value} ?selected=${option.value === value}>${option.label}</option>`)}</select></label>`;
  }

  protected override render(): TemplateResult {
    const { settings, common, top } = this.t;
    const { look, lang2, theme } = this;
    const name = lang2 === 'fa' ? look.name_fa : look.name_ar;
    const logo = logoAddress(look.logo ?? '', location.origin);
    return html`<div class="row">
        ${this.#choice(settings.previewLang, lang2, [{ value: 'ar', label: common.ar }, { value: 'fa', label: common.fa }], (value) => {
          this.lang2 = value;
        })}
        ${this.#choice(settings.previewTheme, theme, [{ value: 'light', label: top.themes.light }, { value: 'dark', label: top.themes.dark }], (value) => {
          this.theme = value;
        })}
      </div>
      <div class="preview-place">${
        this.ready
          ? keyed(
              lang2,
              html`<mujib-chat mode="inline" locale=${lang2} theme=${theme} name=${name || nothing} accent=${look.accent || '#0b6b66'} logo=${logo || nothing} phone=${look.phone || nothing}
                subtitle=${look[`subtitle_${lang2}`] || nothing} placeholder=${look[`placeholder_${lang2}`] || nothing} starters=${look[`starters_${lang2}`] || nothing} font="vazirmatn"></mujib-chat>`,
            )
          : nothing
      }</div>`;
  }
}
customElements.define('widget-preview', WidgetPreview);
