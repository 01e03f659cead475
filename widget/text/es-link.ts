import type { enLink } from './en-link.ts';
import type { Translation } from './text.ts';

/** Spanish: link and launcher. */
export const esLink: Translation<typeof enLink> = {
  'launcher.open': 'Abrir el soporte',
  'launcher.close': 'Cerrar el soporte',
  'link.label': 'Soporte',
  'link.unread': {
    one: '{count} ticket sin leer',
    many: '{count} de tickets sin leer',
    other: '{count} tickets sin leer',
  },
};
