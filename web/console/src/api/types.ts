/**
 * Things of the access, settings and overview areas, by the names that the console knows them by. The types come
 * from the server's own document, so that what is changed there and not here fails the build.
 */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Role = Schemas['Role'];
export type Locale = Schemas['Locale'];
export type Theme = Schemas['Theme'];
export type User = Schemas['User'];
export type Who = Schemas['Who'];
export type Session = Schemas['Session'];
export type SessionRow = Schemas['Place'];
export type AuditRow = Schemas['Change'];
export type Token = Schemas['Token'];
export type Settings = Schemas['Settings'];
export type OfficeHours = Schemas['Written'];
export type WidgetLook = Schemas['WidgetLook'];
export type Overview = Schemas['Overview'];

/** Days as office hours name them. */
export type Day = 'sat' | 'sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri';

/** A list, or the next part of one. */
export interface Page<T> {
  items: T[];
  next?: string | null;
  total?: number | null;
}
