/** What the widget itself says, in both languages. */
import type { Lang } from './protocol';

export interface Texts {
  name: string;
  subtitle: string;
  launcher: string;
  open: string;
  close: string;
  unread: (count: string) => string;
  menu: string;
  otherLanguage: string;
  restart: string;
  person: string;
  forget: string;
  placeholder: string;
  send: string;
  conversation: string;
  you: string;
  bot: string;
  staff: string;
  system: string;
  typing: string;
  personTyping: (name: string) => string;
  withPerson: (name: string) => string;
  newest: string;
  // Messages on their way
  sending: string;
  queued: string;
  failed: string;
  /** `count` decides the form, `shown` is the same in the reader's digits. */
  waitSeconds: (count: number, shown: string) => string;
  retry: string;
  edit: string;
  discard: string;
  // The line
  connecting: string;
  offline: string;
  unreachable: string;
  reconnect: string;
  expired: string;
  forgotten: string;
  forgetting: string;
  tooLong: (most: string) => string;
  dismiss: string;
  // Replies
  urgent: string;
  urgentReply: string;
  callNumber: (number: string) => string;
  callClinic: string;
  showInstructions: string;
  sources: string;
  source: (number: string) => string;
  sourceIn: Record<string, string>;
  openSource: string;
  closeSource: string;
  suggestions: string;
  copy: string;
  copied: string;
  helpful: string;
  unhelpful: string;
  thanks: string;
  commentUp: string;
  commentDown: string;
  commentSend: string;
  commentSkip: string;
  // Sheets
  personTitle: string;
  personText: string;
  personContact: string;
  personHint: string;
  personSend: string;
  personWaiting: string;
  forgetTitle: string;
  forgetText: string;
  forgetYes: string;
  restartTitle: string;
  restartText: string;
  restartYes: string;
  cancel: string;
}

/** Arabic counts in four forms: one, two, three to ten, more. */
function arabicSeconds(count: number, shown: string): string {
  if (count === 1) return 'ثانية واحدة';
  if (count === 2) return 'ثانيتين';
  const rest = count % 100;
  return rest >= 3 && rest <= 10 ? `${shown} ثوانٍ` : `${shown} ثانية`;
}

