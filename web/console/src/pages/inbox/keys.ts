/** The inbox's keyboard shortcuts. Pure. */

export type Action =
  | 'next'
  | 'previous'
  | 'open'
  | 'select'
  | 'take'
  | 'work'
  | 'done'
  | 'ignore'
  | 'fresh'
  | 'attach'
  | 'pair'
  | 'outside'
  | 'missed'
  | 'search'
  | 'help'
  | 'back';

export interface Shortcut {
  action: Action;
  /** What is printed on the key. */
  keys: string[];
}

export const SHORTCUTS: readonly Shortcut[] = [
  { action: 'next', keys: ['J', '↓'] },
  { action: 'previous', keys: ['K', '↑'] },
  { action: 'open', keys: ['Enter'] },
  { action: 'select', keys: ['X'] },
  { action: 'take', keys: ['T'] },
  { action: 'work', keys: ['W'] },
  { action: 'done', keys: ['D'] },
  { action: 'ignore', keys: ['I'] },
  { action: 'fresh', keys: ['U'] },
  { action: 'attach', keys: ['A'] },
  { action: 'pair', keys: ['P'] },
  { action: 'outside', keys: ['O'] },
  { action: 'missed', keys: ['F'] },
  { action: 'search', keys: ['/'] },
  { action: 'help', keys: ['?'] },
  { action: 'back', keys: ['Esc'] },
];

/** Whether a key is one that types something, so that it can be switched off as a shortcut. */
export const isLetter = ({ key }: Pressed): boolean => key.length === 1;

const BY_CODE: Record<string, Action> = {
  KeyJ: 'next',
  ArrowDown: 'next',
  KeyK: 'previous',
  ArrowUp: 'previous',
  Enter: 'open',
  KeyX: 'select',
  KeyT: 'take',
  KeyW: 'work',
  KeyD: 'done',
  KeyI: 'ignore',
  KeyU: 'fresh',
  KeyA: 'attach',
  KeyP: 'pair',
  KeyO: 'outside',
  KeyF: 'missed',
  Escape: 'back',
};

export interface Pressed {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/**
 * What a key does; nothing for any other. Letters go by the key's place, since staff type on Arabic and Persian
 * layouts, where no key gives a `j`.
 */
export function action(pressed: Pressed): Action | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  if (pressed.key === '?' || pressed.key === '؟') return 'help';
  if (pressed.key === '/' || (pressed.code === 'Slash' && !pressed.shiftKey)) return 'search';
  if (pressed.code === 'Slash') return 'help';
  return pressed.shiftKey ? null : (BY_CODE[pressed.code] ?? null);
}

/** The place after moving by `step` in a list of `length`, kept within it; -1 in an empty one. */
export function moved(at: number, step: 1 | -1, length: number): number {
  if (length === 0) return -1;
  if (at < 0) return step > 0 ? 0 : length - 1;
  return Math.min(length - 1, Math.max(0, at + step));
}
