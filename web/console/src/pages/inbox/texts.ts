/** What the inbox says, in the three languages of the interface. */
import type { Kind, State } from '../../api/inbox';
import type { Action } from './keys';

export interface Texts {
  title: string;
  intro: string;
  kinds: Record<Kind, string>;
  states: Record<State, string>;
  anyState: string;
  anyLanguage: string;
  languages: { ar: string; fa: string };
  kind: string;
  state: string;
  language: string;
  search: string;
  sort: string;
  sorts: { last: string; count: string; first: string };
  list: string;
  messages: (count: string) => string;
  firstSeen: string;
  lastSeen: string;
  assignee: string;
  nobody: string;
  note: string;
  noteSave: string;
  saved: string;
  nearest: string;
  noNearest: string;
  samples: string;
  seeConversation: string;
  confidence: string;
  select: (sample: string) => string;
  selectAll: string;
  selected: (count: string) => string;
  takeOn: string;
  giveUp: string;
  setState: string;
  more: string;
  emptyTitle: string;
  emptyText: string;
  emptyFilteredTitle: string;
  emptyFilteredText: string;
  pick: string;
  back: string;
  attach: string;
  attachTitle: string;
  attachText: string;
  attachWording: string;
  attachPair: string;
  attachYes: string;
  attached: (pair: string) => string;
  newPair: string;
  outside: string;
  outsideTitle: string;
  outsideText: string;
  outsideEntry: string;
  outsideYes: string;
  outsideDone: string;
  missed: string;
  missedTitle: string;
  missedText: string;
  missedYes: string;
  missedDone: string;
  changed: (count: string) => string;
  updated: string;
  showNew: string;
  keys: string;
  keysTitle: string;
  keysOn: string;
  actions: Record<Action, string>;
  close: string;
}

const en: Texts = {
  title: 'Inbox',
  intro: 'What patients asked without getting a good answer. Similar messages stand together.',
  kinds: {
    unanswered: 'Unanswered',
    low_confidence: 'Unsure',
    clarified: 'Asked back',
    disliked: 'Thumbs down',
    emergency: 'Emergencies',
  },
  states: { new: 'New', in_work: 'In work', done: 'Done', ignored: 'Ignored' },
  anyState: 'All states',
  anyLanguage: 'Both languages',
  languages: { ar: 'Arabic', fa: 'Persian' },
  kind: 'Kind',
  state: 'State',
  language: 'Language',
  search: 'Search messages',
  sort: 'Order',
  sorts: { last: 'Last seen', count: 'Most frequent', first: 'First seen' },
  list: 'Groups of messages',
  messages: (count) => `Messages: ${count}`,
  firstSeen: 'First seen',
  lastSeen: 'Last seen',
  assignee: 'In charge',
  nobody: 'nobody yet',
  note: 'Note for colleagues',
  noteSave: 'Save note',
  saved: 'Saved.',
  nearest: 'Nearest answers',
  noNearest: 'No answer comes near.',
  samples: 'Messages in this group',
  seeConversation: 'See the conversation',
  confidence: 'Confidence',
  select: (sample) => `Select: ${sample}`,
  selectAll: 'Select all on this page',
  selected: (count) => `Selected: ${count}`,
  takeOn: 'I take this',
  giveUp: 'Hand back',
  setState: 'Set state',
  more: 'Show more',
  emptyTitle: 'Nothing waits here',
  emptyText: 'Every question of this kind has been looked after.',
  emptyFilteredTitle: 'Nothing fits these filters',
  emptyFilteredText: 'Widen the search or look at all states.',
  pick: 'Choose a group to see its messages and what can be done.',
  back: 'Back to the list',
  attach: 'Add to an answer',
  attachTitle: 'Add as another way to ask',
  attachText: 'It becomes a draft of the pair; nothing changes for patients until it is reviewed and published.',
  attachWording: 'Wording to add',
  attachPair: 'Which question does it ask?',
  attachYes: 'Add to the draft',
  attached: (pair) => `Added to the draft of ${pair}.`,
  newPair: 'Write a new answer',
  outside: 'Out of scope',
  outsideTitle: 'Mark as out of scope',
  outsideText: 'Questions like this will be declined plainly. It becomes a draft of the entry.',
  outsideEntry: 'What kind of question is it?',
  outsideYes: 'Mark',
  outsideDone: 'Marked as out of scope, as a draft.',
  missed: 'Missed red flag',
  missedTitle: 'Was this an emergency?',
  missedText:
    'These messages become safety questions: from now on nothing can be published while they are not recognised as an emergency.',
  missedYes: 'Yes, a red flag was missed',
  missedDone: 'Noted as a missed red flag. It is now part of the safety questions.',
  changed: (count) => `Changed: ${count}`,
  updated: 'There are new messages.',
  showNew: 'Show them',
  keys: 'Keyboard shortcuts',
  keysTitle: 'Keyboard shortcuts in the inbox',
  keysOn: 'Single letters work as shortcuts',
  actions: {
    next: 'Next group',
    previous: 'Previous group',
    open: 'Open the group',
    select: 'Select or deselect',
    take: 'I take this',
    work: 'In work',
    done: 'Done',
    ignore: 'Ignore',
    fresh: 'New again',
    attach: 'Add to an answer',
    pair: 'Write a new answer',
    outside: 'Out of scope',
    missed: 'Missed red flag',
    search: 'Search',
    help: 'Show these shortcuts',
    back: 'Close or go back',
  },
  close: 'Close',
};

