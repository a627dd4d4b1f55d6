/** A dialog with a form of a page's own: traps the focus, gives it back, and stays while its form is refused. */
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import { html, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { ApiProblem } from '../api/problem';
import { locale } from '../state/locale';
import { icon } from './icons';
import { type Content, problemNote } from './views';

interface FormDialog {
  /** Of its form; one on a page. */
  id: string;
  title: string;
  body: Content;
  yes: string;
  no?: string;
  danger?: boolean;
  busy?: boolean;
  problem?: ApiProblem | null;
  submit: (form: FormData) => void;
  closed: () => void;
}

function opened(element: Element | undefined): void {
  if (element) (element as HTMLElement & { open: boolean }).open = true;
}

/** Open as long as it is drawn; `closed` is told once it is shut. */
export function formDialog(dialog: FormDialog): TemplateResult {
  const shut = (event: Event): void => {
    if (event.target === event.currentTarget) dialog.closed();
  };
  const close = (event: Event): void => {
    const around = (event.currentTarget as HTMLElement).closest('wa-dialog');
    if (around) around.open = false;
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!dialog.busy) dialog.submit(new FormData(event.currentTarget as HTMLFormElement));
  };
  return html`<wa-dialog label=${dialog.title} @wa-after-hide=${shut} ${ref(opened)}>
    <form class="stack" id=${dialog.id} @submit=${submit}>${dialog.body}${problemNote(dialog.problem ?? null)}</form>
    <div slot="footer">
      <button type="button" class="button" @click=${close}>${dialog.no ?? locale.texts.common.cancel}</button>
      <button type="submit" form=${dialog.id} class="button solid ${dialog.danger ? 'danger' : ''} ${dialog.busy ? 'busy' : ''}" aria-disabled=${dialog.busy ?? false}>
        ${dialog.busy ? icon('refresh') : ''}${dialog.yes}
      </button>
    </div>
  </wa-dialog>`;
}
