/** Things of the access, settings and overview areas, as the server sends them. Times are RFC 3339 in UTC. */

export type Role = 'viewer' | 'editor' | 'reviewer' | 'administrator';
export type Locale = 'en' | 'ar' | 'fa';
export type Theme = 'auto' | 'light' | 'dark';

export interface User {
  id: string;
  login: string;
  display_name: string;
  role: Role;
  locale: Locale | null;
  theme: Theme | null;
  disabled: boolean;
  created_at: string;
  last_seen_at: string | null;
  must_change_password?: boolean;
}

export interface Session {
  user: User;
  expires_at: string;
}

/** A list, or the next part of one. */
export interface Page<T> {
  items: T[];
  next: string | null;
  total?: number | null;
}

export interface Who {
  id: string;
  display_name: string;
}

export interface SessionRow {
  id: string;
  user: Who;
  created_at: string;
  last_seen_at: string | null;
  address: string | null;
  agent: string | null;
  current: boolean;
}

export interface AuditRow {
  id: string | number;
  at: string;
  /** `null` for the command line. */
  actor: Who | null;
  action: string;
  target: string | null;
  detail: unknown;
}

export interface Token {
  id: string;
  name: string;
  scopes: string[];
  created_by: Who;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
}

export type Day = 'sat' | 'sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri';

export interface OfficeHours {
  time_zone: string;
  days: { day: Day; from: string; to: string }[];
  /** Dates as `2026-12-25`. */
  closed: string[];
}

export interface WidgetLook {
  name_ar: string | null;
  name_fa: string | null;
  accent: string | null;
  logo: string | null;
  phone: string | null;
}

export interface Settings {
  allowed_origins: string[];
  country: string | null;
  retention_days: number;
  widget: WidgetLook;
  office_hours: OfficeHours;
  /** Names that a flag or the environment fixes: they cannot be changed here. */
  fixed: string[];
}

export interface Overview {
  days: { day: string; lang: string; outcome: string; count: number }[];
  totals: {
    messages: number;
    conversations: number;
    /** From 0 to 1; `null` where nothing was asked. */
    answered_share: number | null;
    emergencies: number;
    helpful: number;
    unhelpful: number;
  };
  pairs: { pair: string; question: { ar: string; fa: string } | null; count: number }[];
  unanswered: { id: number; lang: string; sample: string; count: number; last_at: string }[];
  latency: { median_ms: number; p99_ms: number } | null;
}
