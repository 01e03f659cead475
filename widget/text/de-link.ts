import type { enLink } from './en-link.ts';
import type { Translation } from './text.ts';

/** German: link and launcher. */
export const deLink: Translation<typeof enLink> = {
  'launcher.open': 'Support öffnen',
  'launcher.close': 'Support schließen',
  'link.label': 'Support',
  'link.unread': { one: '{count} ungelesenes Ticket', other: '{count} ungelesene Tickets' },
};
