import type { FieldError } from '../../../server/contract/errors.ts';
import type { SessionLimits } from '../../../server/contract/limits.ts';
import type { Attachment, NewTicket, RelatedApp } from '../../../server/contract/tickets.ts';
import { CATEGORIES, PRIORITIES, type Category, type Priority } from '../../../server/contract/vocabulary.ts';
import type { Text } from '../../text/text.ts';

/** The form's fields as they stand in their boxes. */
export interface TicketFields {
  subject: string;
  category: string;
  priority: string;
  /** Id of a related app; empty for none. */
  relatedApp: string;
  description: string;
}

/** In the order of the form: the first invalid one gets the focus. */
export const FIELD_ORDER = [
  'subject',
  'category',
  'priority',
  'relatedApp',
  'description',
  'attachments',
] as const;
export type FieldName = (typeof FIELD_ORDER)[number];
export type FieldErrors = Partial<Record<FieldName, string>>;

/** Line breaks and runs of spaces become one space, as on the server. */
export function tidySubject(subject: string): string {
  return storable(subject).replace(/\s+/gu, ' ').trim();
}

/** What the server would refuse, so that it is said at the field before anything is sent. */
export function checkTicket(fields: TicketFields, limits: SessionLimits, text: Text): FieldErrors {
  const errors: FieldErrors = {};
  const subject = tidySubject(fields.subject);
  const tooLong = (max: number, count: number) => text.t('error.too-long', { max, count });
  if (subject === '') errors.subject = text.t('error.required');
  else if (subject.length > limits.subjectMaxLength) {
    errors.subject = tooLong(limits.subjectMaxLength, subject.length);
  }
  if (!CATEGORIES.includes(fields.category as Category)) errors.category = text.t('error.choose');
  if (!PRIORITIES.includes(fields.priority as Priority)) errors.priority = text.t('error.choose');
  if (fields.description.trim() === '') errors.description = text.t('error.required');
  else if (fields.description.length > limits.bodyMaxLength) {
    errors.description = tooLong(limits.bodyMaxLength, fields.description.length);
  }
  return errors;
}

/** What is sent. A related app that the host does not name (any more) is left out. */
export function toNewTicket(
  fields: TicketFields,
  attachments: readonly Attachment[],
  apps: readonly RelatedApp[],
  followUpOf: string | null,
): NewTicket {
  const app = apps.find(({ id }) => id === fields.relatedApp);
  return {
    subject: tidySubject(fields.subject),
    category: fields.category as Category,
    priority: fields.priority as Priority,
    description: storable(fields.description).trimEnd(),
    ...(attachments.length > 0 && { attachmentIds: attachments.map(({ id }) => id) }),
    ...(app && { relatedApp: { id: app.id, name: app.name } }),
    ...(followUpOf && { followUpOf }),
  };
}

/**
 * The server's errors at the form's fields.
 *
 * @returns whether every one of them has a field here
 */
export function placeErrors(errors: readonly FieldError[]): { placed: FieldErrors; complete: boolean } {
  const placed: FieldErrors = {};
  let complete = errors.length > 0;
  for (const { path, message } of errors) {
    const root = path.split('.')[0];
    const name = root === 'attachmentIds' ? 'attachments' : FIELD_ORDER.find((field) => field === root);
    if (name) placed[name] ??= message;
    else complete = false;
  }
  return { placed, complete };
}

/** Pasted bytes may hold what no database stores as text: NUL, and halves of surrogate pairs. */
function storable(value: string): string {
  return value.replaceAll('\u0000', '').toWellFormed();
}
