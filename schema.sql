-- The database of support-center: what a fresh SQLite file gets.
-- An older file becomes equal to it through server/db/migrations/.
-- Times are milliseconds since 1970 UTC; `ticket.id` is the number after the prefix.

PRAGMA user_version = 6;

-- People -------------------------------------------------------------------

-- Known from the tokens the server has seen. `locale` is a tag of BCP 47; null: they have not said.
CREATE TABLE users (
  id           INTEGER PRIMARY KEY,
  external_id  TEXT    NOT NULL UNIQUE,          -- `sub` of the token, `id` on the wire
  email        TEXT    NOT NULL,
  name         TEXT    NOT NULL,
  role         TEXT    NOT NULL CHECK (role IN ('client', 'agent', 'admin')),
  created_at   INTEGER NOT NULL,
  seen_at      INTEGER NOT NULL,
  locale       TEXT CHECK (length(locale) BETWEEN 2 AND 35)
) STRICT;
CREATE INDEX users_agents ON users (name, id) WHERE role <> 'client';
-- Who a mail is from.
CREATE INDEX users_email  ON users (lower(email));

-- Tickets ------------------------------------------------------------------

CREATE TABLE tickets (
  id                     INTEGER PRIMARY KEY AUTOINCREMENT,  -- from 1001, never used twice
  subject                TEXT    NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
  subject_search         TEXT    NOT NULL,                   -- folded by server/db/search.ts
  status                 TEXT    NOT NULL CHECK (status IN ('open', 'in_progress', 'waiting_user', 'resolved', 'closed')),
  priority               TEXT    NOT NULL CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
  category               TEXT    NOT NULL CHECK (category IN ('billing', 'technical', 'account', 'general')),
  related_app_id         TEXT,
  related_app_name       TEXT,
  requester_id           INTEGER NOT NULL REFERENCES users (id),
  assignee_id            INTEGER REFERENCES users (id),
  follow_up_of           INTEGER REFERENCES tickets (id) ON DELETE SET NULL,
  created_at             INTEGER NOT NULL,
  updated_at             INTEGER NOT NULL,                   -- notes leave it alone
  first_responded_at     INTEGER,
  resolved_at            INTEGER,
  closed_at              INTEGER,
  waiting_since          INTEGER,                            -- last agent reply or change to waiting_user
  reminded_at            INTEGER,                            -- the reminder of this wait is out
  message_count          INTEGER NOT NULL DEFAULT 0,         -- without notes
  note_count             INTEGER NOT NULL DEFAULT 0,
  last_message_id        INTEGER NOT NULL DEFAULT 0,         -- notes included
  last_public_message_id INTEGER NOT NULL DEFAULT 0,
  version                INTEGER NOT NULL DEFAULT 1,         -- the ETag; notes leave it alone
  -- What a list shows of it, made once when it is written and not with each list: the numbers that the rest hangs
  -- on, then the part of the JSON that is the same for every reader. Read by server/db/ticket-cards.ts.
  card TEXT GENERATED ALWAYS AS (
    id || ',' || requester_id || ',' || ifnull(assignee_id, '') || ',' || ifnull(follow_up_of, '')
    || ',' || ifnull(closed_at, '') || ',' || message_count || ',' || note_count || ',' || last_message_id || ',' || last_public_message_id
    || ',' || updated_at || '|"subject":' || json_quote(subject) || ',"status":"' || status
    || '","priority":"' || priority || '","category":"' || category || '","relatedApp":'
    || iif(related_app_id IS NULL, 'null', json_object('id', related_app_id, 'name', related_app_name))
    || ',"createdAt":' || ifnull(strftime('"%Y-%m-%dT%H:%M:%fZ"', created_at / 1000.0, 'unixepoch'), 'null')
    || ',"updatedAt":' || ifnull(strftime('"%Y-%m-%dT%H:%M:%fZ"', updated_at / 1000.0, 'unixepoch'), 'null')
    || ',"firstRespondedAt":' || ifnull(strftime('"%Y-%m-%dT%H:%M:%fZ"', first_responded_at / 1000.0, 'unixepoch'), 'null')
    || ',"resolvedAt":' || ifnull(strftime('"%Y-%m-%dT%H:%M:%fZ"', resolved_at / 1000.0, 'unixepoch'), 'null')
    || ',"closedAt":' || ifnull(strftime('"%Y-%m-%dT%H:%M:%fZ"', closed_at / 1000.0, 'unixepoch'), 'null')
    || ',"version":' || version
  ) STORED,
  CHECK ((related_app_id IS NULL) = (related_app_name IS NULL)),
  CHECK ((status = 'resolved') = (resolved_at IS NOT NULL)),
  CHECK ((status = 'closed') = (closed_at IS NOT NULL)),
  CHECK ((status = 'waiting_user') = (waiting_since IS NOT NULL))
) STRICT;
INSERT INTO sqlite_sequence (name, seq) VALUES ('tickets', 1000);

