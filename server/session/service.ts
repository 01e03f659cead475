import { LIMITS, type SessionLimits } from '../contract/limits.ts';
import type { Center, Session } from '../contract/session.ts';
import type { Actor, Deps } from '../deps.ts';
import { permissionsOf } from '../rules/permissions.ts';
import { readSettings } from '../settings/service.ts';

const SESSION_LIMITS: SessionLimits = {
  subjectMaxLength: LIMITS.subjectMaxLength,
  bodyMaxLength: LIMITS.bodyMaxLength,
  fileMaxBytes: LIMITS.fileMaxBytes,
  filesPerMessage: LIMITS.filesPerMessage,
  storageMaxBytes: LIMITS.storageMaxBytes,
};

/** Whether support is on, and where the external helpdesk is if one is set: everybody may know. */
export async function readCenter(deps: Deps): Promise<Center> {
  const { enabled, supportUrl } = await readSettings(deps.db);
  return { enabled, supportUrl };
}

/** Who the actor is and what the element may show them. Also answered while support is switched off. */
export async function readSession(deps: Deps, actor: Actor): Promise<Session> {
  return {
    actor: { id: actor.id, name: actor.name, email: actor.email, role: actor.role },
    permissions: permissionsOf(actor.role),
    center: await readCenter(deps),
    limits: SESSION_LIMITS,
    relatedApps: actor.relatedApps ?? [],
  };
}
