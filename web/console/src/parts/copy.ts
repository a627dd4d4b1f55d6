/** Copying with a word about it. */
import { copyText } from '../../../widget/src/clipboard';
import { locale } from '../state/locale';
import { toast } from './toast';

/** Puts `text` into the clipboard and says so. */
export async function copy(text: string): Promise<void> {
  if (await copyText(text, document)) toast(locale.texts.common.copied);
}
