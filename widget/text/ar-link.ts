import type { enLink } from './en-link.ts';
import type { Translation } from './text.ts';

/** Arabic: link and launcher. */
export const arLink: Translation<typeof enLink> = {
  'launcher.open': 'فتح الدعم',
  'launcher.close': 'إغلاق الدعم',
  'link.label': 'الدعم',
  'link.unread': {
    zero: 'لا توجد تذاكر غير مقروءة',
    one: 'تذكرة واحدة غير مقروءة',
    two: 'تذكرتان غير مقروءتين',
    few: '{count} تذاكر غير مقروءة',
    many: '{count} تذكرة غير مقروءة',
    other: '{count} تذكرة غير مقروءة',
  },
};
