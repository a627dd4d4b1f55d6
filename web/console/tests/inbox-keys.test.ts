import { expect, test } from 'vitest';
import { action, moved, type Action, type Pressed, SHORTCUTS } from '../src/pages/inbox/keys';
import { TEXTS } from '../src/pages/inbox/texts';

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const check = (pressed: Partial<Pressed>, expected: Action | null): void =>
  expect(action({ ...plain, key: '', code: '', ...pressed }), JSON.stringify(pressed)).toBe(expected);

test('a key does what stands on it, on every layout', () => {
  check({ key: 'j', code: 'KeyJ' }, 'next');
  check({ key: 'ت', code: 'KeyJ' }, 'next');
  check({ key: 'ArrowUp', code: 'ArrowUp' }, 'previous');
  check({ key: 'ي', code: 'KeyD' }, 'done');
  check({ key: '?', code: 'Slash', shiftKey: true }, 'help');
  check({ key: '؟', code: 'Slash', shiftKey: true }, 'help');
  check({ key: 'ظ', code: 'Slash' }, 'search');
  check({ key: '/', code: 'Digit7', shiftKey: true }, 'search');
});

test('the browser keeps its own shortcuts', () => {
  check({ key: 'd', code: 'KeyD', ctrlKey: true }, null);
  check({ key: 'f', code: 'KeyF', metaKey: true }, null);
  check({ key: 'ArrowDown', code: 'ArrowDown', altKey: true }, null);
  check({ key: 'D', code: 'KeyD', shiftKey: true }, null);
  check({ key: 'q', code: 'KeyQ' }, null);
});

test('every action has a key and its words', () => {
  for (const texts of Object.values(TEXTS)) {
    expect(SHORTCUTS.map((shortcut) => shortcut.action).toSorted()).toEqual(Object.keys(texts.actions).toSorted());
  }
});

test('moving stays within the list', () => {
  const cases: [number, 1 | -1, number, number][] = [
    [-1, 1, 3, 0],
    [-1, -1, 3, 2],
    [0, 1, 3, 1],
    [2, 1, 3, 2],
    [0, -1, 3, 0],
    [5, 1, 0, -1],
  ];
  for (const [at, step, length, expected] of cases) expect(moved(at, step, length)).toBe(expected);
});
