/** A new password: in the account's page, and before anything else where one was made for the person. */
import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../api/client';
import { type ApiProblem, asProblem } from '../api/problem';
import { ConsoleElement } from '../parts/page';
import { toast } from '../parts/toast';
import { fieldText, problemText, submitButton } from '../parts/views';
import { session } from '../state/session';
import { passwordField, wrongWith } from './password';

class NewPassword extends ConsoleElement {
  static override properties = { busy: { state: true }, problem: { state: true }, wrong: { state: true } };
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
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const text = (name: string): string => String(data.get(name) ?? '');
    this.problem = null;
    this.wrong = wrongWith(text('new'), text('repeat'));
    if (this.wrong.new || this.wrong.repeat) return;
    this.busy = true;
    try {
      await api.send('PUT', '/password', { current: text('current'), new: text('new') });
      form.reset();
      toast(this.t.auth.changed);
      if (session.user) session.update({ ...session.user, must_change_password: false });
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.busy = false;
  };

  protected override render(): TemplateResult {
    const { auth } = this.t;
    const { problem } = this;
    return html`<form class="stack" @submit=${this.#submit}>
      <input type="text" name="username" class="hidden" autocomplete="username" tabindex="-1" aria-hidden="true" .value=${session.user?.login ?? ''} readonly>
      ${passwordField({ id: 'current', label: auth.currentPassword, autocomplete: 'current-password', wrong: problem?.code === 'wrong_password' ? problemText(problem) : undefined })}
      ${passwordField({ id: 'new', label: auth.newPassword, autocomplete: 'new-password', hint: auth.rule, wrong: this.wrong.new ?? fieldText(problem, 'new') })}
      ${passwordField({ id: 'repeat', label: auth.repeat, autocomplete: 'new-password', wrong: this.wrong.repeat })}
      <div role="alert">${problem && problem.code !== 'wrong_password' && Object.keys(problem.fields).length === 0 ? html`<p class="wrong">${problemText(problem)}</p>` : nothing}</div>
      <div class="row">${submitButton(auth.change, this.busy)}</div>
    </form>`;
  }
}
customElements.define('new-password', NewPassword);
