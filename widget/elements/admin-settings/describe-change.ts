import type { Person } from '../../../server/contract/tickets.ts';
import type { Text, TextKey } from '../../text/text.ts';
import { LABELS } from './sections.ts';
import { TURN, type SettingsForm } from './settings-form.ts';

/** One field that somebody else changed, in words: "Reopen window (days): 7 → 14". */
export function describeChange(
  path: string,
  before: SettingsForm,
  after: SettingsForm,
  text: Text,
  agents: readonly Person[],
): string {
  const nameOf = (id: string) => agents.find((agent) => agent.id === id)?.name ?? id;
  const words = (value: string | boolean | undefined): string => {
    if (value === undefined || typeof value === 'boolean')
      return text.t(value ? 'settings.on' : 'settings.off');
    if (path === 'assignment.mode') return text.t(`settings.assignment.${value}` as TextKey);
    if (value === '') {
      return text.t(path.startsWith('assignment.') ? 'settings.assignment.none' : 'settings.empty');
    }
    return path.startsWith('assignment.') ? nameOf(value) : value;
  };
  const values = { from: words(before[path]), to: words(after[path]) };
  return text.t('settings.conflict.change', { field: fieldName(path, text, nameOf), ...values });
}

function fieldName(path: string, text: Text, nameOf: (id: string) => string): string {
  const key = LABELS[path];
  if (key) return text.t(key);
  if (path.startsWith(TURN)) {
    return `${text.t('settings.assignment.agents')} · ${nameOf(path.slice(TURN.length))}`;
  }
  const [group, ...rest] = path.split('.');
  const last = rest.at(-1) ?? '';
  return group === 'notifications'
    ? `${text.t('settings.mail')} · ${text.t(`settings.notify.${last}` as TextKey)}`
    : `${text.t('settings.assignment')} · ${text.t(`category.${last}` as TextKey)}`;
}