-- Every index ends in the rowid, so `ORDER BY id` is free under each of them.
CREATE INDEX tickets_status            ON tickets (status);
CREATE INDEX tickets_priority          ON tickets (priority);
CREATE INDEX tickets_category          ON tickets (category);
CREATE INDEX tickets_status_priority   ON tickets (status, priority);
CREATE INDEX tickets_status_category   ON tickets (status, category);
CREATE INDEX tickets_triple            ON tickets (status, priority, category);
-- The same for `sort=updated`: of two filters, it reads a part of the triple for each value of the third, side by side.
-- `sort=priority` walks the ones above, most pressing first.
CREATE INDEX tickets_updated                   ON tickets (updated_at);
CREATE INDEX tickets_status_updated            ON tickets (status, updated_at);
CREATE INDEX tickets_priority_updated          ON tickets (priority, updated_at);
CREATE INDEX tickets_category_updated          ON tickets (category, updated_at);
CREATE INDEX tickets_triple_updated            ON tickets (status, priority, category, updated_at);
-- Somebody's own, by either order; under filters a part for each combination of values is read, side by side.
CREATE INDEX tickets_requester                ON tickets (requester_id);
CREATE INDEX tickets_requester_updated        ON tickets (requester_id, updated_at);
CREATE INDEX tickets_requester_triple         ON tickets (requester_id, status, priority, category);
CREATE INDEX tickets_requester_triple_updated ON tickets (requester_id, status, priority, category, updated_at);
CREATE INDEX tickets_assignee_status          ON tickets (assignee_id, status);
CREATE INDEX tickets_assignee_triple          ON tickets (assignee_id, status, priority, category);
CREATE INDEX tickets_assignee_status_updated  ON tickets (assignee_id, status, updated_at);
CREATE INDEX tickets_assignee_triple_updated  ON tickets (assignee_id, status, priority, category, updated_at);
-- What auto-close looks for: by the CHECKs above, the tickets that are resolved and that wait.
CREATE INDEX tickets_resolved_at   ON tickets (resolved_at)   WHERE resolved_at IS NOT NULL;
CREATE INDEX tickets_waiting_since ON tickets (waiting_since) WHERE waiting_since IS NOT NULL;
CREATE INDEX tickets_follow_up_of  ON tickets (follow_up_of)  WHERE follow_up_of IS NOT NULL;

