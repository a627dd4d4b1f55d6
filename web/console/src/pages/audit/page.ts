/** The audit log: everything that changed something. */
import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../../api/client';
import type { AuditRow, Page, User } from '../../api/types';
import { filterBar, filterValues } from '../../parts/filters';
import { Loader, Pager } from '../../parts/loader';
import { ConsolePage } from '../../parts/page';
import { badge, code, empty, pageHead, said } from '../../parts/views';
import { detailLines } from './detail';
import { nameOf, wordFor } from './words';

const FILTERS = ['actor', 'action', 'from', 'to'] as const;

/** An identifier; the name of a token may be in a script that has no letters of one width. */
const named = (target: string): TemplateResult => (/^[\x20-\x7e]*$/u.test(target) ? code(target) : said(target));

class AuditPage extends ConsolePage {
  #rows = new Pager<AuditRow>(
    this,
    async (cursor, signal) =>
      (await api.get<Page<AuditRow>>('/audit', { ...filterValues(this.route.query, FILTERS), ...(cursor && { cursor }) }, signal)).data,
  );

  #users = new Loader(this, async (signal) => (await api.get<Page<User>>('/users', {}, signal)).data.items);

  protected override routeChanged(): void {
    if (!this.can('administrator')) return;
    if (!this.#users.value) void this.#users.load();
    void this.#rows.load({ fresh: true });
  }

  /** What can be looked for, in the order of the reader's letters. */
  #actions(): { value: string; label: string }[] {
    return Object.entries(this.t.actions)
      .map(([value, label]) => ({ value, label }))
      .sort((a, b) => a.label.localeCompare(b.label, this.lang_));
  }

  #line = ({ name, value }: { name: string; value: string }): TemplateResult => {
    const words = nameOf(name);
    const label = words === null ? html`<span class="muted" dir="ltr">${name}</span> ` : html`<span class="muted">${words}:</span> `;
    return html`<div class="small">${name ? label : nothing}${said(wordFor(name, value, this.fmt))}</div>`;
  };

  #row = (row: AuditRow): TemplateResult => {
    return html`<tr>
      <td><time datetime=${row.at}>${this.fmt.dateTime(row.at)}</time></td>
      <td>${row.actor ? said(row.actor.display_name) : html`<span class="muted">${this.t.audit.system}</span>`}</td>
      <td><span title=${row.action}>${badge(this.t.actions[row.action] ?? row.action)}</span></td>
      <td>${row.target ? named(row.target) : nothing}</td>
      <td>${detailLines(row.detail).map(this.#line)}</td></tr>`;
  };

  protected override render(): TemplateResult {
    const { audit, common, nav } = this.t;
    const list = (rows: readonly AuditRow[]): TemplateResult => html`<div class="scroll" tabindex="0" role="group" aria-label=${nav.audit}><table class="table">
      <thead><tr>${[audit.at, audit.actor, audit.action, audit.target, audit.detail].map((text) => html`<th scope="col">${text}</th>`)}</tr></thead>
      <tbody>${rows.map(this.#row)}</tbody></table></div>`;
    return html`${pageHead(nav.audit, audit.lead)}
      ${filterBar([
        { kind: 'select', name: 'actor', label: audit.actor, options: (this.#users.value ?? []).map(({ id, display_name }) => ({ value: id, label: display_name })) },
        { kind: 'select', name: 'action', label: audit.action, options: this.#actions() },
        { kind: 'date', name: 'from', label: common.from },
        { kind: 'date', name: 'to', label: common.to },
      ])}
      <section class="card flush">${this.#rows.render(list, empty('audit', audit.none, audit.noneText))}</section>`;
  }
}
customElements.define('page-audit', AuditPage);
