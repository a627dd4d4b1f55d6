/** Users: who works here and with which role. */
import '@awesome.me/webawesome/dist/components/dropdown/dropdown.js';
import '@awesome.me/webawesome/dist/components/dropdown-item/dropdown-item.js';
import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../../api/client';
import { type ApiProblem, asProblem } from '../../api/problem';
import type { Page, Role, SessionRow, User } from '../../api/types';
import { ask } from '../../parts/ask';
import { formDialog } from '../../parts/form-dialog';
import { icon } from '../../parts/icons';
import { Loader } from '../../parts/loader';
import { type Once, onceDialog } from '../../parts/once';
import { ConsolePage } from '../../parts/page';
import { toast, toastProblem } from '../../parts/toast';
import { ago, badge, fieldText, pageHead } from '../../parts/views';
import { ROLES, session } from '../../state/session';

class UsersPage extends ConsolePage {
  static override properties = {
    adding: { state: true },
    renaming: { state: true },
    busy: { state: true },
    problem: { state: true },
    once: { state: true },
  };
  declare adding: boolean;
  declare renaming: User | null;
  declare busy: boolean;
  declare problem: ApiProblem | null;
  declare once: Once | null;
  #users = new Loader(this, async (signal) => (await api.get<Page<User>>('/users', { limit: 200 }, signal)).data.items);

  constructor() {
    super();
    Object.assign(this, { adding: false, renaming: null, busy: false, problem: null, once: null });
  }

  protected override routeChanged(): void {
    if (this.can('administrator')) void this.#users.load();
  }

