/** Integration tokens: made, shown once, revoked. */
import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../../api/client';
import { ApiProblem, asProblem } from '../../api/problem';
import type { Page, Token } from '../../api/types';
import { ask } from '../../parts/ask';
import { formDialog } from '../../parts/form-dialog';
import { icon } from '../../parts/icons';
import { Loader } from '../../parts/loader';
import { type Once, onceDialog } from '../../parts/once';
import { ConsolePage } from '../../parts/page';
import { toast, toastProblem } from '../../parts/toast';
import { ago, badge, code, empty, pageHead } from '../../parts/views';

/** What the server knows; a token says what it may do, and no more. */
const SCOPES = ['chat', 'knowledge:read'] as const;

class TokensPage extends ConsolePage {
  static override properties = {
    adding: { state: true },
    busy: { state: true },
    problem: { state: true },
    once: { state: true },
  };
  declare adding: boolean;
  declare busy: boolean;
  declare problem: ApiProblem | null;
  declare once: Once | null;
  #tokens = new Loader(this, async (signal) => (await api.get<Page<Token>>('/tokens', {}, signal)).data.items);

  constructor() {
    super();
    Object.assign(this, { adding: false, busy: false, problem: null, once: null });
  }

  protected override routeChanged(): void {
    if (this.can('administrator')) void this.#tokens.load();
  }

  #add = async (form: FormData): Promise<void> => {
    const scopes = form.getAll('scope').map(String);
    const { tokens } = this.t;
    if (scopes.length === 0) {
      this.problem = new ApiProblem({ status: 0, code: 'no_scope', detail: tokens.atLeastOne });
      return;
    }
    const until = String(form.get('expires') ?? '');
    this.busy = true;
    this.problem = null;
    try {
      const body = { name: String(form.get('name')).trim(), scopes, ...(until && { expires_at: endOf(until) }) };
      const { data } = await api.send<{ token: string }>('POST', '/tokens', body);
      this.adding = false;
      this.once = { title: tokens.onceTitle, text: tokens.onceText, label: body.name, secret: data.token, done: tokens.done };
      void this.#tokens.load();
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.busy = false;
  };

  async #revoke(token: Token): Promise<void> {
    const { tokens } = this.t;
    const sure = await ask({ title: `${tokens.revokeLabel(token.name)}?`, text: tokens.revokeText, yes: tokens.revoke, danger: true });
    if (!sure) return;
    try {
      await api.send('DELETE', `/tokens/${encodeURIComponent(token.id)}`);
      toast(tokens.revoked);
    } catch (error) {
      toastProblem(error);
    }
    void this.#tokens.load();
  }

  #until(token: Token): TemplateResult | string {
    const { tokens } = this.t;
    if (!token.expires_at) return tokens.forever;
    const isOver = Date.parse(token.expires_at) < Date.now();
    return html`${this.fmt.date(token.expires_at)} ${isOver ? badge(tokens.expired, 'warn') : nothing}`;
  }

  #row = (token: Token): TemplateResult => html`<tr>
    <th scope="row"><bdi>${token.name}</bdi></th>
    <td><div class="row">${token.scopes.map((scope) => badge(code(scope)))}</div></td>
    <td>${this.fmt.date(token.created_at)}<br><bdi class="muted small">${token.created_by.display_name}</bdi></td><td>${ago(token.last_used_at)}</td><td>${this.#until(token)}</td>
    <td class="end"><button type="button" class="button small danger" aria-label=${this.t.tokens.revokeLabel(token.name)} @click=${() => void this.#revoke(token)}>${this.t.tokens.revoke}</button></td></tr>`;

  #dialog(): TemplateResult {
    const { tokens } = this.t;
    return formDialog({
      id: 'add-token',
      title: tokens.add,
      yes: tokens.create,
      busy: this.busy,
      problem: this.problem,
      submit: (form) => void this.#add(form),
      closed: () => {
        this.adding = false;
        this.problem = null;
      },
      body: html`<div class="field"><label for="token-name">${tokens.name}</label><input id="token-name" name="name" class="input" dir="auto" required maxlength="80" autofocus aria-describedby="token-name-hint"><p class="hint" id="token-name-hint">${tokens.nameHint}</p></div>
        <fieldset class="stack tight"><legend class="label">${tokens.scopes}</legend>${SCOPES.map(
          (scope) => html`<label class="check"><input type="checkbox" name="scope" value=${scope} ?checked=${scope === 'chat'}><span>${code(scope)} <span class="muted small">${tokens.scopeHints[scope] ?? ''}</span></span></label>`,
        )}</fieldset>
        <div class="field"><label for="token-until">${tokens.expires} <small>(${this.t.common.optional})</small></label><input id="token-until" name="expires" class="input" type="date" min=${tomorrow()} aria-describedby="token-until-hint"><p class="hint" id="token-until-hint">${tokens.expiresHint}</p></div>`,
    });
  }

  protected override render(): TemplateResult {
    const { tokens, nav } = this.t;
    const open = (): void => {
      this.adding = true;
    };
    const add = html`<button type="button" class="button solid" @click=${open}>${icon('plus')}${tokens.add}</button>`;
    const list = (rows: Token[]): TemplateResult =>
      rows.length === 0
        ? empty('tokens', tokens.none, tokens.noneText)
        : html`<div class="scroll" tabindex="0" role="group" aria-label=${nav.tokens}><table class="table">
          <thead><tr>${[tokens.name, tokens.scopes, tokens.created, tokens.lastUsed, tokens.expires].map((text) => html`<th scope="col">${text}</th>`)}<td></td></tr></thead>
          <tbody>${rows.map(this.#row)}</tbody></table></div>`;
    return html`${pageHead(nav.tokens, tokens.lead, add)}
      <section class="card flush">${this.#tokens.render(list, 3)}</section>
      ${this.adding ? this.#dialog() : nothing}
      ${onceDialog(this.once, () => {
        this.once = null;
      })}`;
  }
}

/** The end of a day as the reader's clock has it. */
const endOf = (day: string): string => new Date(`${day}T23:59:59`).toISOString();

function tomorrow(): string {
  const next = new Date(Date.now() + 86_400_000);
  return `${next.getFullYear()}-${String(next.getMonth() + 1).padStart(2, '0')}-${String(next.getDate()).padStart(2, '0')}`;
}

customElements.define('page-tokens', TokensPage);
