-- Mail both ways: delivery states, suppressed addresses, inbound mails.

CREATE INDEX users_email  ON users (lower(email));

-- A CHECK cannot be altered: the outbox is made anew and takes over what the old one held.
ALTER TABLE outbox RENAME TO outbox_before;
DROP INDEX outbox_due;
DROP INDEX outbox_ticket;
DROP INDEX outbox_message;

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

INSERT INTO outbox (id, ticket_id, message_id, kind, recipient, payload, idempotency_key, state, attempts,
    next_attempt_at, first_attempt_at, prepared_at, provider_id, error, created_at, finished_at)
  SELECT id, ticket_id, message_id, kind, recipient, payload, idempotency_key, state, attempts,
    next_attempt_at, first_attempt_at, first_attempt_at, provider_id, error, created_at, finished_at
  FROM outbox_before;
-- Ids are never used twice, those of mails that are gone included.
DELETE FROM sqlite_sequence WHERE name = 'outbox';
INSERT INTO sqlite_sequence (name, seq) SELECT 'outbox', seq FROM sqlite_sequence WHERE name = 'outbox_before';
DROP TABLE outbox_before;

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
