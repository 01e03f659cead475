import { html, nothing, type TemplateResult } from 'lit';
import { live } from '../live.ts';
import type { NotificationKind } from '../../../server/contract/vocabulary.ts';
import type { Person } from '../../../server/contract/tickets.ts';
import { CATEGORIES } from '../../../server/contract/vocabulary.ts';
import type { Text, TextKey } from '../../text/text.ts';
import { describedBy, fieldNote, inputField, selectField, type Option } from '../field.ts';
import { TURN, turnTakers, type SettingsErrors, type SettingsForm } from './settings-form.ts';

/** What the sections show and where a change goes. */
export interface SettingsView {
  form: SettingsForm;
  errors: SettingsErrors;
  text: Text;
  /** null until they are loaded. */
  agents: readonly Person[] | null;
  set(path: string, value: string | boolean): void;
}

/** Names of the fields, for labels and for telling what changed. */
export const LABELS: Readonly<Record<string, TextKey>> = {
  enabled: 'settings.enabled',
  supportUrl: 'settings.url',
  notificationEmail: 'settings.email',
  'autoClose.resolvedAfterDays': 'settings.auto.resolved',
  'autoClose.waitingUserAfterDays': 'settings.auto.waiting',
  'autoClose.reminderDaysBefore': 'settings.auto.reminder',
  reopenWindowDays: 'settings.window',
  'inboundMail.unknownSenders': 'settings.inbound.unknown',
  'assignment.mode': 'settings.assignment.mode',
  'assignment.agentId': 'settings.assignment.who',
  'assignment.agentIds': 'settings.assignment.agents',
  'assignment.assignToFirstReplier': 'settings.assignment.first',
};

const MAILS: ReadonlyArray<{ to: TextKey; kinds: readonly NotificationKind[] }> = [
  {
    to: 'settings.notify.requester',
    kinds: ['confirmation', 'agentReply', 'resolved', 'closed', 'reminder'],
  },
  { to: 'settings.notify.address', kinds: ['newTicket'] },
  { to: 'settings.notify.assignee', kinds: ['clientReply', 'assigned'] },
];

const MODES = ['none', 'agent', 'category', 'round_robin'] as const;

export function generalSection(view: SettingsView): TemplateResult {
  return section(
    view,
    'settings.general',
    html`${toggle(view, 'enabled', 'settings.enabled.hint')}
    ${line(view, 'supportUrl', 'settings.url.hint', 'url', 'https://')}`,
  );
}

export function mailSection(view: SettingsView): TemplateResult {
  return section(
    view,
    'settings.mail',
    html`${line(view, 'notificationEmail', 'settings.email.hint', 'email')}
    ${MAILS.map(
      ({ to, kinds }) =>
        html`<fieldset>
          <legend class="label">${view.text.t(to)}</legend>
          <div class="checks">
            ${kinds.map((kind) => check(view, `notifications.${kind}`, view.text.t(`settings.notify.${kind}`)))}
          </div>
        </fieldset>`,
    )}
    ${toggle(view, 'inboundMail.unknownSenders', 'settings.inbound.unknown.hint')}`,
  );
}

export function autoCloseSection(view: SettingsView): TemplateResult {
  return section(
    view,
    'settings.auto',
    html`${days(view, 'autoClose.resolvedAfterDays', 'settings.auto.off')}
    ${days(view, 'autoClose.waitingUserAfterDays', 'settings.auto.off')}
    ${days(view, 'autoClose.reminderDaysBefore', 'settings.auto.reminder.hint')}
    ${days(view, 'reopenWindowDays', 'settings.window.hint')}`,
  );
}

export function assignmentSection(view: SettingsView): TemplateResult {
  const { form, text } = view;
  const mode = form['assignment.mode'];
  return section(
    view,
    'settings.assignment',
    html`${choice(
      view,
      'assignment.mode',
      MODES.map((value) => ({ value, label: text.t(`settings.assignment.${value}`) })),
    )}
    ${
      mode === 'agent'
        ? choice(view, 'assignment.agentId', people(view, 'assignment.agentId', 'settings.assignment.choose'))
        : nothing
    }
    ${mode === 'category' ? byCategory(view) : nothing} ${mode === 'round_robin' ? turns(view) : nothing}
    ${toggle(view, 'assignment.assignToFirstReplier', 'settings.assignment.first.hint')}`,
  );
}