const ar: Texts = {
  title: 'الوارد',
  intro: 'ما سأله المرضى ولم يجدوا له جوابًا شافيًا. الرسائل المتشابهة مجموعة معًا.',
  kinds: {
    unanswered: 'بلا جواب',
    low_confidence: 'جواب غير مؤكد',
    clarified: 'طُلب توضيحها',
    disliked: 'لم تُفِد',
    emergency: 'حالات طارئة',
  },
  states: { new: 'جديدة', in_work: 'قيد العمل', done: 'منجزة', ignored: 'متجاهلة' },
  anyState: 'كل الحالات',
  anyLanguage: 'اللغتان',
  languages: { ar: 'العربية', fa: 'الفارسية' },
  kind: 'النوع',
  state: 'الحالة',
  language: 'اللغة',
  search: 'البحث في الرسائل',
  sort: 'الترتيب',
  sorts: { last: 'الأحدث ورودًا', count: 'الأكثر تكرارًا', first: 'الأقدم ظهورًا' },
  list: 'مجموعات الرسائل',
  messages: (count) => `عدد الرسائل: ${count}`,
  firstSeen: 'أول ظهور',
  lastSeen: 'آخر ظهور',
  assignee: 'المسؤول',
  nobody: 'لا أحد بعد',
  note: 'ملاحظة للزملاء',
  noteSave: 'حفظ الملاحظة',
  saved: 'تم الحفظ.',
  nearest: 'أقرب الأجوبة',
  noNearest: 'لا يوجد جواب قريب.',
  samples: 'رسائل هذه المجموعة',
  seeConversation: 'عرض المحادثة',
  confidence: 'الثقة',
  select: (sample) => `تحديد: ${sample}`,
  selectAll: 'تحديد كل ما في الصفحة',
  selected: (count) => `المحدد: ${count}`,
  takeOn: 'سأتولى الأمر',
  giveUp: 'ترك المهمة',
  setState: 'تغيير الحالة',
  more: 'عرض المزيد',
  emptyTitle: 'لا شيء في الانتظار',
  emptyText: 'عولجت كل الأسئلة من هذا النوع.',
  emptyFilteredTitle: 'لا نتائج بهذه الشروط',
  emptyFilteredText: 'يمكن توسيع البحث أو عرض كل الحالات.',
  pick: 'عند اختيار مجموعة تظهر رسائلها وما يمكن فعله.',
  back: 'العودة إلى القائمة',
  attach: 'إضافة إلى جواب',
  attachTitle: 'إضافة كصيغة أخرى للسؤال',
  attachText: 'تُضاف إلى مسودة السؤال، ولا يتغير شيء عند المرضى قبل المراجعة والنشر.',
  attachWording: 'الصيغة المضافة',
  attachPair: 'عن أي سؤال تسأل؟',
  attachYes: 'إضافة إلى المسودة',
  attached: (pair) => `أُضيفت إلى مسودة ${pair}.`,
  newPair: 'كتابة جواب جديد',
  outside: 'خارج النطاق',
  outsideTitle: 'تصنيفه سؤالًا خارج النطاق',
  outsideText: 'ستُجاب الأسئلة المشابهة باعتذار واضح. يُحفظ ذلك كمسودة.',
  outsideEntry: 'من أي نوع هذا السؤال؟',
  outsideYes: 'تصنيف',
  outsideDone: 'صُنّفت خارج النطاق في مسودة.',
  missed: 'إنذار لم يُلتقط',
  missedTitle: 'هل كانت هذه حالة طارئة؟',
  missedText: 'تصبح هذه الرسائل من أسئلة السلامة: لا يمكن النشر بعدها ما لم تُعرَف كحالة طارئة.',
  missedYes: 'نعم، فاتنا إنذار',
  missedDone: 'سُجّل الإنذار الفائت، وأصبح من أسئلة السلامة.',
  changed: (count) => `تم تغيير: ${count}`,
  updated: 'وصلت رسائل جديدة.',
  showNew: 'عرضها',
  keys: 'اختصارات لوحة المفاتيح',
  keysTitle: 'اختصارات لوحة المفاتيح في الوارد',
  keysOn: 'الحروف المفردة تعمل كاختصارات',
  actions: {
    next: 'المجموعة التالية',
    previous: 'المجموعة السابقة',
    open: 'فتح المجموعة',
    select: 'تحديد أو إلغاء التحديد',
    take: 'سأتولى الأمر',
    work: 'قيد العمل',
    done: 'منجزة',
    ignore: 'تجاهل',
    fresh: 'إعادتها جديدة',
    attach: 'إضافة إلى جواب',
    pair: 'كتابة جواب جديد',
    outside: 'خارج النطاق',
    missed: 'إنذار لم يُلتقط',
    search: 'بحث',
    help: 'عرض هذه الاختصارات',
    back: 'إغلاق أو رجوع',
  },
  close: 'إغلاق',
};

