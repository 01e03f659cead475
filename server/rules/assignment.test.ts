import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATEGORIES } from '../contract/vocabulary.ts';
import { chooseAssignee, takesTurn } from './assignment.ts';

const base = { assignToFirstReplier: false } as const;

test('none and unset modes choose nobody', () => {
  expect(chooseAssignee({ ...base, mode: 'none', agentId: 'a' }, 'billing', 0)).toEqual([]);
  expect(chooseAssignee({ ...base, mode: 'agent', agentId: null }, 'billing', 0)).toEqual([]);
  expect(chooseAssignee({ ...base, mode: 'category' }, 'billing', 0)).toEqual([]);
  expect(chooseAssignee({ ...base, mode: 'round_robin', agentIds: [] }, 'billing', 3)).toEqual([]);
});

test('one agent gets everything, one a category gets theirs', () => {
  const byCategory = { billing: 'b', technical: null };
  expect(chooseAssignee({ ...base, mode: 'agent', agentId: 'a' }, 'billing', 0)).toEqual(['a']);
  const chosen = CATEGORIES.map((category) =>
    chooseAssignee({ ...base, mode: 'category', byCategory }, category, 0),
  );
  expect(chosen).toEqual([['b'], [], [], []]);
});

describe('round robin', () => {
  const agentIds = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 20 });

  test('deals evenly over any run of turns, and names the others next', () => {
    fc.assert(
      fc.property(agentIds, fc.nat(), fc.nat(50), (agentIds, start, turns) => {
        const assignment = { ...base, mode: 'round_robin' as const, agentIds };
        const dealt = new Map(agentIds.map((id) => [id, 0]));
        for (let turn = start; turn < start + turns; turn++) {
          const order = chooseAssignee(assignment, 'general', turn);
          expect([...order].sort()).toEqual([...agentIds].sort());
          dealt.set(order[0]!, dealt.get(order[0]!)! + 1);
        }
        expect(Math.max(...dealt.values()) - Math.min(...dealt.values())).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('only it takes turns, and only among somebody', () => {
    expect(takesTurn({ ...base, mode: 'round_robin', agentIds: ['a'] })).toBe(true);
    expect(takesTurn({ ...base, mode: 'round_robin', agentIds: [] })).toBe(false);
    expect(takesTurn({ ...base, mode: 'agent', agentId: 'a', agentIds: ['a'] })).toBe(false);
  });
});
