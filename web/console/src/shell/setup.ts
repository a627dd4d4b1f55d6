/** The first administrator, made with the one-time link that the server printed. */
import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../api/client';
import type { Session } from '../api/types';
import { fieldText, note, problemText, submitButton } from '../parts/views';
import { go, router } from '../router';
import { session } from '../state/session';
import { ChoosePassword } from './choosepassword';

class SetUp extends ChoosePassword {
  protected override async send(text: (name: string) => string): Promise<void> {
    const { data: signed } = await api.send<Session>('POST', '/setup', {
      token: router.route.query.get('token') ?? '',
      login: text('login').trim(),
      display_name: text('display_name').trim(),
      password: text('new'),
    });
    // The key leaves the address with the page.
    go('overview', {}, { replace: true });
    session.signedIn(signed.user, { isNew: true });
  }

  protected override render(): TemplateResult {
    const { auth } = this.t;
    if (!router.route.query.get('token')) {
      return html`<h1 tabindex="-1">${auth.setupTitle}</h1>${note('info', auth.setupNoToken)}`;
    }
    const { problem } = this;
    const used = problem !== null && (problem.status === 403 || problem.status === 404 || problem.status === 410);
    const field = (name: string): string | undefined => fieldText(problem, name);
    return html`<h1 tabindex="-1">${auth.setupTitle}</h1><p class="muted">${auth.setupText}</p>
      <form class="stack" @submit=${this.submit}>
        <div class="field"><label for="login">${auth.login}</label>
          <input id="login" name="login" class="input" dir="auto" required maxlength="64" autocomplete="username" autocapitalize="none" spellcheck="false" aria-invalid=${field('login') ? 'true' : nothing}>
          ${field('login') ? html`<p class="wrong">${field('login')}</p>` : nothing}</div>
        <div class="field"><label for="display_name">${auth.displayName}</label>
          <input id="display_name" name="display_name" class="input" dir="auto" required maxlength="80" autocomplete="name" aria-invalid=${field('display_name') ? 'true' : nothing}>
          ${field('display_name') ? html`<p class="wrong">${field('display_name')}</p>` : nothing}</div>
        ${this.newFields(field('password'))}
        <div role="alert">${problem ? html`<p class="wrong">${used ? auth.setupUsed : problemText(problem)}</p>` : nothing}</div>
        ${submitButton(auth.create, this.busy)}
      </form>`;
  }
}
customElements.define('set-up', SetUp);
