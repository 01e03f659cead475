import type { Tables } from '../db/tables.ts';

/** One go over a table, rows in the order of their key. */
export interface Step {
  name: string;
  table: keyof Tables;
  key: readonly string[];
  /** SQL: the rows of this step, where the table has several. */
  where?: string;
  /** The key is given by the database: its next one has to be set. */
  numbered?: boolean;
}

/** Every table that holds something of its own, such that what a row refers to comes before it. */
export const STEPS: readonly Step[] = [
  { name: 'users', table: 'users', key: ['id'], numbered: true },
  { name: 'tickets', table: 'tickets', key: ['id'], numbered: true },
  { name: 'messages', table: 'messages', key: ['id'], numbered: true },
  { name: 'attachments', table: 'attachments', key: ['id'], numbered: true },
  { name: 'ticket_reads', table: 'ticket_reads', key: ['user_id', 'ticket_id'] },
  { name: 'history', table: 'history', key: ['seq'] },
  { name: 'settings', table: 'settings', key: ['id'] },
  { name: 'outbox', table: 'outbox', key: ['id'], where: 'merged_into IS NULL', numbered: true },
  // A mail may have become part of one with a higher number.
  { name: 'outbox (merged)', table: 'outbox', key: ['id'], where: 'merged_into IS NOT NULL' },
  { name: 'suppressed_addresses', table: 'suppressed_addresses', key: ['address'] },
  { name: 'unsubscribed_addresses', table: 'unsubscribed_addresses', key: ['address'] },
  { name: 'webhook_events', table: 'webhook_events', key: ['id'] },
  { name: 'keys', table: 'keys', key: ['name'] },
  { name: 'inbound_mails', table: 'inbound_mails', key: ['id'], numbered: true },
  { name: 'idempotency_keys', table: 'idempotency_keys', key: ['user_id', 'route', 'key'] },
];

/** What the database makes of the tickets by itself, and is not copied. */
export const DERIVED = new Set([
  'ticket_counts',
  'assignee_counts',
  'requester_counts',
  'assignee_unread',
  'subject_trigrams',
  'subject_words',
  'subject_tail',
]);

export type Row = Record<string, string | number | null>;
export type Key = Array<string | number>;

export function keyOf({ key }: Step, row: Row): Key {
  return key.map((column) => row[column]!);
}
