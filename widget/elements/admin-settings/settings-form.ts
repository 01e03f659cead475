import type { FieldError } from '../../../server/contract/errors.ts';
import type { Settings } from '../../../server/contract/settings.ts';
import { CATEGORIES, NOTIFICATION_KINDS } from '../../../server/contract/vocabulary.ts';
import type { Text } from '../../text/text.ts';

/**
 * The settings as they stand in their boxes, by the dotted path that the server's errors use too. Flat, so that
 * two versions can be compared and merged field by field. Each agent of a round robin is a field of its own.
 */
export type SettingsForm = Readonly<Record<string, string | boolean>>;
/** In words, by path. */
export type SettingsErrors = Readonly<Record<string, string>>;

export const DAYS_MAX = 3650;
export const DAY_FIELDS = [
  'autoClose.resolvedAfterDays',
  'autoClose.waitingUserAfterDays',
  'autoClose.reminderDaysBefore',
  'reopenWindowDays',
] as const;
/** What stands before the id of an agent who takes turns. */
export const TURN = 'assignment.agentIds.';

export function toForm(settings: Settings): SettingsForm {
  const { notifications, autoClose, assignment } = settings;
  const form: Record<string, string | boolean> = {
    enabled: settings.enabled,
    supportUrl: settings.supportUrl ?? '',
    notificationEmail: settings.notificationEmail ?? '',
    'autoClose.resolvedAfterDays': String(autoClose.resolvedAfterDays),
    'autoClose.waitingUserAfterDays': String(autoClose.waitingUserAfterDays),
    'autoClose.reminderDaysBefore': String(autoClose.reminderDaysBefore),
    reopenWindowDays: String(settings.reopenWindowDays),
    'inboundMail.unknownSenders': settings.inboundMail.unknownSenders,
    'assignment.mode': assignment.mode,
    'assignment.agentId': assignment.agentId ?? '',
    'assignment.assignToFirstReplier': assignment.assignToFirstReplier,
  };
  for (const kind of NOTIFICATION_KINDS) form[`notifications.${kind}`] = notifications[kind];
  for (const category of CATEGORIES) {
    form[`assignment.byCategory.${category}`] = assignment.byCategory?.[category] ?? '';
  }
  for (const id of assignment.agentIds ?? []) form[TURN + id] = true;
  return form;
}

/** What is sent; ask `checkForm` first. */
export function fromForm(form: SettingsForm): Settings {
  const text = (path: string) => String(form[path] ?? '').trim();
  const byCategory = Object.fromEntries(
    CATEGORIES.map((category) => [category, text(`assignment.byCategory.${category}`)] as const).filter(
      ([, id]) => id !== '',
    ),
  );
  return {
    enabled: form['enabled'] === true,
    supportUrl: text('supportUrl') || null,
    notificationEmail: text('notificationEmail') || null,
    notifications: Object.fromEntries(
      NOTIFICATION_KINDS.map((kind) => [kind, form[`notifications.${kind}`] === true]),
    ) as Settings['notifications'],
    autoClose: {
      resolvedAfterDays: Number(text('autoClose.resolvedAfterDays')),
      waitingUserAfterDays: Number(text('autoClose.waitingUserAfterDays')),
      reminderDaysBefore: Number(text('autoClose.reminderDaysBefore')),
    },
    reopenWindowDays: Number(text('reopenWindowDays')),
    inboundMail: { unknownSenders: form['inboundMail.unknownSenders'] === true },
    assignment: {
      mode: text('assignment.mode') as Settings['assignment']['mode'],
      agentId: text('assignment.agentId') || null,
      byCategory,
      agentIds: turnTakers(form),
      assignToFirstReplier: form['assignment.assignToFirstReplier'] === true,
    },
  };
}

/** Ids of the agents who take turns. */
export function turnTakers(form: SettingsForm): string[] {
  return Object.entries(form).flatMap(([path, value]) =>
    path.startsWith(TURN) && value === true ? [path.slice(TURN.length)] : [],
  );
}

/** What the server would refuse, so that it is said at the field before anything is sent. */
export function checkForm(form: SettingsForm, text: Text): SettingsErrors {
  const errors: Record<string, string> = {};
  const url = String(form['supportUrl']).trim();
  if (url && !isWebAddress(url)) errors['supportUrl'] = text.t('settings.invalid.url');
  const email = String(form['notificationEmail']).trim();
  if (email && !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email)) {
    errors['notificationEmail'] = text.t('settings.invalid.email');
  }
  for (const path of DAY_FIELDS) {
    if (!isDays(form[path])) errors[path] = text.t('settings.invalid.days', { max: DAYS_MAX });
  }
  const reminder = 'autoClose.reminderDaysBefore';
  const waiting = Number(form['autoClose.waitingUserAfterDays']);
  if (!errors[reminder] && waiting > 0 && Number(form[reminder]) >= waiting) {
    errors[reminder] = text.t('settings.invalid.reminder', { count: waiting });
  }
  const mode = form['assignment.mode'];
  if (mode === 'agent' && !form['assignment.agentId']) {
    errors['assignment.agentId'] = text.t('settings.invalid.agent');
  }
  if (mode === 'round_robin' && turnTakers(form).length === 0) {
    errors['assignment.agentIds'] = text.t('settings.invalid.agents');
  }
  return errors;
}

/**
 * The server's errors at the fields that are shown.
 *
 * @returns whether every one of them has a field here
 */
export function placeErrors(
  form: SettingsForm,
  errors: readonly FieldError[],
): { placed: SettingsErrors; complete: boolean } {
  const placed: Record<string, string> = {};
  let complete = errors.length > 0;
  for (const { path, message } of errors) {
    const own = path.startsWith(TURN) ? 'assignment.agentIds' : path;
    if (own in form || own === 'assignment.agentIds') placed[own] ??= message;
    else complete = false;
  }
  return { placed, complete };
}

/** The fields that differ. An agent who never took turns is the same as one who does not. */
export function changedPaths(before: SettingsForm, after: SettingsForm): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (path) => (before[path] ?? false) !== (after[path] ?? false),
  );
}

/** What was changed here since `base`, on top of what somebody else made of it meanwhile. */
export function mergeForms(base: SettingsForm, mine: SettingsForm, theirs: SettingsForm): SettingsForm {
  const merged: Record<string, string | boolean> = { ...theirs };
  for (const path of changedPaths(base, mine)) merged[path] = mine[path] ?? false;
  return merged;
}

function isWebAddress(value: string): boolean {
  if (/\s/.test(value) || !/^https?:\/\//i.test(value)) return false;
  try {
    return new URL(value).hostname !== '';
  } catch {
    return false;
  }
}

function isDays(value: unknown): boolean {
  return typeof value === 'string' && /^\d{1,4}$/.test(value.trim()) && Number(value) <= DAYS_MAX;
}
