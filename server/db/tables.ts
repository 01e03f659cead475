import type { ColumnType, Generated } from 'kysely';
import type { Category, HistoryType, Priority, Role, Status } from '../contract/vocabulary.ts';

/** The rows of schema.sql, as Kysely sees them. They stay behind the repositories. */
export interface Tables {
  users: UserRow;
  tickets: TicketRow;
  ticket_counts: { status: Status; priority: Priority; category: Category; n: number };
  assignee_counts: {
    assignee_id: number;
    status: Status;
    priority: Priority;
    category: Category;
    n: number;
  };
  /** SQLite only, and of requesters with many tickets only. */
  requester_counts: {
    requester_id: number;
    status: Status;
    priority: Priority;
    category: Category;
    n: number;
  };
  /** SQLite only. */
  assignee_unread: { assignee_id: number; n: number };
  subject_trigrams: SearchRow;
  subject_words: SearchRow;
  messages: MessageRow;
  attachments: AttachmentRow;
  ticket_reads: { user_id: number; ticket_id: number; message_id: number };
  history: HistoryRow;
  settings: SettingsRow;
  outbox: OutboxRow;
  suppressed_addresses: SuppressedAddressRow;
  unsubscribed_addresses: { address: string; since: number };
  webhook_events: WebhookEventRow;
  keys: { name: string; value: string };
  inbound_mails: InboundMailRow;
  idempotency_keys: IdempotencyRow;
}

interface SearchRow {
  rowid: number;
  subject_search: string;
}

export interface UserRow {
  id: Generated<number>;
  external_id: string;
  email: string;
  name: string;
  role: Role;
  created_at: ColumnType<number, number, never>;
  seen_at: number;
  /** A tag of BCP 47; null: they have not said. */
  locale: string | null;
}

export interface TicketRow {
  id: Generated<number>;
  subject: string;
  subject_search: string;
  status: Status;
  priority: Priority;
  category: Category;
  related_app_id: string | null;
  related_app_name: string | null;
  requester_id: number;
  assignee_id: number | null;
  follow_up_of: number | null;
  created_at: number;
  updated_at: number;
  first_responded_at: number | null;
  resolved_at: number | null;
  closed_at: number | null;
  waiting_since: number | null;
  reminded_at: number | null;
  message_count: Generated<number>;
  note_count: Generated<number>;
  last_message_id: Generated<number>;
  last_public_message_id: Generated<number>;
  version: Generated<number>;
}

export interface MessageRow {
  id: Generated<number>;
  uid: string;
  ticket_id: number;
  author_id: number;
  author_role: Role;
  body: string;
  internal: Generated<number>;
  created_at: number;
}

export interface AttachmentRow {
  id: Generated<number>;
  uid: string;
  uploader_id: number;
  ticket_id: number | null;
  message_id: number | null;
  name: string;
  size: number;
  content_type: string;
  sha256: string;
  created_at: number;
}

export interface HistoryRow {
  seq: Generated<number>;
  ticket_id: number;
  requester_id: number;
  actor_id: number | null;
  actor_role: Role | null;
  type: HistoryType;
  from_value: string | null;
  to_value: string | null;
  message_id: number | null;
  internal: Generated<number>;
  created_at: number;
}

export interface SettingsRow {
  id: number;
  value: string;
  version: Generated<number>;
  round_robin_position: Generated<number>;
  updated_at: number;
  updated_by: number | null;
}

export interface OutboxRow {
  id: Generated<number>;
  ticket_id: number | null;
  message_id: number | null;
  kind: string;
  recipient: string;
  recipient_id: number | null;
  payload: string;
  idempotency_key: string;
  state: OutboxState;
  merged_into: number | null;
  attempts: Generated<number>;
  next_attempt_at: number;
  first_attempt_at: number | null;
  prepared_at: number | null;
  provider_id: string | null;
  message_ref: string | null;
  error: string | null;
  created_at: number;
  finished_at: number | null;
}

export type OutboxState =
  | 'queued'
  | 'sending'
  | 'captured'
  | 'sent'
  | 'delivered'
  | 'bounced'
  | 'complained'
  | 'failed'
  | 'suppressed'
  | 'read'
  | 'merged';

export interface SuppressedAddressRow {
  /** In lower case. */
  address: string;
  reason: 'bounced' | 'complained';
  detail: string | null;
  since: number;
}

export interface WebhookEventRow {
  id: string;
  type: string;
  provider_id: string | null;
  detail: string | null;
  message_ref: string | null;
  received_at: number;
}

export interface InboundMailRow {
  id: Generated<number>;
  uid: string;
  provider_id: string;
  state: 'queued' | 'fetching' | 'accepted' | 'quarantined' | 'ignored' | 'dropped';
  reason: string | null;
  attempts: Generated<number>;
  next_attempt_at: number;
  message_ref: string | null;
  from_address: string | null;
  from_name: string | null;
  subject: string | null;
  original: string | null;
  verdict: 'pass' | 'fail' | 'none' | null;
  file_names: string | null;
  ticket_id: number | null;
  message_id: number | null;
  received_at: number;
  finished_at: number | null;
}

export interface IdempotencyRow {
  user_id: number;
  route: string;
  key: string;
  request_hash: string;
  ticket_id: number | null;
  message_id: number | null;
  created_at: number;
}