  #showPassword(user: User, password: string): void {
    const { users, auth } = this.t;
    const beside = { label: auth.login, value: user.login };
    this.once = { title: users.onceTitle, text: users.onceText, beside, label: auth.password, secret: password, done: users.done };
  }

  #add = async (form: FormData): Promise<void> => {
    const text = (name: string): string => String(form.get(name) ?? '').trim();
    this.busy = true;
    this.problem = null;
    try {
      const body = { login: text('login'), display_name: text('display_name'), role: text('role') };
      const { data } = await api.send<{ user: User; password: string }>('POST', '/users', body);
      this.adding = false;
      this.#showPassword(data.user, data.password);
      void this.#users.load();
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.busy = false;
  };

  async #change(user: User, change: { role?: Role; disabled?: boolean; display_name?: string }): Promise<boolean> {
    try {
      const { data } = await api.send<User>('PATCH', `/users/${encodeURIComponent(user.id)}`, change);
      this.#users.set((this.#users.value ?? []).map((other) => (other.id === user.id ? data : other)));
      if (user.id === session.user?.id) session.update(data);
      toast(this.t.users.changed);
      return true;
    } catch (error) {
      toastProblem(error);
      // A select shows what was chosen, not what is so.
      void this.#users.load();
      return false;
    }
  }

  #rename = async (form: FormData): Promise<void> => {
    if (!this.renaming) return;
    this.busy = true;
    if (await this.#change(this.renaming, { display_name: String(form.get('display_name')).trim() })) this.renaming = null;
    this.busy = false;
  };

  async #newPassword(user: User): Promise<void> {
    const { users } = this.t;
    if (!(await ask({ title: `${users.newPassword}?`, text: users.newPasswordText, yes: users.newPassword, danger: true }))) return;
    try {
      const { data } = await api.send<{ password: string }>('POST', `/users/${encodeURIComponent(user.id)}/password`);
      this.#showPassword(user, data.password);
    } catch (error) {
      toastProblem(error);
    }
  }

  /** Ends every session of `user`, as after a lost telephone. */
  async #endSessions(user: User): Promise<void> {
    const { users } = this.t;
    if (!(await ask({ title: `${users.sessions}?`, text: users.sessionsText(user.display_name), yes: users.sessions, danger: true }))) return;
    try {
      const { data } = await api.get<Page<SessionRow>>('/sessions', { user: user.id });
      for (const { id } of data.items) await api.send('DELETE', `/sessions/${encodeURIComponent(id)}`);
      toast(users.changed);
    } catch (error) {
      toastProblem(error);
    }
  }

  async #disable(user: User): Promise<void> {
    const { users } = this.t;
    if (!user.disabled && !(await ask({ title: `${users.disable}?`, text: users.disableText, yes: users.disable, danger: true }))) return;
    await this.#change(user, { disabled: !user.disabled });
  }

  #chosen(user: User, event: Event): void {
    const { value } = (event as Event & { detail: { item: { value: string } } }).detail.item;
    if (value === 'rename') this.renaming = user;
    else if (value === 'password') void this.#newPassword(user);
    else if (value === 'sessions') void this.#endSessions(user);
    else void this.#disable(user);
  }

  #row = (user: User): TemplateResult => {
    const { users, roles } = this.t;
    const isMe = user.id === session.user?.id;
    const role = (event: Event): void => void this.#change(user, { role: (event.currentTarget as HTMLSelectElement).value as Role });
    return html`<tr>
      <th scope="row"><bdi>${user.display_name}</bdi> ${isMe ? badge(users.you, 'accent') : nothing}<br><bdi class="muted small">${user.login}</bdi></th>
      <td><select class="input" aria-label=${users.roleFor(user.display_name)} .value=${user.role} ?disabled=${user.disabled} @change=${role}>
        ${ROLES.map((value) => html`<option value=${value} ?selected=${value === user.role}>${roles[value]}</option>`)}</select></td>
      <td>${user.disabled ? badge(users.disabled, 'warn') : badge(users.active, 'good')}</td>
      <td>${ago(user.last_seen_at)}</td>
      <td class="end"><wa-dropdown placement="bottom-end" @wa-select=${(event: Event) => this.#chosen(user, event)}>
        <button slot="trigger" type="button" class="button quiet square" aria-label=${users.actionsFor(user.display_name)}>${icon('more')}</button>
        <wa-dropdown-item value="rename">${users.rename}</wa-dropdown-item>
        ${
          isMe
            ? nothing
            : html`<wa-dropdown-item value="password">${users.newPassword}</wa-dropdown-item>
        <wa-dropdown-item value="sessions">${users.sessions}</wa-dropdown-item>
        <wa-dropdown-item value="disable" variant=${user.disabled ? nothing : 'danger'}>${user.disabled ? users.enable : users.disable}</wa-dropdown-item>`
        }
      </wa-dropdown></td></tr>`;
  };

  #addDialog(): TemplateResult {
    const { users, roles, common } = this.t;
    const { problem } = this;
    const wrong = (name: string): TemplateResult | typeof nothing =>
      fieldText(problem, name) ? html`<p class="wrong" id="wrong-${name}">${fieldText(problem, name)}</p>` : nothing;
    return formDialog({
      id: 'add-user',
      title: users.add,
      yes: common.add,
      busy: this.busy,
      problem,
      submit: (form) => void this.#add(form),
      closed: () => {
        this.adding = false;
        this.problem = null;
      },
      body: html`<div class="field"><label for="new-name">${users.name}</label><input id="new-name" name="display_name" class="input" dir="auto" required maxlength="80" autofocus>${wrong('display_name')}</div>
        <div class="field"><label for="new-login">${users.login}</label><input id="new-login" name="login" class="input ltr" dir="ltr" required maxlength="64" autocapitalize="none" spellcheck="false" autocomplete="off" aria-describedby="login-hint">
          <p class="hint" id="login-hint">${this.t.fields.login}</p>${wrong('login')}</div>
        <fieldset class="stack tight"><legend class="label">${users.role}</legend>${ROLES.map(
          (role) => html`<label class="check"><input type="radio" name="role" value=${role} ?checked=${role === 'editor'}><span><strong>${roles[role]}</strong> <span class="muted small">${users.roleHints[role]}</span></span></label>`,
        )}</fieldset>`,
    });
  }

  #renameDialog(user: User): TemplateResult {
    const { users, common } = this.t;
    return formDialog({
      id: 'rename-user',
      title: users.rename,
      yes: common.save,
      busy: this.busy,
      submit: (form) => void this.#rename(form),
      closed: () => {
        this.renaming = null;
      },
      body: html`<div class="field"><label for="rename">${users.name}</label><input id="rename" name="display_name" class="input" dir="auto" required maxlength="80" value=${user.display_name} autofocus></div>`,
    });
  }

  protected override render(): TemplateResult {
    const { users, nav } = this.t;
    const open = (): void => {
      this.adding = true;
    };
    const list = (rows: User[]): TemplateResult => html`<div class="scroll" tabindex="0" role="group" aria-label=${nav.users}><table class="table">
      <thead><tr><th scope="col">${users.name}</th><th scope="col">${users.role}</th><th scope="col">${users.state}</th><th scope="col">${users.lastSeen}</th><th scope="col"><span class="hidden">${users.actions}</span></th></tr></thead>
      <tbody>${rows.map(this.#row)}</tbody></table></div>`;
    return html`${pageHead(nav.users, users.lead, html`<button type="button" class="button solid" @click=${open}>${icon('plus')}${users.add}</button>`)}
      <section class="card flush">${this.#users.render(list)}</section>
      ${this.adding ? this.#addDialog() : nothing}
      ${this.renaming ? this.#renameDialog(this.renaming) : nothing}
      ${onceDialog(this.once, () => {
        this.once = null;
      })}`;
  }
}
customElements.define('page-users', UsersPage);
