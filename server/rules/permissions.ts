import type { Permissions } from '../contract/session.ts';
import { isAgentRole, type Role } from '../contract/vocabulary.ts';

/** What a role allows (contract section 1). */
export function permissionsOf(role: Role): Permissions {
  const agent = isAgentRole(role);
  return {
    viewAllTickets: agent,
    manageTickets: agent,
    writeNotes: agent,
    deleteTickets: role === 'admin',
    manageSettings: role === 'admin',
  };
}