const ar: Texts = {
  name: 'مجيب',
  subtitle: 'مساعد آلي · معلومات عامة، وليس طبيبًا',
  launcher: 'اسألنا',
  open: 'فتح المحادثة مع المساعد الآلي',
  close: 'إغلاق المحادثة',
  unread: (count) => `رسائل جديدة: ${count}`,
  menu: 'خيارات المحادثة',
  otherLanguage: 'فارسی',
  restart: 'محادثة جديدة',
  person: 'التحدث إلى موظف',
  forget: 'حذف محادثتي',
  placeholder: 'سؤالك هنا…',
  send: 'إرسال',
  conversation: 'المحادثة',
  you: 'أنت',
  bot: 'المساعد الآلي',
  staff: 'فريق العيادة',
  system: 'إشعار',
  typing: 'المساعد يكتب…',
  personTyping: (name) => `\u2068${name}\u2069: كتابة جارية…`,
  withPerson: (name) => `معك الآن \u2068${name}\u2069 · الردود الآلية متوقفة`,
  newest: 'إلى آخر الرسائل',
  sending: 'جارٍ الإرسال…',
  queued: 'بانتظار الاتصال. ستُرسل تلقائيًا.',
  failed: 'لم تصل هذه الرسالة.',
  waitSeconds: (count, shown) => `تُرسل تلقائيًا بعد ${arabicSeconds(count, shown)}.`,
  retry: 'إعادة الإرسال',
  edit: 'تعديل',
  discard: 'حذف',
  connecting: 'جارٍ الاتصال…',
  offline: 'انقطع الاتصال. تبقى رسائلك محفوظة وتُرسل عند عودته.',
  unreachable: 'تعذّر الوصول إلى المساعد الآن. يمكنك المحاولة لاحقًا أو الاتصال بالعيادة.',
  reconnect: 'المحاولة الآن',
  expired: 'انتهت مدة حفظ محادثتك السابقة، فبدأت محادثة جديدة.',
  forgotten: 'حُذفت محادثتك.',
  forgetting: 'أُزيلت المحادثة من هذا الجهاز، وتُحذف من الخادم فور عودة الاتصال.',
  tooLong: (most) => `الرسالة أطول من ${most} حرف؛ يُرجى اختصارها.`,
  dismiss: 'إخفاء',
  urgent: 'قد يكون الأمر عاجلًا، ولا ينبغي انتظار ردّ هنا.',
  urgentReply: 'إرشاد عاجل',
  callNumber: (number) => `الاتصال بالإسعاف ${number}`,
  callClinic: 'الاتصال بالعيادة',
  showInstructions: 'عرض الإرشادات',
  sources: 'المصادر',
  source: (number) => `المصدر ${number}`,
  sourceIn: { ar: 'المصدر بالعربية', fa: 'المصدر بالفارسية', en: 'المصدر بالإنجليزية' },
  openSource: 'فتح المصدر',
  closeSource: 'إغلاق المصدر',
  suggestions: 'أسئلة قد تهمك',
  copy: 'نسخ الإجابة',
  copied: 'نُسخت الإجابة',
  helpful: 'إجابة مفيدة',
  unhelpful: 'إجابة غير مفيدة',
  thanks: 'شكرًا، وصلنا رأيك.',
  commentUp: 'ما الذي أفادك؟ (اختياري)',
  commentDown: 'ما الذي نقص الإجابة؟ (اختياري)',
  commentSend: 'إرسال الملاحظة',
  commentSkip: 'تخطٍّ',
  personTitle: 'التحدث إلى موظف',
  personText: 'نسجّل طلبك لفريق العيادة. قد يكتب لك أحدهم هنا، ولا يمكننا تحديد موعد لذلك.',
  personContact: 'وسيلة للتواصل معك (اختياري)',
  personHint: 'رقم هاتف أو بريد إلكتروني. يُحفظ مع هذه المحادثة ويراه فريق العيادة فقط.',
  personSend: 'تسجيل الطلب',
  personWaiting: 'طلبك محفوظ، ويصل إلى العيادة عند عودة الاتصال.',
  forgetTitle: 'حذف محادثتي؟',
  forgetText: 'تُحذف كل رسائل هذه المحادثة نهائيًا من هذا الجهاز ومن خادم العيادة، ولا يمكن استرجاعها.',
  forgetYes: 'حذف نهائيًا',
  restartTitle: 'بدء محادثة جديدة؟',
  restartText: 'تختفي الرسائل الحالية من هنا. ويمكن حذفها من خادم العيادة أيضًا عبر «حذف محادثتي».',
  restartYes: 'بدء محادثة جديدة',
  cancel: 'إلغاء',
};