-- Badge counts: read in microseconds at any size. assignee_id 0 is nobody.
CREATE TABLE ticket_counts (
  status   TEXT    NOT NULL,
  priority TEXT    NOT NULL,
  category TEXT    NOT NULL,
  n        INTEGER NOT NULL,
  PRIMARY KEY (status, priority, category)
) STRICT, WITHOUT ROWID;
CREATE TABLE assignee_counts (
  assignee_id INTEGER NOT NULL,
  status      TEXT    NOT NULL,
  priority    TEXT    NOT NULL,
  category    TEXT    NOT NULL,
  n           INTEGER NOT NULL,
  PRIMARY KEY (assignee_id, status, priority, category)
) STRICT, WITHOUT ROWID;
-- Of requesters with more than a hundred tickets, whose badges would take a look at each: who is here at all is here with
-- every ticket of theirs.
CREATE TABLE requester_counts (
  requester_id INTEGER NOT NULL,
  status       TEXT    NOT NULL,
  priority     TEXT    NOT NULL,
  category     TEXT    NOT NULL,
  n            INTEGER NOT NULL,
  PRIMARY KEY (requester_id, status, priority, category)
) STRICT, WITHOUT ROWID;
-- How many of somebody's tickets that are not closed have something new for them, notes included: those of an agent
-- are too many to be counted with each list.
CREATE TABLE assignee_unread (
  assignee_id INTEGER PRIMARY KEY,
  n           INTEGER NOT NULL
) STRICT;

-- Search in subjects: trigrams for three letters and more, word beginnings for one and two.
CREATE VIRTUAL TABLE subject_trigrams USING fts5 (
  subject_search, content = 'tickets', content_rowid = 'id', tokenize = 'trigram', detail = 'none'
);
CREATE VIRTUAL TABLE subject_words USING fts5 (
  subject_search, content = 'tickets', content_rowid = 'id', tokenize = 'unicode61', prefix = '1 2', detail = 'none'
);
INSERT INTO subject_trigrams (subject_trigrams, rank) VALUES ('secure-delete', 1);
INSERT INTO subject_words (subject_words, rank) VALUES ('secure-delete', 1);

-- Up to which ticket subjects are indexed. Those of the few behind it are looked at one by one, and indexed together:
-- every addition to a full-text index writes eight pages, however much it adds.
CREATE TABLE subject_tail (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  indexed_to INTEGER NOT NULL
) STRICT;
INSERT INTO subject_tail (id, indexed_to) VALUES (1, 1000);

