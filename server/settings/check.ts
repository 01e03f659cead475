import { SupportError, type FieldError } from '../contract/errors.ts';
import type { Settings, SettingsInput } from '../contract/settings.ts';
import type { Trx } from '../db/transact.ts';
import { findAgentIds } from './repository.ts';

const NOT_AN_AGENT = 'Is not a known agent. Agents are known once they have opened the support center.';

/**
 * What one field's schema cannot see. Only fields that the input names are checked: an agent who has left
 * must not keep an admin from changing something else.
 *
 * @throws SupportError `validation_failed`
 */
export async function checkSettings(trx: Trx, settings: Settings, input: SettingsInput): Promise<void> {
  const errors: FieldError[] = [];
  if (input.supportUrl && /[\s\p{Cc}\p{Cs}]/u.test(input.supportUrl)) {
    errors.push({ path: 'supportUrl', message: 'Must not contain spaces or control characters.' });
  }
  if (input.autoClose) {
    const { waitingUserAfterDays, reminderDaysBefore } = settings.autoClose;
    if (waitingUserAfterDays > 0 && reminderDaysBefore >= waitingUserAfterDays) {
      errors.push({
        path: 'autoClose.reminderDaysBefore',
        message: `Must be less than the ${waitingUserAfterDays} days after which the ticket is resolved.`,
      });
    }
  }
  if (input.assignment) errors.push(...(await checkAssignment(trx, settings.assignment)));
  if (errors.length === 0) return;
  const detail = errors.map((error) => `${error.path}: ${error.message}`).join(' ');
  throw new SupportError('validation_failed', detail.slice(0, 500), { errors });
}

async function checkAssignment(trx: Trx, assignment: Settings['assignment']): Promise<FieldError[]> {
  const errors: FieldError[] = [];
  const named = namedAgents(assignment);
  if (assignment.mode === 'agent' && named.length === 0) {
    errors.push({ path: 'assignment.agentId', message: 'Choose the agent who gets new tickets.' });
  }
  if (assignment.mode === 'round_robin' && named.length === 0) {
    errors.push({ path: 'assignment.agentIds', message: 'Choose at least one agent.' });
  }
  const known = await findAgentIds(
    trx,
    named.map(({ id }) => id),
  );
  const seen = new Set<string>();
  for (const { path, id } of named) {
    if (!known.has(id)) errors.push({ path, message: NOT_AN_AGENT });
    else if (assignment.mode === 'round_robin' && seen.has(id)) {
      errors.push({ path, message: 'Names an agent twice.' });
    }
    seen.add(id);
  }
  return errors;
}

/** The agents that the chosen mode would assign; what the other modes once named does not matter. */
function namedAgents(assignment: Settings['assignment']): Array<{ path: string; id: string }> {
  switch (assignment.mode) {
    case 'none':
      return [];
    case 'agent':
      return assignment.agentId ? [{ path: 'assignment.agentId', id: assignment.agentId }] : [];
    case 'category':
      return Object.entries(assignment.byCategory ?? {}).flatMap(([category, id]) =>
        id ? [{ path: `assignment.byCategory.${category}`, id }] : [],
      );
    case 'round_robin':
      return (assignment.agentIds ?? []).map((id, index) => ({ path: `assignment.agentIds.${index}`, id }));
  }
}
