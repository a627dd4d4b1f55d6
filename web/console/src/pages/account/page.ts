/** My account: name, password, sessions. */
import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../../api/client';
import { type ApiProblem, asProblem } from '../../api/problem';
import type { Page, SessionRow, User } from '../../api/types';
import { ask } from '../../parts/ask';
import { icon } from '../../parts/icons';
import { Loader } from '../../parts/loader';
import { ConsolePage } from '../../parts/page';
import { toast, toastProblem } from '../../parts/toast';
import { ago, badge, code, pageHead, problemNote, submitButton } from '../../parts/views';
import { session } from '../../state/session';
import { deviceOf } from './agent';

class AccountPage extends ConsolePage {
  static override properties = { busy: { state: true }, problem: { state: true } };
  declare busy: boolean;
  declare problem: ApiProblem | null;
  #sessions = new Loader(this, async (signal) => (await api.get<Page<SessionRow>>('/sessions', {}, signal)).data.items);

  constructor() {
    super();
    Object.assign(this, { busy: false, problem: null });
  }

  protected override routeChanged(): void {
    void this.#sessions.load();
  }

  #rename = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const name = String(new FormData(event.currentTarget as HTMLFormElement).get('display_name')).trim();
    this.busy = true;
    try {
      session.update((await api.send<User>('PATCH', '/me', { display_name: name })).data);
      this.problem = null;
      toast(this.t.common.saved);
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.busy = false;
  };

  async #end(row: SessionRow): Promise<void> {
    try {
      await api.send('DELETE', `/sessions/${encodeURIComponent(row.id)}`);
      toast(this.t.account.ended);
    } catch (error) {
      toastProblem(error);
    }
    void this.#sessions.load();
  }

  #endOthers = async (): Promise<void> => {
    const { account } = this.t;
    const sure = await ask({ title: `${account.endOthers}?`, text: account.endOthersText, yes: account.endOthers });
    if (!sure) return;
    try {
      await api.send('DELETE', '/sessions');
      toast(account.othersEnded);
    } catch (error) {
      toastProblem(error);
    }
    void this.#sessions.load();
  };

  #device(row: SessionRow): string {
    const { browser, system } = deviceOf(row.agent ?? '');
    if (browser && system) return this.t.account.on(browser, system);
    return browser || system || this.t.account.unknownDevice;
  }

  #row = (row: SessionRow): TemplateResult => {
    const { account } = this.t;
    const device = this.#device(row);
    return html`<tr><th scope="row"><bdi>${device}</bdi> ${row.current ? badge(account.current, 'accent') : nothing}</th>
      <td>${row.address ? code(row.address) : nothing}</td>
      <td>${this.fmt.dateTime(row.created_at)}</td><td>${ago(row.last_seen_at)}</td>
      <td class="end">${
        row.current
          ? nothing
          : html`<button type="button" class="button small" aria-label=${account.endLabel(device)} @click=${() => void this.#end(row)}>${account.end}</button>`
      }</td></tr>`;
  };

  protected override render(): TemplateResult | typeof nothing {
    const { account, roles, common } = this.t;
    const { user } = session;
    if (!user) return nothing;
    const list = (rows: SessionRow[]): TemplateResult => html`<div class="scroll" tabindex="0" role="group" aria-label=${account.sessions}><table class="table">
      <thead><tr><th scope="col">${account.device}</th><th scope="col">${account.address}</th><th scope="col">${account.since}</th><th scope="col">${account.lastSeen}</th><td></td></tr></thead>
      <tbody>${rows.map(this.#row)}</tbody></table></div>`;
    const others = this.#sessions.value?.some(({ current }) => !current) ?? false;
    return html`${pageHead(this.t.nav.account, account.lead)}
      <div class="columns">
        <section class="card stack" aria-labelledby="profile"><h2 id="profile">${account.profile}</h2>
          <form class="stack" @submit=${this.#rename}>
            <div class="field"><label for="display_name">${account.displayName}</label>
              <input id="display_name" name="display_name" class="input" dir="auto" required maxlength="80" .value=${user.display_name}></div>
            <dl class="row apart"><div><dt class="muted small">${account.login}</dt><dd><bdi>${user.login}</bdi></dd></div><div><dt class="muted small">${account.role}</dt><dd>${roles[user.role]}</dd></div></dl>
            ${problemNote(this.problem)}
            <div class="row">${submitButton(common.save, this.busy, common.saving)}</div>
          </form></section>
        <section class="card stack" aria-labelledby="password-title"><h2 id="password-title">${account.password}</h2><new-password></new-password></section>
      </div>
      <section class="card flush" aria-labelledby="sessions-title">
        <div class="card-head"><div><h2 id="sessions-title">${account.sessions}</h2><p class="muted small">${account.sessionsLead}</p></div>
          ${others ? html`<button type="button" class="button" @click=${this.#endOthers}>${icon('signOut')}${account.endOthers}</button>` : nothing}</div>
        ${this.#sessions.render(list, 3)}
      </section>`;
  }
}
customElements.define('page-account', AccountPage);
