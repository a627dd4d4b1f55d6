/** The first administrator, made with the one-time link that the server printed. */
import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../api/client';
import { type ApiProblem, asProblem } from '../api/problem';
import type { Session } from '../api/types';
import { ConsoleElement } from '../parts/page';
import { fieldText, note, problemText, submitButton } from '../parts/views';
import { go, router } from '../router';
import { session } from '../state/session';
import { passwordField, wrongWith } from './password';

class SetUp extends ConsoleElement {
  static override properties = {
    busy: { state: true },
    problem: { state: true },
    wrong: { state: true },
  };
  declare busy: boolean;
  declare problem: ApiProblem | null;
  declare wrong: { new?: string; repeat?: string };

  constructor() {
    super();
    Object.assign(this, { busy: false, problem: null, wrong: {} });
  }

  #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string): string => String(data.get(name) ?? '');
    this.problem = null;
    this.wrong = wrongWith(text('new'), text('repeat'));
    if (this.wrong.new || this.wrong.repeat) return;
    this.busy = true;
    const login = text('login').trim();
    try {
      const { data: signed } = await api.send<Session>('POST', '/setup', {
        token: router.route.query.get('token') ?? '',
        login,
        display_name: text('display_name').trim(),
        password: text('new'),
      });
      // The key leaves the address with the page.
      go('overview', {}, { replace: true });
      session.signedIn(signed.user, { isNew: true });
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.busy = false;
  };

  protected override render(): TemplateResult {
    const { auth } = this.t;
    if (!router.route.query.get('token')) {
      return html`<h1 tabindex="-1">${auth.setupTitle}</h1>${note('info', auth.setupNoToken)}`;
    }
    const { problem } = this;
    const used = problem !== null && (problem.status === 403 || problem.status === 404 || problem.status === 410);
    const field = (name: string): string | undefined => fieldText(problem, name);
    return html`<h1 tabindex="-1">${auth.setupTitle}</h1><p class="muted">${auth.setupText}</p>
      <form class="stack" @submit=${this.#submit}>
        <div class="field"><label for="login">${auth.login}</label>
          <input id="login" name="login" class="input" dir="auto" required maxlength="64" autocomplete="username" autocapitalize="none" spellcheck="false" aria-invalid=${field('login') ? 'true' : nothing}>
          ${field('login') ? html`<p class="wrong">${field('login')}</p>` : nothing}</div>
        <div class="field"><label for="display_name">${auth.displayName}</label>
          <input id="display_name" name="display_name" class="input" dir="auto" required maxlength="80" autocomplete="name" aria-invalid=${field('display_name') ? 'true' : nothing}>
          ${field('display_name') ? html`<p class="wrong">${field('display_name')}</p>` : nothing}</div>
        ${passwordField({ id: 'new', label: auth.newPassword, autocomplete: 'new-password', hint: auth.rule, wrong: this.wrong.new ?? field('password') })}
        ${passwordField({ id: 'repeat', label: auth.repeat, autocomplete: 'new-password', wrong: this.wrong.repeat })}
        <div role="alert">${problem ? html`<p class="wrong">${used ? auth.setupUsed : problemText(problem)}</p>` : nothing}</div>
        ${submitButton(auth.create, this.busy)}
      </form>`;
  }
}
customElements.define('set-up', SetUp);