const fa: Texts = {
  name: 'مجیب',
  subtitle: 'دستیار خودکار · اطلاعات عمومی؛ پزشک نیست',
  launcher: 'بپرسید',
  open: 'باز کردن گفت‌وگو با دستیار خودکار',
  close: 'بستن گفت‌وگو',
  unread: (count) => `پیام‌های تازه: ${count}`,
  menu: 'گزینه‌های گفت‌وگو',
  otherLanguage: 'العربية',
  restart: 'گفت‌وگوی تازه',
  person: 'صحبت با یکی از کارکنان',
  forget: 'پاک کردن گفت‌وگوی من',
  placeholder: 'پرسشتان را این‌جا بنویسید…',
  send: 'ارسال',
  conversation: 'گفت‌وگو',
  you: 'شما',
  bot: 'دستیار خودکار',
  staff: 'کارکنان کلینیک',
  system: 'اطلاع',
  typing: 'دستیار در حال نوشتن است…',
  personTyping: (name) => `\u2068${name}\u2069 در حال نوشتن است…`,
  withPerson: (name) => `\u2068${name}\u2069 با شماست · پاسخ خودکار متوقف است`,
  newest: 'رفتن به آخرین پیام',
  sending: 'در حال ارسال…',
  queued: 'در انتظار اتصال. خودش فرستاده می‌شود.',
  failed: 'این پیام نرسید.',
  waitSeconds: (_count, shown) => `تا ${shown} ثانیهٔ دیگر خودش فرستاده می‌شود.`,
  retry: 'ارسال دوباره',
  edit: 'ویرایش',
  discard: 'حذف',
  connecting: 'در حال اتصال…',
  offline: 'اتصال قطع شده است. پیام‌هایتان می‌مانند و با وصل شدن فرستاده می‌شوند.',
  unreachable: 'الان دسترسی به دستیار ممکن نیست. کمی بعد دوباره امتحان کنید یا با کلینیک تماس بگیرید.',
  reconnect: 'تلاش دوباره',
  expired: 'مهلت نگهداری گفت‌وگوی قبلی‌تان تمام شده و گفت‌وگوی تازه‌ای شروع شد.',
  forgotten: 'گفت‌وگوی شما پاک شد.',
  forgetting: 'گفت‌وگو از این دستگاه پاک شد و با وصل شدن، از سرور هم پاک می‌شود.',
  tooLong: (most) => `پیام از ${most} نویسه بیشتر است؛ لطفاً کوتاه‌ترش کنید.`,
  dismiss: 'بستن',
  urgent: 'شاید موضوع فوری باشد. این‌جا منتظر پاسخ نمانید.',
  urgentReply: 'راهنمایی فوری',
  callNumber: (number) => `تماس با اورژانس ${number}`,
  callClinic: 'تماس با کلینیک',
  showInstructions: 'دیدن راهنمایی',
  sources: 'منابع',
  source: (number) => `منبع ${number}`,
  sourceIn: { ar: 'منبع به عربی', fa: 'منبع به فارسی', en: 'منبع به انگلیسی' },
  openSource: 'باز کردن منبع',
  closeSource: 'بستن منبع',
  suggestions: 'شاید بخواهید بپرسید',
  copy: 'کپی پاسخ',
  copied: 'پاسخ کپی شد',
  helpful: 'پاسخ مفید بود',
  unhelpful: 'پاسخ مفید نبود',
  thanks: 'سپاسگزاریم، نظرتان به ما رسید.',
  commentUp: 'چه چیزی به کارتان آمد؟ (اختیاری)',
  commentDown: 'پاسخ چه کم داشت؟ (اختیاری)',
  commentSend: 'ارسال نظر',
  commentSkip: 'رد شدن',
  personTitle: 'صحبت با یکی از کارکنان',
  personText:
    'درخواستتان برای کارکنان کلینیک ثبت می‌شود. ممکن است همین‌جا پاسخ بدهند، ولی نمی‌توانیم زمانی را قول بدهیم.',
  personContact: 'راهی برای تماس با شما (اختیاری)',
  personHint: 'شمارهٔ تلفن یا ایمیل. با همین گفت‌وگو نگه داشته می‌شود و فقط کارکنان کلینیک آن را می‌بینند.',
  personSend: 'ثبت درخواست',
  personWaiting: 'درخواستتان نگه داشته شده و با وصل شدن به کلینیک می‌رسد.',
  forgetTitle: 'گفت‌وگوی من پاک شود؟',
  forgetText: 'همهٔ پیام‌های این گفت‌وگو برای همیشه از این دستگاه و از سرور کلینیک پاک می‌شوند و برنمی‌گردند.',
  forgetYes: 'برای همیشه پاک شود',
  restartTitle: 'گفت‌وگوی تازه شروع شود؟',
  restartText: 'پیام‌های فعلی از این‌جا می‌روند. برای پاک شدن از سرور کلینیک، «پاک کردن گفت‌وگوی من» را بزنید.',
  restartYes: 'شروع گفت‌وگوی تازه',
  cancel: 'انصراف',
};

export const TEXTS: Readonly<Record<Lang, Texts>> = { ar, fa };
