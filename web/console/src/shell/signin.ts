/** Signing in: as a page of its own, or over the page whose session has ended. */
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../api/client';
import { type ApiProblem, asProblem } from '../api/problem';
import type { Session } from '../api/types';
import { ConsoleElement } from '../parts/page';
import { problemText, submitButton } from '../parts/views';
import { icon } from '../parts/icons';
import { locale } from '../state/locale';
import { session } from '../state/session';
import { passwordField } from './password';

class SignIn extends ConsoleElement {
  static override properties = { lapsed: { type: Boolean }, busy: { state: true }, problem: { state: true } };
  declare lapsed: boolean;
  declare busy: boolean;
  declare problem: ApiProblem | null;

  constructor() {
    super();
    this.lapsed = false;
    this.busy = false;
    this.problem = null;
  }

  protected override firstUpdated(): void {
    const dialog = this.closest('wa-dialog');
    // A dialog takes the focus itself when it opens.
    if (dialog) void dialog.updateComplete.then(() => this.querySelector<HTMLInputElement>('#password')?.focus());
    else this.querySelector<HTMLInputElement>('#login')?.focus();
  }

  #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    this.busy = true;
    this.problem = null;
    try {
      const { data: signed } = await api.send<Session>('POST', '/session', {
        login: this.lapsed ? session.user?.login : String(data.get('login')).trim(),
        password: String(data.get('password')),
      });
      form.reset();
      session.signedIn(signed.user);
    } catch (error) {
      this.problem = asProblem(error);
      form.querySelector<HTMLInputElement>('#password')?.select();
    }
    this.busy = false;
  };

  protected override render(): TemplateResult {
    const { auth } = this.t;
    const { user } = session;
    return html`<form class="stack" @submit=${this.#submit}>
      ${
        this.lapsed && user
          ? html`<p>${auth.lapsedText}</p><div class="row"><span class="initials" aria-hidden="true">${icon('person')}</span><strong><bdi>${user.display_name}</bdi></strong></div>
            <input type="hidden" name="login" value=${user.login} autocomplete="username">`
          : html`<div class="field"><label for="login">${auth.login}</label>
            <input id="login" name="login" class="input" dir="auto" required maxlength="64" autocomplete="username" autocapitalize="none" spellcheck="false"></div>`
      }
      ${passwordField({ id: 'password', label: auth.password, autocomplete: 'current-password', focus: this.lapsed })}
      <div role="alert">${this.problem ? html`<p class="wrong">${problemText(this.problem)}</p>` : nothing}</div>
      ${submitButton(auth.submit, this.busy, auth.working)}
      ${this.lapsed ? html`<button type="button" class="button quiet" @click=${() => location.reload()}>${auth.other}</button>` : nothing}
    </form>`;
  }
}
customElements.define('sign-in', SignIn);

/** The sign-in over a page that stays as it is. It cannot be dismissed. */
export function lapsedDialog(): TemplateResult | typeof nothing {
  if (!session.lapsed) return nothing;
  const keep = (event: Event): void => {
    if (session.lapsed) event.preventDefault();
  };
  return html`<wa-dialog class="lapsed" label=${locale.texts.auth.lapsedTitle} open @wa-hide=${keep}>
    <sign-in lapsed></sign-in>
  </wa-dialog>`;
}
