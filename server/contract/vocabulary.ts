/**
 * The words that server, element and mails share. Imports nothing, so that the
 * element can take it into its bundle for a few hundred bytes.
 */

export const STATUSES = ['open', 'in_progress', 'waiting_user', 'resolved', 'closed'] as const;
export type Status = (typeof STATUSES)[number];

/** From least to most pressing: the order of `sort=priority` is this one, reversed. */
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const CATEGORIES = ['billing', 'technical', 'account', 'general'] as const;
export type Category = (typeof CATEGORIES)[number];

/** client: own tickets. agent: every ticket and every control but Delete. admin: everything. */
export const ROLES = ['client', 'agent', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const SORTS = ['newest', 'oldest', 'updated', 'priority'] as const;
export type Sort = (typeof SORTS)[number];

/** Where the mail of a message stands, as agents see it. */
export const DELIVERY_STATES = [
  'queued',
  'captured',
  'sent',
  'delivered',
  'bounced',
  'complained',
  'failed',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What a history entry tells. Clients see every kind but `assignee`-less internals; see `rules/visibility.ts`. */
export const HISTORY_TYPES = [
  'created',
  'replied',
  'noted',
  'status',
  'priority',
  'category',
  'assignee',
  'deleted',
] as const;
export type HistoryType = (typeof HISTORY_TYPES)[number];

/** Agents and admins work tickets; clients file them. */
export function isAgentRole(role: Role): role is 'agent' | 'admin' {
  return role === 'agent' || role === 'admin';
}

/** Which events mail whom. Nothing about an internal note ever mails a client, whatever stands here. */
export const NOTIFICATION_KINDS = [
  'confirmation',
  'newTicket',
  'agentReply',
  'resolved',
  'closed',
  'reminder',
  'clientReply',
  'assigned',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];
