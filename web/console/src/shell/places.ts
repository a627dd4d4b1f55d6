/** The pages of the console: what the navigation lists, and who may see it. */
import type { Role } from '../api/types';
import type { IconName } from '../parts/icons';
import type { Texts } from '../texts/en';

export interface Place {
  name: keyof Texts['nav'] & string;
  icon: IconName;
  needs: Role;
  group: keyof Texts['nav']['groups'];
}

export const PLACES: readonly Place[] = [
  { name: 'overview', icon: 'overview', needs: 'viewer', group: 'insight' },
  { name: 'inbox', icon: 'inbox', needs: 'viewer', group: 'work' },
  { name: 'conversations', icon: 'conversations', needs: 'viewer', group: 'work' },
  { name: 'knowledge', icon: 'knowledge', needs: 'viewer', group: 'work' },
  { name: 'try', icon: 'try', needs: 'viewer', group: 'work' },
  { name: 'users', icon: 'users', needs: 'administrator', group: 'administration' },
  { name: 'settings', icon: 'settings', needs: 'administrator', group: 'administration' },
  { name: 'tokens', icon: 'tokens', needs: 'administrator', group: 'administration' },
  { name: 'audit', icon: 'audit', needs: 'administrator', group: 'administration' },
] as const;

/** The account's page stands in the menu of the person. */
export const ACCOUNT: Place = { name: 'account', icon: 'account', needs: 'viewer', group: 'administration' };

export const GROUPS = ['insight', 'work', 'administration'] as const;

/** The place that a route names, or nothing. */
export const placeOf = (name: string): Place | undefined =>
  [...PLACES, ACCOUNT].find((place) => place.name === name);

/** Loads the page of a place; `false` where there is none. */
export async function loadPage(name: string): Promise<boolean> {
  const pages = import.meta.glob('../pages/*/page.ts');
  const load = pages[`../pages/${name}/page.ts`];
  if (!load) return false;
  await load();
  return true;
}
