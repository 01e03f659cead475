import { domainOf } from '../address.ts';
import { header, type Headers } from './headers.ts';

/** A mail that no person wrote to us: it is never answered and changes nothing. */
export type Automatic = 'bounce' | 'auto_reply' | 'bulk';

const DAEMONS = /^(mailer-daemon|postmaster|mail-daemon|no-?reply|do-?not-?reply|bounces?)([+.-].*)?@/;

/** How programs begin the subject of an answer that nobody wrote, where they say it in no header. */
const SUBJECTS = new RegExp(
  `^\\s*(?:(?:re|aw|sv)\\s*:\\s*)?(?:${[
    'automatic reply',
    'auto(?:matic)?[ -]?(?:reply|response)',
    'out of (?:the )?office',
    'abwesen(?:heit|d)\\w*',
    'automatische antwort',
    'réponse automatique',
    'absence du bureau',
    'respuesta automática',
    'fuera de la oficina',
    'resposta automática',
    'risposta automatica',
    'automatisch antwoord',
    '自動応答',
    '自动回复',
  ].join('|')})`,
  'iu',
);

/** RFC 3834 and what the programs do that do not know it. */
export function findAutomatic(headers: Headers, from: string, subject: string): Automatic | null {
  const value = (name: string) => header(headers, name)?.trim().toLowerCase();
  const type = value('content-type') ?? '';
  if (
    value('return-path') === '<>' ||
    value('x-failed-recipients') !== undefined ||
    /^multipart\/report|^message\/delivery-status/.test(type) ||
    /^(mailer-daemon|postmaster)@/.test(from)
  ) {
    return 'bounce';
  }
  const submitted = value('auto-submitted');
  if (
    (submitted !== undefined && !/^no\b/.test(submitted)) ||
    ['x-autoreply', 'x-autorespond', 'x-auto-reply', 'x-mail-autoreply'].some((name) => value(name)) ||
    value('precedence') === 'auto_reply' ||
    value('x-ms-exchange-generated-message-source') !== undefined ||
    SUBJECTS.test(subject)
  ) {
    return 'auto_reply';
  }
  if (
    /^(bulk|junk|list)$/.test(value('precedence') ?? '') ||
    value('list-id') !== undefined ||
    value('list-unsubscribe') !== undefined ||
    DAEMONS.test(from) ||
    domainOf(from) === ''
  ) {
    return 'bulk';
  }
  return null;
}
