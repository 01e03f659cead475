import { describe, expect, test } from 'vitest';
import { HISTORY_TYPES } from '../contract/vocabulary.ts';
import { permissionsOf } from './permissions.ts';
import { canReadEntry, isUnread } from './visibility.ts';

test('roles allow what the contract says, each more than the one before', () => {
  expect(Object.values(permissionsOf('client'))).not.toContain(true);
  expect(permissionsOf('agent')).toEqual({
    viewAllTickets: true,
    manageTickets: true,
    writeNotes: true,
    deleteTickets: false,
    manageSettings: false,
  });
  expect(Object.values(permissionsOf('admin'))).not.toContain(false);
});

test('a client reads no entry about a note', () => {
  for (const type of HISTORY_TYPES) {
    expect(canReadEntry('client', { type, internal: true })).toBe(false);
    expect(canReadEntry('client', { type, internal: false })).toBe(type !== 'noted');
    expect(canReadEntry('agent', { type, internal: true })).toBe(true);
  }
});

describe('unread', () => {
  const ticket = { lastMessageId: 9, lastPublicMessageId: 7, assigneeId: null };
  const client = { role: 'client', userId: 1 } as const;
  const agent = { role: 'agent', userId: 2 } as const;

  test('for a client is what is public and new', () => {
    expect(isUnread(client, ticket, null)).toBe(true);
    expect(isUnread(client, ticket, 6)).toBe(true);
    expect(isUnread(client, ticket, 7)).toBe(false);
  });

  test('for an agent is anything new where they have been, and what is theirs or nobody’s elsewhere', () => {
    expect(isUnread(agent, ticket, 8)).toBe(true);
    expect(isUnread(agent, ticket, 9)).toBe(false);
    expect(isUnread(agent, ticket, null)).toBe(true);
    expect(isUnread(agent, { ...ticket, assigneeId: 2 }, null)).toBe(true);
    expect(isUnread(agent, { ...ticket, assigneeId: 3 }, null)).toBe(false);
    expect(isUnread(agent, { ...ticket, assigneeId: 3 }, 8)).toBe(true);
  });
});
