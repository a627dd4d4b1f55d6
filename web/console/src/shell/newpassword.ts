/** A new password: in the account's page, and before anything else where one was made for the person. */
import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../api/client';
import { toast } from '../parts/toast';
import { fieldText, problemText, submitButton } from '../parts/views';
import { session } from '../state/session';
import { ChoosePassword } from './choosepassword';
import { passwordField } from './password';

class NewPassword extends ChoosePassword {
  protected override async send(text: (name: string) => string, form: HTMLFormElement): Promise<void> {
    await api.send('PUT', '/password', { current: text('current'), new: text('new') });
    form.reset();
    toast(this.t.auth.changed);
    if (session.user) session.update({ ...session.user, must_change_password: false });
  }

  protected override render(): TemplateResult {
    const { auth } = this.t;
    const { problem } = this;
    return html`<form class="stack" @submit=${this.submit}>
      <input type="text" name="username" class="hidden" autocomplete="username" tabindex="-1" aria-hidden="true" .value=${session.user?.login ?? ''} readonly>
      ${passwordField({ id: 'current', label: auth.currentPassword, autocomplete: 'current-password', wrong: problem?.code === 'wrong_password' ? problemText(problem) : undefined })}
      ${this.newFields(fieldText(problem, 'new'))}
      <div role="alert">${problem && problem.code !== 'wrong_password' && Object.keys(problem.fields).length === 0 ? html`<p class="wrong">${problemText(problem)}</p>` : nothing}</div>
      <div class="row">${submitButton(auth.change, this.busy)}</div>
    </form>`;
  }
}
customElements.define('new-password', NewPassword);
