/** The outcomes of a reply, by the server's name: the same words wherever staff meet them. */
import type { Locale } from '../api/types';

export const OUTCOMES: Record<Locale, Record<string, string>> = {
  en: {
    answer: 'Answer',
    clarify: 'Asked back',
    no_answer: 'No answer',
    emergency: 'Emergency',
    personal: 'For a clinician',
    smalltalk: 'Small talk',
  },
  ar: {
    answer: 'جواب',
    clarify: 'طلب توضيح',
    no_answer: 'بلا جواب',
    emergency: 'حالة طارئة',
    personal: 'من شأن الطبيب',
    smalltalk: 'مجاملة',
  },
  fa: {
    answer: 'پاسخ',
    clarify: 'پرسش برای توضیح',
    no_answer: 'بدون پاسخ',
    emergency: 'اورژانسی',
    personal: 'مربوط به پزشک',
    smalltalk: 'تعارف',
  },
};
