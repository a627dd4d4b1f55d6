/** What is different between two contents of an entry. Pure. */
import type { Content } from '../../api/knowledge';
import { isSame, isTable } from './content';

export type Change =
  | { kind: 'text'; path: string[]; before: string; after: string }
  | { kind: 'list'; path: string[]; added: string[]; removed: string[]; moved: boolean };

const shown = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

function list(path: string[], before: unknown[], after: unknown[]): Change {
  const had = before.map(shown);
  const has = after.map(shown);
  const added = without(has, had);
  const removed = without(had, has);
  return { kind: 'list', path, added, removed, moved: added.length === 0 && removed.length === 0 };
}

/** The items of `list` beyond those that `other` has as often. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const item of other) left.set(item, (left.get(item) ?? 0) + 1);
  return list.filter((item) => {
    const count = left.get(item) ?? 0;
    if (count > 0) left.set(item, count - 1);
    return count === 0;
  });
}

function between(path: string[], before: unknown, after: unknown): Change[] {
  if (isSame(before, after)) return [];
  if (isTable(before) || isTable(after)) {
    const had = isTable(before) ? before : {};
    const has = isTable(after) ? after : {};
    const names = [...new Set([...Object.keys(had), ...Object.keys(has)])];
    return names.flatMap((name) => between([...path, name], had[name], has[name]));
  }
  if (Array.isArray(before) || Array.isArray(after)) {
    const change = list(path, Array.isArray(before) ? before : [], Array.isArray(after) ? after : []);
    return [change];
  }
  const [had, has] = [shown(before), shown(after)];
  return had === has ? [] : [{ kind: 'text', path, before: had, after: has }];
}

/** The fields that differ, in the order in which they stand; a content that is not there counts as empty. */
export function changes(before: Content | null, after: Content | null): Change[] {
  return between([], before ?? {}, after ?? {});
}
