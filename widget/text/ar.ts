import type { en } from './en.ts';
import type { Translation } from './text.ts';

/** Arabic: what everybody reads. */
export const ar: Translation<typeof en> = {
  'app.title': 'الدعم',
  'app.loading': 'جارٍ تحميل الدعم…',
  'app.failed': 'تعذّر تحميل الدعم.',
  'action.retry': 'إعادة المحاولة',
  'action.create': 'إنشاء تذكرة',

  'status.open': 'مفتوحة',
  'status.in_progress': 'قيد المعالجة',
  'status.waiting_user': 'بانتظار الرد',
  'status.resolved': 'محلولة',
  'status.closed': 'مغلقة',
  'priority.low': 'منخفضة',
  'priority.normal': 'عادية',
  'priority.high': 'عالية',
  'priority.urgent': 'عاجلة',
  'category.billing': 'الفوترة',
  'category.technical': 'تقنية',
  'category.account': 'الحساب',
  'category.general': 'عامة',

  'badges.label': 'التذاكر حسب الحالة',
  'badges.badge': '{status} {count}',
  'list.label': 'التذاكر',
  'list.more.busy': 'جارٍ التحميل…',
  'list.empty': 'لا توجد تذاكر بعد. اسألنا عما تشاء.',
  'list.failed': 'تعذّر تحميل التذاكر.',
  'list.unread': 'رد جديد',
  'card.opened': 'فُتحت {date}',

  'failure.unreachable': 'يتعذّر الوصول إلى الدعم حاليًا.',
  'link.new-tab': 'يُفتح في علامة تبويب جديدة',
};
