/** Puts `text` on the clipboard; pages without TLS have only the old way. Says whether it worked. */
export async function copyText(text: string, root: ShadowRoot | Document): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.style.position = 'fixed';
    field.style.opacity = '0';
    const before = root.activeElement as HTMLElement | null;
    (root instanceof Document ? root.body : root).append(field);
    field.select();
    const worked = document.execCommand('copy');
    field.remove();
    before?.focus();
    return worked;
  }
}
