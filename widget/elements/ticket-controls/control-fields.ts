import type { Ticket } from '../../../server/contract/tickets.ts';
import type { Text, TextKey } from '../../text/text.ts';

/** In the order of the controls. */
export const CONTROL_FIELDS = ['assignee', 'status', 'priority', 'category'] as const;
export type ControlField = (typeof CONTROL_FIELDS)[number];

/** The value of a control: an assignee is its id, nobody is empty. */
export function valueOf(ticket: Ticket, field: ControlField): string {
  return field === 'assignee' ? (ticket.assignee?.id ?? '') : ticket[field];
}

/** The same in words. */
export function wordsFor(ticket: Ticket, field: ControlField, text: Text): string {
  if (field === 'assignee') return ticket.assignee?.name ?? text.t('controls.nobody');
  return text.t(`${field}.${ticket[field]}` as TextKey);
}

/** The controls that show something else now. */
export function changedFields(before: Ticket, current: Ticket): ControlField[] {
  return CONTROL_FIELDS.filter((field) => valueOf(before, field) !== valueOf(current, field));
}
