import fc from 'fast-check';
import { expect, test } from 'vitest';
import { STATUSES } from '../contract/vocabulary.ts';
import { enterStatus, statusAfterAgentReply, statusAfterClientReply } from './transitions.ts';

const statuses = fc.constantFrom(...STATUSES);

test('a status has its own stamp, and no other', () => {
  fc.assert(
    fc.property(statuses, fc.nat(), (status, now) => {
      expect(enterStatus(status, now)).toEqual({
        status,
        resolved_at: status === 'resolved' ? now : null,
        closed_at: status === 'closed' ? now : null,
        waiting_since: status === 'waiting_user' ? now : null,
        reminded_at: null,
      });
    }),
  );
});

test('an agent’s reply waits for the user, unless it names a status', () => {
  expect(statusAfterAgentReply(undefined)).toBe('waiting_user');
  for (const named of STATUSES) expect(statusAfterAgentReply(named)).toBe(named);
});

test('a client’s reply never leaves a ticket waiting, resolved or closed', () => {
  fc.assert(
    fc.property(statuses, fc.boolean(), (status, assigned) => {
      const after = statusAfterClientReply({ status, assigned });
      expect(['open', 'in_progress']).toContain(after);
      expect(statusAfterClientReply({ status: after, assigned })).toBe(after);
      if (status === 'open' || status === 'in_progress') expect(after).toBe(status);
      else expect(after).toBe(assigned ? 'in_progress' : 'open');
    }),
  );
});
