/** What the picker of pairs says. */
const en = {
  search: 'Search by words or id',
  none: 'No question found.',
  other: 'Choose another',
};

export const PICKER: Readonly<Record<'en' | 'ar' | 'fa', typeof en>> = {
  en,
  ar: { search: 'البحث بالكلمات أو المعرّف', none: 'لا سؤال بهذه الكلمات.', other: 'اختيار غيره' },
  fa: { search: 'جست‌وجو با واژه یا شناسه', none: 'پرسشی پیدا نشد.', other: 'انتخاب دیگری' },
};