function byCategory(view: SettingsView): TemplateResult {
  return html`<div class="pairs">
    ${CATEGORIES.map((category) => {
      const path = `assignment.byCategory.${category}`;
      return choice(
        view,
        path,
        people(view, path, 'settings.assignment.none'),
        view.text.t(`category.${category}`),
      );
    })}
  </div>`;
}

function turns(view: SettingsView): TemplateResult {
  const { agents, text, form } = view;
  const id = 'assignment.agentIds';
  const note = { id, label: '', error: view.errors[id] };
  const listed = agents ?? [];
  const gone = turnTakers(form).filter((taker) => agents && !agents.some((agent) => agent.id === taker));
  return html`<fieldset id=${id} tabindex="-1" aria-describedby=${describedBy(note)}>
    <legend class="label">${text.t('settings.assignment.agents')}</legend>
    <div class="checks">
      ${
        agents?.length === 0 && gone.length === 0
          ? html`<p class="hint">${text.t('settings.no-agents')}</p>`
          : nothing
      }
      ${listed.map((agent) => check(view, TURN + agent.id, agent.name, agent.email))}
      ${gone.map((taker) => check(view, TURN + taker, text.t('settings.assignment.gone', { name: taker })))}
    </div>
    ${fieldNote(note)}
  </fieldset>`;
}

function people(view: SettingsView, path: string, none: TextKey): Option[] {
  const { agents, form, text } = view;
  const chosen = String(form[path] ?? '');
  const options = [
    { value: '', label: text.t(none) },
    ...(agents ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
  if (!options.some(({ value }) => value === chosen)) {
    const label = agents ? text.t('settings.assignment.gone', { name: chosen }) : chosen;
    options.push({ value: chosen, label });
  }
  return options;
}

function section(
  { text }: SettingsView,
  name: 'settings.general' | 'settings.mail' | 'settings.auto' | 'settings.assignment',
  content: TemplateResult,
): TemplateResult {
  return html`<section aria-labelledby=${name}>
    <div class="intro">
      <h3 id=${name}>${text.t(name)}</h3>
      <p class="hint">${text.t(`${name}.hint`)}</p>
    </div>
    <div class="content">${content}</div>
  </section>`;
}

function line(
  view: SettingsView,
  path: string,
  hint: TextKey,
  type: 'url' | 'email',
  placeholder?: string,
): TemplateResult {
  return inputField(fieldText(view, path, hint), {
    type,
    value: String(view.form[path] ?? ''),
    placeholder,
    onInput: (value) => view.set(path, value),
  });
}

function days(view: SettingsView, path: string, hint: TextKey): TemplateResult {
  return html`<div class="days">
    ${inputField(fieldText(view, path, hint), {
      type: 'number',
      value: String(view.form[path] ?? ''),
      onInput: (value) => view.set(path, value),
    })}
  </div>`;
}

function choice(view: SettingsView, path: string, options: Option[], label?: string): TemplateResult {
  return selectField(fieldText(view, path, undefined, label), {
    value: String(view.form[path] ?? ''),
    options,
    onChange: (value) => view.set(path, value),
  });
}

function fieldText({ text, errors }: SettingsView, path: string, hint?: TextKey, label?: string) {
  const key = LABELS[path];
  return {
    id: path,
    label: label ?? (key ? text.t(key) : path),
    hint: hint && text.t(hint),
    error: errors[path],
  };
}

/** A setting that is on or off, drawn as a switch. */
function toggle(view: SettingsView, path: string, hint: TextKey): TemplateResult {
  const text = fieldText(view, path, hint);
  return html`<div class="toggle" part="field">
    <div class="toggle-text">
      <label class="label" part="label" for=${path}>${text.label}</label>
      ${fieldNote(text)}
    </div>
    <input
      type="checkbox"
      class="switch"
      id=${path}
      aria-describedby=${describedBy(text)}
      .checked=${live(view.form[path] === true)}
      @change=${(event: Event) => view.set(path, (event.target as HTMLInputElement).checked)}
    />
  </div>`;
}

function check(view: SettingsView, path: string, label: string, detail?: string): TemplateResult {
  return html`<label class="checkbox">
    <input
      type="checkbox"
      .checked=${live(view.form[path] === true)}
      @change=${(event: Event) => view.set(path, (event.target as HTMLInputElement).checked)}
    />
    <span>${label}${detail ? html` <span class="muted">${detail}</span>` : nothing}</span>
  </label>`;
}