CREATE TRIGGER tickets_inserted AFTER INSERT ON tickets BEGIN
  INSERT INTO ticket_counts (status, priority, category, n) VALUES (new.status, new.priority, new.category, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO assignee_counts (assignee_id, status, priority, category, n)
    VALUES (ifnull(new.assignee_id, 0), new.status, new.priority, new.category, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO requester_counts (requester_id, status, priority, category, n)
    SELECT new.requester_id, new.status, new.priority, new.category, 1
    WHERE EXISTS (SELECT 1 FROM requester_counts WHERE requester_id = new.requester_id)
    ON CONFLICT DO UPDATE SET n = n + 1;
  -- Every sixteenth ticket looks whether its requester has become one of them.
  INSERT INTO requester_counts (requester_id, status, priority, category, n)
    SELECT requester_id, status, priority, category, count(*) FROM tickets
    WHERE new.id % 16 = 0 AND requester_id = new.requester_id
      AND NOT EXISTS (SELECT 1 FROM requester_counts WHERE requester_id = new.requester_id)
      AND (SELECT count(*) FROM (SELECT 1 FROM tickets WHERE requester_id = new.requester_id LIMIT 101)) > 100
    GROUP BY status, priority, category;
END;
-- Sixteen together; one that takes an earlier number, such as an import's, at once.
CREATE TRIGGER tickets_indexed AFTER INSERT ON tickets
WHEN new.id NOT BETWEEN (SELECT indexed_to + 1 FROM subject_tail) AND (SELECT indexed_to + 15 FROM subject_tail)
BEGIN
  INSERT INTO subject_trigrams (rowid, subject_search)
    SELECT id, subject_search FROM tickets
    WHERE id BETWEEN min(new.id, (SELECT indexed_to + 1 FROM subject_tail)) AND new.id;
  INSERT INTO subject_words (rowid, subject_search)
    SELECT id, subject_search FROM tickets
    WHERE id BETWEEN min(new.id, (SELECT indexed_to + 1 FROM subject_tail)) AND new.id;
  UPDATE subject_tail SET indexed_to = new.id WHERE new.id > indexed_to;
END;
CREATE TRIGGER tickets_deleted AFTER DELETE ON tickets BEGIN
  UPDATE ticket_counts SET n = n - 1
    WHERE status = old.status AND priority = old.priority AND category = old.category;
  UPDATE assignee_counts SET n = n - 1
    WHERE assignee_id = ifnull(old.assignee_id, 0)
      AND status = old.status AND priority = old.priority AND category = old.category;
  UPDATE requester_counts SET n = n - 1
    WHERE requester_id = old.requester_id
      AND status = old.status AND priority = old.priority AND category = old.category;
END;
CREATE TRIGGER tickets_forgotten AFTER DELETE ON tickets
WHEN old.id <= (SELECT indexed_to FROM subject_tail)
BEGIN
  INSERT INTO subject_trigrams (subject_trigrams, rowid, subject_search) VALUES ('delete', old.id, old.subject_search);
  INSERT INTO subject_words (subject_words, rowid, subject_search) VALUES ('delete', old.id, old.subject_search);
END;
CREATE TRIGGER tickets_counted AFTER UPDATE OF status, priority, category, assignee_id ON tickets
WHEN old.status <> new.status OR old.priority <> new.priority OR old.category <> new.category
  OR old.assignee_id IS NOT new.assignee_id
BEGIN
  UPDATE ticket_counts SET n = n - 1
    WHERE status = old.status AND priority = old.priority AND category = old.category;
  INSERT INTO ticket_counts (status, priority, category, n) VALUES (new.status, new.priority, new.category, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
  UPDATE assignee_counts SET n = n - 1
    WHERE assignee_id = ifnull(old.assignee_id, 0)
      AND status = old.status AND priority = old.priority AND category = old.category;
  INSERT INTO assignee_counts (assignee_id, status, priority, category, n)
    VALUES (ifnull(new.assignee_id, 0), new.status, new.priority, new.category, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
  UPDATE requester_counts SET n = n - 1
    WHERE requester_id = old.requester_id
      AND status = old.status AND priority = old.priority AND category = old.category;
  INSERT INTO requester_counts (requester_id, status, priority, category, n)
    SELECT new.requester_id, new.status, new.priority, new.category, 1
    WHERE EXISTS (SELECT 1 FROM requester_counts WHERE requester_id = new.requester_id)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER tickets_renamed AFTER UPDATE OF subject_search ON tickets
WHEN old.subject_search <> new.subject_search AND old.id <= (SELECT indexed_to FROM subject_tail)
BEGIN
  INSERT INTO subject_trigrams (subject_trigrams, rowid, subject_search) VALUES ('delete', old.id, old.subject_search);
  INSERT INTO subject_words (subject_words, rowid, subject_search) VALUES ('delete', old.id, old.subject_search);
  INSERT INTO subject_trigrams (rowid, subject_search) VALUES (new.id, new.subject_search);
  INSERT INTO subject_words (rowid, subject_search) VALUES (new.id, new.subject_search);
END;
-- Something new for its assignee: `last_message_id` is behind the mark of `ticket_reads`.
CREATE TRIGGER tickets_unread_inserted AFTER INSERT ON tickets
WHEN new.assignee_id IS NOT NULL AND new.status <> 'closed' AND new.last_message_id > 0
BEGIN
  INSERT INTO assignee_unread (assignee_id, n) VALUES (new.assignee_id, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER tickets_unread_changed AFTER UPDATE OF status, assignee_id, last_message_id ON tickets
WHEN old.assignee_id IS NOT new.assignee_id OR new.assignee_id IS NOT NULL
  AND (old.last_message_id <> new.last_message_id OR (old.status = 'closed') <> (new.status = 'closed'))
BEGIN
  UPDATE assignee_unread SET n = n - 1 WHERE assignee_id = old.assignee_id AND old.status <> 'closed'
    AND old.last_message_id
      > ifnull((SELECT message_id FROM ticket_reads WHERE user_id = old.assignee_id AND ticket_id = old.id), 0);
  INSERT INTO assignee_unread (assignee_id, n) SELECT new.assignee_id, 1
    WHERE new.assignee_id IS NOT NULL AND new.status <> 'closed' AND new.last_message_id
      > ifnull((SELECT message_id FROM ticket_reads WHERE user_id = new.assignee_id AND ticket_id = new.id), 0)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
-- Before: its marks go along with it.
CREATE TRIGGER tickets_unread_deleted BEFORE DELETE ON tickets
WHEN old.assignee_id IS NOT NULL AND old.status <> 'closed'
BEGIN
  UPDATE assignee_unread SET n = n - 1 WHERE assignee_id = old.assignee_id AND old.last_message_id
    > ifnull((SELECT message_id FROM ticket_reads WHERE user_id = old.assignee_id AND ticket_id = old.id), 0);
END;

-- Conversations ------------------------------------------------------------

CREATE TABLE messages (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  uid         TEXT    NOT NULL,                              -- `id` on the wire: tells nothing of other messages
  ticket_id   INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
  author_id   INTEGER NOT NULL REFERENCES users (id),
  author_role TEXT    NOT NULL CHECK (author_role IN ('client', 'agent', 'admin')),  -- when it was written
  body        TEXT    NOT NULL,
  internal    INTEGER NOT NULL DEFAULT 0 CHECK (internal IN (0, 1)),
  created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX messages_ticket ON messages (ticket_id);

CREATE TABLE attachments (
  id           INTEGER PRIMARY KEY,
  uid          TEXT    NOT NULL UNIQUE,                      -- `id` on the wire, and the name in storage
  uploader_id  INTEGER NOT NULL REFERENCES users (id),
  ticket_id    INTEGER REFERENCES tickets (id) ON DELETE CASCADE,
  message_id   INTEGER REFERENCES messages (id) ON DELETE CASCADE,  -- null: uploaded, not sent yet
  name         TEXT    NOT NULL,
  size         INTEGER NOT NULL CHECK (size >= 0),
  content_type TEXT    NOT NULL,                             -- by its bytes, never by its name
  sha256       TEXT    NOT NULL,
  created_at   INTEGER NOT NULL,
  CHECK ((ticket_id IS NULL) = (message_id IS NULL))
) STRICT;
CREATE INDEX attachments_message  ON attachments (message_id)  WHERE message_id IS NOT NULL;
CREATE INDEX attachments_ticket   ON attachments (ticket_id)   WHERE ticket_id IS NOT NULL;
CREATE INDEX attachments_unlinked ON attachments (created_at)  WHERE message_id IS NULL;
CREATE INDEX attachments_uploader ON attachments (uploader_id, size);

-- How far each user has read each ticket.
CREATE TABLE ticket_reads (
  user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  ticket_id  INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
  message_id INTEGER NOT NULL,
  PRIMARY KEY (user_id, ticket_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_reads_ticket ON ticket_reads (ticket_id);
CREATE TRIGGER ticket_reads_inserted AFTER INSERT ON ticket_reads BEGIN
  UPDATE assignee_unread SET n = n - 1 WHERE assignee_id = new.user_id AND EXISTS (
    SELECT 1 FROM tickets WHERE id = new.ticket_id AND assignee_id = new.user_id AND status <> 'closed'
      AND last_message_id > 0 AND last_message_id <= new.message_id);
END;
CREATE TRIGGER ticket_reads_moved AFTER UPDATE OF message_id ON ticket_reads
WHEN old.message_id < new.message_id
BEGIN
  UPDATE assignee_unread SET n = n - 1 WHERE assignee_id = new.user_id AND EXISTS (
    SELECT 1 FROM tickets WHERE id = new.ticket_id AND assignee_id = new.user_id AND status <> 'closed'
      AND last_message_id > old.message_id AND last_message_id <= new.message_id);
END;

-- Who changed what, when. `seq` is the id of the live event of the same change.
-- A deleted ticket leaves one row of type 'deleted', without a word of its content.
CREATE TABLE history (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  ticket_id    INTEGER NOT NULL,
  requester_id INTEGER NOT NULL,                             -- whose stream may tell of it
  actor_id     INTEGER REFERENCES users (id),                -- null: the support center itself
  actor_role   TEXT,
  type         TEXT    NOT NULL CHECK (type IN ('created', 'replied', 'noted', 'status', 'priority', 'category', 'assignee', 'deleted')),
  from_value   TEXT,
  to_value     TEXT,
  message_id   INTEGER,
  internal     INTEGER NOT NULL DEFAULT 0 CHECK (internal IN (0, 1)),  -- 1: agents only
  created_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX history_ticket ON history (ticket_id);
-- What is left of a client's deleted tickets: all the rest is found by the ticket.
CREATE INDEX history_deleted ON history (requester_id) WHERE type = 'deleted';

-- Settings -----------------------------------------------------------------

CREATE TABLE settings (
  id                   INTEGER PRIMARY KEY CHECK (id = 1),
  value                TEXT    NOT NULL CHECK (json_valid(value)),
  version              INTEGER NOT NULL DEFAULT 1,
  round_robin_position INTEGER NOT NULL DEFAULT 0,           -- tickets dealt out so far
  updated_at           INTEGER NOT NULL,
  updated_by           INTEGER REFERENCES users (id)
) STRICT;

-- Mail ---------------------------------------------------------------------

-- Written in the ticket's transaction, sent after it.
CREATE TABLE outbox (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  ticket_id       INTEGER REFERENCES tickets (id) ON DELETE CASCADE,
  message_id      INTEGER REFERENCES messages (id) ON DELETE CASCADE,
  kind            TEXT    NOT NULL,
  recipient       TEXT    NOT NULL,
  recipient_id    INTEGER REFERENCES users (id),       -- null: an address that is nobody's, such as the team's
  payload         TEXT    NOT NULL CHECK (json_valid(payload)),  -- what goes to the provider
  idempotency_key TEXT    NOT NULL UNIQUE,
  state           TEXT    NOT NULL CHECK (state IN (
    'queued', 'sending', 'captured', 'sent', 'delivered', 'bounced', 'complained', 'failed',
    'suppressed',                                      -- never sent: the address had bounced before
    'read',                                            -- never sent: read in the dashboard before
    'merged'                                           -- sent as a part of `merged_into`
  )),
  merged_into     INTEGER REFERENCES outbox (id) ON DELETE CASCADE,
  attempts        INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER NOT NULL,                    -- while sending: when the claim lapses
  first_attempt_at INTEGER,                            -- the provider knows the key from here on, for 24 h
  prepared_at     INTEGER,                             -- the payload is frozen from here on
  provider_id     TEXT,
  message_ref     TEXT,                                -- the Message-ID, as the provider reports it
  error           TEXT,
  created_at      INTEGER NOT NULL,
  finished_at     INTEGER,
  CHECK ((state IN ('queued', 'sending')) = (finished_at IS NULL)),
  CHECK ((state = 'merged') = (merged_into IS NOT NULL))
) STRICT;
CREATE INDEX outbox_due       ON outbox (next_attempt_at) WHERE finished_at IS NULL;
CREATE INDEX outbox_ticket    ON outbox (ticket_id)   WHERE ticket_id IS NOT NULL;
CREATE INDEX outbox_message   ON outbox (message_id)  WHERE message_id IS NOT NULL;
CREATE INDEX outbox_merged    ON outbox (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX outbox_provider  ON outbox (provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX outbox_ref       ON outbox (message_ref) WHERE message_ref IS NOT NULL;
CREATE INDEX outbox_recipient ON outbox (lower(recipient), first_attempt_at) WHERE first_attempt_at IS NOT NULL;

-- Addresses, in lower case, that get no mail any more.
CREATE TABLE suppressed_addresses (
  address TEXT    PRIMARY KEY,
  reason  TEXT    NOT NULL CHECK (reason IN ('bounced', 'complained')),
  detail  TEXT,                                        -- what the other side said
  since   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Addresses, in lower case, that want no mail that they could do without.
CREATE TABLE unsubscribed_addresses (
  address TEXT    PRIMARY KEY,
  since   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the provider has told, by the id of each telling: a repetition is dropped. What comes before the
-- answer to the send it speaks of waits here for that.
CREATE TABLE webhook_events (
  id          TEXT    PRIMARY KEY,
  type        TEXT    NOT NULL,
  provider_id TEXT,
  detail      TEXT,
  message_ref TEXT,
  received_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX webhook_events_age      ON webhook_events (received_at);
CREATE INDEX webhook_events_provider ON webhook_events (provider_id) WHERE provider_id IS NOT NULL;

-- Keys that this database makes for itself, such as the one that signs reply addresses.
CREATE TABLE keys (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Mails that came in, and what became of them.
CREATE TABLE inbound_mails (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  uid             TEXT    NOT NULL UNIQUE,             -- `id` on the wire
  provider_id     TEXT    NOT NULL UNIQUE,
  state           TEXT    NOT NULL CHECK (state IN (
    'queued', 'fetching',
    'accepted',                                        -- it is a message of a ticket now
    'quarantined',                                     -- an agent has to look at it
    'ignored',                                         -- an auto-reply, a bounce, one of our own, a repetition
    'dropped'                                          -- an agent has looked at it
  )),
  reason          TEXT,                                -- why it was quarantined or ignored
  attempts        INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER NOT NULL,                    -- while fetching: when the claim lapses
  message_ref     TEXT,                                -- its Message-ID
  from_address    TEXT,                                -- in lower case
  from_name       TEXT,
  subject         TEXT,
  original        TEXT,                                -- all of its text, quotes included
  verdict         TEXT CHECK (verdict IN ('pass', 'fail', 'none')),  -- SPF, DKIM and DMARC together
  file_names      TEXT CHECK (file_names IS NULL OR json_valid(file_names)),
  ticket_id       INTEGER REFERENCES tickets (id) ON DELETE CASCADE,
  message_id      INTEGER REFERENCES messages (id) ON DELETE CASCADE,
  received_at     INTEGER NOT NULL,
  finished_at     INTEGER,
  CHECK ((state IN ('queued', 'fetching')) = (finished_at IS NULL))
) STRICT;
CREATE INDEX inbound_mails_due        ON inbound_mails (next_attempt_at) WHERE finished_at IS NULL;
CREATE INDEX inbound_mails_quarantine ON inbound_mails (id) WHERE state = 'quarantined';
CREATE INDEX inbound_mails_ref        ON inbound_mails (message_ref) WHERE message_ref IS NOT NULL;
CREATE INDEX inbound_mails_sender     ON inbound_mails (from_address, received_at) WHERE state = 'accepted';
CREATE INDEX inbound_mails_ticket     ON inbound_mails (ticket_id)  WHERE ticket_id IS NOT NULL;
CREATE INDEX inbound_mails_message    ON inbound_mails (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX inbound_mails_age        ON inbound_mails (finished_at) WHERE state IN ('quarantined', 'ignored', 'dropped');

-- Requests ----------------------------------------------------------------

-- What a repeated `Idempotency-Key` answers: a reference, never a copy of the content.
CREATE TABLE idempotency_keys (
  user_id      INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  route        TEXT    NOT NULL,
  key          TEXT    NOT NULL,
  request_hash TEXT    NOT NULL,
  ticket_id    INTEGER REFERENCES tickets (id) ON DELETE CASCADE,
  message_id   INTEGER REFERENCES messages (id) ON DELETE CASCADE,
  created_at   INTEGER NOT NULL,
  PRIMARY KEY (user_id, route, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_age     ON idempotency_keys (created_at);
CREATE INDEX idempotency_keys_ticket  ON idempotency_keys (ticket_id);
CREATE INDEX idempotency_keys_message ON idempotency_keys (message_id) WHERE message_id IS NOT NULL;
