import { isAgentRole } from '../contract/vocabulary.ts';
import { SupportError } from '../contract/errors.ts';
import type { Deps } from '../deps.ts';
import type { Gate } from '../http/gate.ts';
import { readSettings } from '../settings/service.ts';

/** Keeps clients out while support is switched off; agents and admins go on working. */
export function requireEnabled(deps: Deps): Gate {
  const check = async () => {
    if ((await readSettings(deps.db)).enabled) return;
    throw new SupportError('support_disabled', 'Support is switched off at the moment.');
  };
  return (c) => (isAgentRole(c.get('actor').role) ? undefined : check());
}
