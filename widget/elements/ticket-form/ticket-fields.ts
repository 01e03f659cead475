import { html, nothing, type TemplateResult } from 'lit';
import type { SessionLimits } from '../../../server/contract/limits.ts';
import type { RelatedApp } from '../../../server/contract/tickets.ts';
import { CATEGORIES, PRIORITIES, type Priority } from '../../../server/contract/vocabulary.ts';
import type { Text, TextKey } from '../../text/text.ts';
import { priorityIcon } from '../icons.ts';
import { inputField, selectField, textareaField, type FieldText } from '../field.ts';
import { tidySubject, type FieldErrors, type FieldName, type TicketFields } from './check-ticket.ts';

/** A limit is spoken of once this share of it is used. */
const NEAR = 0.8;

export interface TicketFieldsView {
  fields: TicketFields;
  errors: FieldErrors;
  limits: SessionLimits;
  apps: readonly RelatedApp[];
  text: Text;
  /** What is on its way to the server is not changed under it. */
  isBusy: boolean;
  change(change: Partial<TicketFields>): void;
}

export function ticketFields(view: TicketFieldsView): TemplateResult {
  const { fields, limits, text, isBusy, change } = view;
  return html`
    ${inputField(
      fieldText(view, 'subject', 'form.subject', {
        hint: text.t('form.subject.hint'),
        counter: counter(text, tidySubject(fields.subject).length, limits.subjectMaxLength),
      }),
      { value: fields.subject, required: true, readonly: isBusy, onInput: (subject) => change({ subject }) },
    )}
    <div class="choices">
      ${selectField(fieldText(view, 'category', 'form.category'), {
        value: fields.category,
        disabled: isBusy,
        options: CATEGORIES.map((value) => ({ value, label: text.t(`category.${value}`) })),
        onChange: (category) => change({ category }),
      })}
      ${selectField(fieldText(view, 'priority', 'form.priority'), {
        value: fields.priority,
        disabled: isBusy,
        icon: html`<span class="priority priority-${fields.priority}">
          ${priorityIcon(fields.priority as Priority)}
        </span>`,
        options: PRIORITIES.map((value) => ({ value, label: text.t(`priority.${value}`) })),
        onChange: (priority) => change({ priority }),
      })}
      ${relatedApp(view)}
    </div>
    ${textareaField(
      fieldText(view, 'description', 'form.description', {
        hint: text.t('form.description.hint'),
        counter: counter(text, fields.description.length, limits.bodyMaxLength),
      }),
      {
        value: fields.description,
        required: true,
        readonly: isBusy,
        onInput: (description) => change({ description }),
      },
    )}
  `;
}

function relatedApp(view: TicketFieldsView): TemplateResult | typeof nothing {
  const { fields, apps, text, isBusy, change } = view;
  if (apps.length === 0) return nothing;
  return selectField(fieldText(view, 'relatedApp', 'form.app'), {
    value: apps.some(({ id }) => id === fields.relatedApp) ? fields.relatedApp : '',
    disabled: isBusy,
    options: [
      { value: '', label: text.t('form.app.none') },
      ...apps.map(({ id, name }) => ({ value: id, label: name })),
    ],
    onChange: (chosen) => change({ relatedApp: chosen }),
  });
}

function fieldText(
  { text, errors }: TicketFieldsView,
  id: FieldName,
  label: TextKey,
  more: Pick<FieldText, 'hint' | 'counter'> = {},
): FieldText {
  return { id, label: text.t(label), error: errors[id], ...more };
}

function counter(text: Text, count: number, max: number): string | undefined {
  return count > max * NEAR ? text.t('form.counter', { count, max }) : undefined;
}
