import type { enLink } from './en-link.ts';
import type { Translation } from './text.ts';

/** Brazilian Portuguese: link and launcher. */
export const ptBrLink: Translation<typeof enLink> = {
  'launcher.open': 'Abrir o suporte',
  'launcher.close': 'Fechar o suporte',
  'link.label': 'Suporte',
  'link.unread': {
    one: '{count} ticket não lido',
    many: '{count} de tickets não lidos',
    other: '{count} tickets não lidos',
  },
};
