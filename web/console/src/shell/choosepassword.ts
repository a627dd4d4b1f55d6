/** What every form has in which somebody chooses a password: it is checked before it is sent, and sent once. */
import type { TemplateResult } from 'lit';
import { type ApiProblem, asProblem } from '../api/problem';
import { ConsoleElement } from '../parts/page';
import { passwordField, wrongWith } from './password';

export abstract class ChoosePassword extends ConsoleElement {
  static override properties = { busy: { state: true }, problem: { state: true }, wrong: { state: true } };
  declare busy: boolean;
  declare problem: ApiProblem | null;
  declare wrong: { new?: string; repeat?: string };

  constructor() {
    super();
    Object.assign(this, { busy: false, problem: null, wrong: {} });
  }

  /** Sends what was typed, by field; what it throws is shown. */
  protected abstract send(text: (name: string) => string, form: HTMLFormElement): Promise<void>;

  protected submit = async (event: SubmitEvent): Promise<void> => {
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
      await this.send(text, form);
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.busy = false;
  };

  /** The fields `new` and `repeat`; `refused` is what the server said of the first. */
  protected newFields(refused: string | undefined): [TemplateResult, TemplateResult] {
    const { auth } = this.t;
    return [
      passwordField({ id: 'new', label: auth.newPassword, autocomplete: 'new-password', hint: auth.rule, wrong: this.wrong.new ?? refused }),
      passwordField({ id: 'repeat', label: auth.repeat, autocomplete: 'new-password', wrong: this.wrong.repeat }),
    ];
  }
}