const fa: Texts = {
  title: 'صندوق ورودی',
  intro: 'پرسش‌هایی که بیماران پاسخ خوبی برایشان نگرفتند. پیام‌های شبیه هم یک‌جا آمده‌اند.',
  kinds: {
    unanswered: 'بی‌پاسخ',
    low_confidence: 'نامطمئن',
    clarified: 'نیازمند توضیح',
    disliked: 'ناراضی',
    emergency: 'اورژانسی',
  },
  states: { new: 'تازه', in_work: 'در دست کار', done: 'انجام‌شده', ignored: 'کنار گذاشته' },
  anyState: 'همهٔ وضعیت‌ها',
  anyLanguage: 'هر دو زبان',
  languages: { ar: 'عربی', fa: 'فارسی' },
  kind: 'نوع',
  state: 'وضعیت',
  language: 'زبان',
  search: 'جست‌وجو در پیام‌ها',
  sort: 'ترتیب',
  sorts: { last: 'تازه‌ترین', count: 'پرتکرارترین', first: 'قدیمی‌ترین' },
  list: 'گروه‌های پیام',
  messages: (count) => `پیام‌ها: ${count}`,
  firstSeen: 'نخستین بار',
  lastSeen: 'آخرین بار',
  assignee: 'مسئول',
  nobody: 'هنوز کسی نیست',
  note: 'یادداشت برای همکاران',
  noteSave: 'ذخیرهٔ یادداشت',
  saved: 'ذخیره شد.',
  nearest: 'نزدیک‌ترین پاسخ‌ها',
  noNearest: 'پاسخ نزدیکی نیست.',
  samples: 'پیام‌های این گروه',
  seeConversation: 'دیدن گفت‌وگو',
  confidence: 'اطمینان',
  select: (sample) => `انتخاب: ${sample}`,
  selectAll: 'انتخاب همهٔ این صفحه',
  selected: (count) => `انتخاب‌شده: ${count}`,
  takeOn: 'با من',
  giveUp: 'واگذاشتن',
  setState: 'تغییر وضعیت',
  more: 'نمایش بیشتر',
  emptyTitle: 'چیزی در انتظار نیست',
  emptyText: 'به همهٔ پرسش‌های این دسته رسیدگی شده است.',
  emptyFilteredTitle: 'با این شرط‌ها چیزی پیدا نشد',
  emptyFilteredText: 'جست‌وجو را بازتر کنید یا همهٔ وضعیت‌ها را ببینید.',
  pick: 'گروهی را انتخاب کنید تا پیام‌ها و کارهای ممکن را ببینید.',
  back: 'بازگشت به فهرست',
  attach: 'افزودن به یک پاسخ',
  attachTitle: 'افزودن به‌عنوان شکل دیگری از پرسش',
  attachText: 'به پیش‌نویس آن پرسش افزوده می‌شود و تا بازبینی و انتشار، چیزی برای بیماران عوض نمی‌شود.',
  attachWording: 'متنی که افزوده می‌شود',
  attachPair: 'کدام پرسش را می‌پرسد؟',
  attachYes: 'افزودن به پیش‌نویس',
  attached: (pair) => `به پیش‌نویس ${pair} افزوده شد.`,
  newPair: 'نوشتن پاسخ تازه',
  outside: 'بیرون از موضوع',
  outsideTitle: 'این پرسش بیرون از موضوع است؟',
  outsideText: 'به پرسش‌های مانند این روشن گفته می‌شود که پاسخی نداریم. به‌صورت پیش‌نویس ثبت می‌شود.',
  outsideEntry: 'این چه نوع پرسشی است؟',
  outsideYes: 'ثبت',
  outsideDone: 'در پیش‌نویس، بیرون از موضوع ثبت شد.',
  missed: 'هشدار ازدست‌رفته',
  missedTitle: 'این وضعیت اورژانسی بود؟',
  missedText:
    'این پیام‌ها جزو پرسش‌های ایمنی می‌شوند: از این پس تا وقتی اورژانسی شناخته نشوند، چیزی منتشر نمی‌شود.',
  missedYes: 'بله، هشداری از دست رفته',
  missedDone: 'به‌عنوان هشدار ازدست‌رفته ثبت شد و اکنون جزو پرسش‌های ایمنی است.',
  changed: (count) => `تغییر یافت: ${count}`,
  updated: 'پیام‌های تازه رسیده است.',
  showNew: 'نمایش',
  keys: 'میان‌بُرهای صفحه‌کلید',
  keysTitle: 'میان‌بُرهای صفحه‌کلید در صندوق ورودی',
  keysOn: 'تک‌حرف‌ها میان‌بُر باشند',
  actions: {
    next: 'گروه بعدی',
    previous: 'گروه قبلی',
    open: 'باز کردن گروه',
    select: 'انتخاب یا لغو انتخاب',
    take: 'با من',
    work: 'در دست کار',
    done: 'انجام شد',
    ignore: 'کنار گذاشتن',
    fresh: 'برگرداندن به تازه‌ها',
    attach: 'افزودن به یک پاسخ',
    pair: 'نوشتن پاسخ تازه',
    outside: 'بیرون از موضوع',
    missed: 'هشدار ازدست‌رفته',
    search: 'جست‌وجو',
    help: 'نمایش این میان‌بُرها',
    back: 'بستن یا بازگشت',
  },
  close: 'بستن',
};

export const TEXTS = { en, ar, fa } as const;
