import { expect, test } from 'vitest';
import { href, parseHash } from '../src/router';

test('the address names page, path and filters', () => {
  const check = (hash: string, name: string, path: string[], query: Record<string, string>): void => {
    const route = parseHash(hash);
    expect([route.name, route.path, Object.fromEntries(route.query)], hash).toEqual([name, path, query]);
  };
  check('', 'overview', [], {});
  check('#/', 'overview', [], {});
  check('#/inbox', 'inbox', [], {});
  check('#/inbox/42?kind=unanswered&q=a%26b', 'inbox', ['42'], { kind: 'unanswered', q: 'a&b' });
  check('#/knowledge/pair/after%2Fmakeup', 'knowledge', ['pair', 'after/makeup'], {});
  check('#/x/%E0%A4%A', 'x', ['%E0%A4%A'], {});
});

test('what href writes, parseHash reads', () => {
  const check = (path: string[], query: Record<string, string | number | undefined>, hash: string): void => {
    expect(href(path, query)).toBe(hash);
    const route = parseHash(hash);
    expect([route.name, ...route.path]).toEqual(path);
  };
  check(['inbox'], {}, '#/inbox');
  check(['inbox', 'a/b?c'], { q: 'كم؟', page: 2, empty: '', none: undefined }, '#/inbox/a%2Fb%3Fc?q=%D9%83%D9%85%D8%9F&page=2');
});
