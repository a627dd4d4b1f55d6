/** Which dialog of the inbox is open, and what becomes of what is sent in it. */
import type { ReactiveControllerHost } from 'lit';
import { nothing, type TemplateResult } from 'lit';
import { type Group, inbox } from '../../api/inbox';
import { type EntrySummary, knowledge } from '../../api/knowledge';
import { type ApiProblem, asProblem } from '../../api/problem';
import { toast, toastProblem } from '../../parts/toast';
import { attachDialog, type Dialog, keysDialog, missedDialog, outsideDialog, type Sending } from './dialogs';
import type { Texts } from './texts';

export class Asking {
  #host: ReactiveControllerHost;
  #sent: () => void;
  #dialog: Dialog = { kind: 'none' };
  #busy = false;
  #problem: ApiProblem | null = null;

  /** `sent` hears of everything that the server took. */
  constructor(host: ReactiveControllerHost, sent: () => void) {
    this.#host = host;
    this.#sent = sent;
  }

  show(dialog: Dialog): void {
    this.#dialog = dialog;
    this.#host.requestUpdate();
  }

  /** Opens the dialog of what lies outside, once all kinds of it are there. */
  async showOutside(): Promise<void> {
    try {
      const entries: EntrySummary[] = [];
      let cursor: string | undefined;
      do {
        const { data } = await knowledge.entries({ kind: 'outside', limit: 200, ...(cursor && { cursor }) });
        entries.push(...data.items);
        cursor = data.next ?? undefined;
      } while (cursor);
      this.show({ kind: 'outside', entries });
    } catch (error) {
      toastProblem(error);
    }
  }

  /** The open dialog about `group`; that of the keys is about none. */
  render(group: Group | null, texts: Texts): TemplateResult | typeof nothing {
    const dialog = this.#dialog;
    if (dialog.kind === 'keys') return keysDialog(texts, this.#close);
    if (!group || dialog.kind === 'none') return nothing;
    const sending: Sending = { busy: this.#busy, problem: this.#problem, closed: this.#close };
    switch (dialog.kind) {
      case 'attach':
        return attachDialog(
          group,
          dialog.pair,
          texts,
          sending,
          (pair) => this.show({ kind: 'attach', pair }),
          (pair, text) => void this.#send(() => inbox.attach(group.id, pair, text), texts.attached(pair)),
        );
      case 'outside':
        return outsideDialog(
          group,
          dialog.entries,
          texts,
          sending,
          (entry) => void this.#send(() => inbox.outside(group.id, entry), texts.outsideDone),
        );
      case 'missed':
        return missedDialog(group, texts, sending, () =>
          void this.#send(() => inbox.missedFlag(group.id), texts.missedDone),
        );
    }
  }

  #close = (): void => {
    this.#problem = null;
    this.show({ kind: 'none' });
  };

  async #send(work: () => Promise<unknown>, done: string): Promise<void> {
    this.#busy = true;
    this.#problem = null;
    this.#host.requestUpdate();
    try {
      await work();
      this.#dialog = { kind: 'none' };
      toast(done);
      this.#sent();
    } catch (error) {
      this.#problem = asProblem(error);
    }
    this.#busy = false;
    this.#host.requestUpdate();
  }
}
