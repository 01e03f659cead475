import type { enLink } from './en-link.ts';
import type { Translation } from './text.ts';

/** French: link and launcher. */
export const frLink: Translation<typeof enLink> = {
  'launcher.open': 'Ouvrir l’assistance',
  'launcher.close': 'Fermer l’assistance',
  'link.label': 'Assistance',
  'link.unread': {
    one: '{count} ticket non lu',
    many: '{count} de tickets non lus',
    other: '{count} tickets non lus',
  },
};
