/** The head of the panel: who answers, and what can be done with the conversation. */
import { html, nothing, type TemplateResult } from 'lit';
import { withoutControls } from '../bidi';
import { dialled } from '../numbers';
import { ICONS } from './icons';
import type { Ui } from './ui';

function menu(ui: Ui): TemplateResult {
  const { texts } = ui;
  const item = (icon: TemplateResult, label: string, act: () => void, lang?: string): TemplateResult =>
    html`<li><button type="button" class="menu-item" lang=${lang ?? nothing} @click=${act}>${icon}<span>${label}</span></button></li>`;
  const other = ui.talk.locale === 'ar' ? 'fa' : 'ar';
  return html`<ul class="menu" id="menu" part="menu" aria-label=${texts.menu}>
    ${item(ICONS.fresh, texts.restart, () => ui.openSheet('restart'))}
    ${item(ICONS.person, texts.person, () => ui.openSheet('person'))}
    ${
      ui.phone
        ? html`<li><a class="menu-item" href="tel:${dialled(ui.phone)}">${ICONS.phone}<span>${texts.callClinic} <bdi dir="ltr">${ui.phone}</bdi></span></a></li>`
        : nothing
    }
    ${item(ICONS.globe, texts.otherLanguage, () => ui.switchLanguage(), other)}
    ${item(ICONS.bin, texts.forget, () => ui.openSheet('forget'))}
  </ul>`;
}

/** The clinic, what answers, the menu and the way out. */
export function header(ui: Ui): TemplateResult {
  const { texts } = ui;
  const { person } = ui.talk;
  const who = person === null ? ui.subtitle : texts.withPerson(withoutControls(person || texts.staff));
  const toggle = (): void => {
    ui.menuOpen = !ui.menuOpen;
  };
  return html`<header class="header" part="header">
    ${ui.logo ? html`<img class="logo" part="logo" src=${ui.logo} alt="" width="40" height="40" @error=${() => ui.dropLogo()} />` : html`<span class="logo drawn">${ICONS.chat}</span>`}
    <div class="who">
      <h2 class="title" id="title" part="title" dir="auto">${ui.clinic}</h2>
      <p class="subtitle" part="subtitle">${who}</p>
    </div>
    <button type="button" class="head-button menu-button" part="menu-button" aria-label=${texts.menu} title=${texts.menu}
      aria-expanded=${ui.menuOpen} aria-controls="menu" @click=${toggle}>${ICONS.more}</button>
    ${
      ui.isInline
        ? nothing
        : html`<button type="button" class="head-button close" part="close" aria-label=${texts.close} title=${texts.close} @click=${() => ui.close()}>${ICONS.down}</button>`
    }
    ${ui.menuOpen ? menu(ui) : nothing}
  </header>`;
}
