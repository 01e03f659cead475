import type { Settings } from '../contract/settings.ts';
import type { Category } from '../contract/vocabulary.ts';

type Assignment = Settings['assignment'];

/** Whether a new ticket takes a turn: only then may the position advance. */
export function takesTurn(assignment: Assignment): boolean {
  return assignment.mode === 'round_robin' && (assignment.agentIds?.length ?? 0) > 0;
}

/**
 * Rule 8: who gets a new ticket, best first. The service takes the first who is still an agent, so that
 * somebody who has left neither receives tickets nor stops the round for the others.
 *
 * @param position tickets dealt out before this one; only `round_robin` reads it
 * @returns ids of agents (`sub`); empty: nobody
 */
export function chooseAssignee(assignment: Assignment, category: Category, position: number): string[] {
  switch (assignment.mode) {
    case 'none':
      return [];
    case 'agent':
      return present(assignment.agentId);
    case 'category':
      return present(assignment.byCategory?.[category]);
    case 'round_robin': {
      const agents = assignment.agentIds ?? [];
      if (agents.length === 0) return [];
      const first = ((position % agents.length) + agents.length) % agents.length;
      return [...agents.slice(first), ...agents.slice(0, first)];
    }
  }
}

function present(id: string | null | undefined): string[] {
  return id ? [id] : [];
}
