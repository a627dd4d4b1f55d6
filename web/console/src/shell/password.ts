/** Fields for passwords, and the choice of a new one. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../parts/icons';
import { locale } from '../state/locale';

/** As the server asks for. */
export const SHORTEST = 12;

export interface PasswordField {
  id: string;
  label: string;
  autocomplete: 'current-password' | 'new-password';
  hint?: string;
  wrong?: string | undefined;
  focus?: boolean;
}

function show(event: Event): void {
  const button = event.currentTarget as HTMLButtonElement;
  const input = button.previousElementSibling as HTMLInputElement;
  const hide = input.type === 'text';
  input.type = hide ? 'password' : 'text';
  button.setAttribute('aria-pressed', String(!hide));
}

/** A field that can show what is typed in it. */
export function passwordField({ id, label, autocomplete, hint, wrong, focus = false }: PasswordField): TemplateResult {
  const described = [hint ? `${id}-hint` : '', wrong ? `${id}-wrong` : ''].filter(Boolean).join(' ');
  return html`<div class="field"><label for=${id}>${label}</label>
    <div class="password"><input id=${id} name=${id} class="input" type="password" dir="auto" required maxlength="200" autocomplete=${autocomplete} ?autofocus=${focus}
      aria-invalid=${wrong ? 'true' : nothing} aria-describedby=${described || nothing}><button type="button" aria-label=${locale.texts.common.showPassword} aria-pressed="false" @click=${show}>${icon('eye')}</button></div>
    ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
    ${wrong ? html`<p class="wrong" id="${id}-wrong">${wrong}</p>` : nothing}</div>`;
}

/** What is wrong with a new password before the server is asked: by field, empty for nothing. */
export function wrongWith(password: string, repeated: string): { new?: string; repeat?: string } {
  const { auth } = locale.texts;
  if ([...password].length < SHORTEST) return { new: auth.short };
  return password === repeated ? {} : { repeat: auth.differ };
}
