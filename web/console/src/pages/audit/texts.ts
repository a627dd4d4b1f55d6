/** What the details of the log are called. */
import type { Locale } from '../../api/types';

interface Texts {
  yes: string;
  no: string;
  /** What the first administrator came by. */
  link: string;
  /** Names that are not those of a setting. */
  fields: Record<string, string>;
}

const en: Texts = {
  yes: 'yes',
  no: 'no',
  link: 'the set-up link',
  fields: {
    assignee: 'Taken by',
    by: 'By',
    closed: 'Closed on',
    days: 'Days',
    disabled: 'Disabled',
    display_name: 'Name',
    from: 'before',
    id: 'Key',
    lang: 'Language',
    locale: 'Language',
    note: 'Note',
    office_hours: 'Office hours',
    reason: 'Reason',
    revision: 'Revision',
    revisions: 'Revisions',
    role: 'Role',
    scopes: 'May',
    seq: 'Message',
    sessions: 'Sessions ended',
    sessions_ended: 'Sessions ended',
    set: 'Set',
    state: 'State',
    theme: 'Appearance',
    to: 'now',
    widget: 'Widget',
  },
};

const ar: Texts = {
  yes: 'نعم',
  no: 'لا',
  link: 'رابط الإعداد',
  fields: {
    assignee: 'المسؤول',
    by: 'عن طريق',
    closed: 'أيام الإغلاق',
    days: 'الأيام',
    disabled: 'موقوف',
    display_name: 'الاسم',
    from: 'قبل التغيير',
    id: 'المفتاح',
    lang: 'اللغة',
    locale: 'اللغة',
    note: 'ملاحظة',
    office_hours: 'أوقات الدوام',
    reason: 'السبب',
    revision: 'المراجعة',
    revisions: 'المراجعات',
    role: 'الدور',
    scopes: 'الصلاحيات',
    seq: 'الرسالة',
    sessions: 'جلسات أُنهيت',
    sessions_ended: 'جلسات أُنهيت',
    set: 'المجموعة',
    state: 'الحالة',
    theme: 'المظهر',
    to: 'بعد التغيير',
    widget: 'نافذة المحادثة',
  },
};

const fa: Texts = {
  yes: 'بله',
  no: 'خیر',
  link: 'پیوند راه‌اندازی',
  fields: {
    assignee: 'مسئول',
    by: 'از راه',
    closed: 'روزهای تعطیل',
    days: 'روزها',
    disabled: 'غیرفعال',
    display_name: 'نام',
    from: 'پیش از تغییر',
    id: 'کلید',
    lang: 'زبان',
    locale: 'زبان',
    note: 'یادداشت',
    office_hours: 'ساعت کار',
    reason: 'دلیل',
    revision: 'ویرایش',
    revisions: 'ویرایش‌ها',
    role: 'نقش',
    scopes: 'اجازه‌ها',
    seq: 'پیام',
    sessions: 'نشست‌های پایان‌یافته',
    sessions_ended: 'نشست‌های پایان‌یافته',
    set: 'مجموعه',
    state: 'وضعیت',
    theme: 'ظاهر',
    to: 'پس از تغییر',
    widget: 'پنجرهٔ گفت‌وگو',
  },
};

export const TEXTS: Record<Locale, Texts> = { en, ar, fa };
