-- What a list shows of a ticket stands in its row, ready made; subjects are indexed 16 at a time; and some indexes
-- leave out the rows that nobody looks for in them.

-- A column that is stored can only come with a new table. With foreign keys off (see index.ts) and by the old manner
-- of renaming, those that refer to the tickets go on doing so by name, and nothing is deleted along with the old one.
DROP TRIGGER tickets_inserted;
DROP TRIGGER tickets_deleted;
DROP TRIGGER tickets_counted;
DROP TRIGGER tickets_renamed;
PRAGMA legacy_alter_table = ON;
ALTER TABLE tickets RENAME TO tickets_before;
PRAGMA legacy_alter_table = OFF;

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

INSERT INTO tickets (id, subject, subject_search, status, priority, category, related_app_id, related_app_name,
    requester_id, assignee_id, follow_up_of, created_at, updated_at, first_responded_at, resolved_at,
    closed_at, waiting_since, reminded_at, message_count, note_count, last_message_id,
    last_public_message_id, version)
  SELECT id, subject, subject_search, status, priority, category, related_app_id, related_app_name,
    requester_id, assignee_id, follow_up_of, created_at, updated_at, first_responded_at, resolved_at,
    closed_at, waiting_since, reminded_at, message_count, note_count, last_message_id,
    last_public_message_id, version
  FROM tickets_before;
-- Numbers are never used twice, those of tickets that are gone included.
DELETE FROM sqlite_sequence WHERE name = 'tickets';
INSERT INTO sqlite_sequence (name, seq) SELECT 'tickets', seq FROM sqlite_sequence WHERE name = 'tickets_before';
DROP TABLE tickets_before;

-- Every index ends in the rowid, so `ORDER BY id` is free under each of them.
CREATE INDEX tickets_status            ON tickets (status);
CREATE INDEX tickets_priority          ON tickets (priority);
CREATE INDEX tickets_category          ON tickets (category);
CREATE INDEX tickets_status_priority   ON tickets (status, priority);
CREATE INDEX tickets_status_category   ON tickets (status, category);
CREATE INDEX tickets_priority_category ON tickets (priority, category);
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

-- Up to which ticket subjects are indexed. Those of the few behind it are looked at one by one, and indexed together:
-- every addition to a full-text index writes eight pages, however much it adds.
CREATE TABLE subject_tail (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  indexed_to INTEGER NOT NULL
) STRICT;
INSERT INTO subject_tail (id, indexed_to) SELECT 1, max(ifnull((SELECT max(id) FROM tickets), 0), 1000);

CREATE TRIGGER tickets_inserted AFTER INSERT ON tickets BEGIN
  INSERT INTO ticket_counts (status, priority, category, n) VALUES (new.status, new.priority, new.category, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO assignee_counts (assignee_id, status, priority, category, n)
    VALUES (ifnull(new.assignee_id, 0), new.status, new.priority, new.category, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
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
END;
CREATE TRIGGER tickets_renamed AFTER UPDATE OF subject_search ON tickets
WHEN old.subject_search <> new.subject_search AND old.id <= (SELECT indexed_to FROM subject_tail)
BEGIN
  INSERT INTO subject_trigrams (subject_trigrams, rowid, subject_search) VALUES ('delete', old.id, old.subject_search);
  INSERT INTO subject_words (subject_words, rowid, subject_search) VALUES ('delete', old.id, old.subject_search);
  INSERT INTO subject_trigrams (rowid, subject_search) VALUES (new.id, new.subject_search);
  INSERT INTO subject_words (rowid, subject_search) VALUES (new.id, new.subject_search);
END;

-- How many of somebody's tickets that are not closed have something new for them, notes included: those of an agent
-- are too many to be counted with each list.
CREATE TABLE assignee_unread (
  assignee_id INTEGER PRIMARY KEY,
  n           INTEGER NOT NULL
) STRICT;
INSERT INTO assignee_unread (assignee_id, n)
  SELECT t.assignee_id, count(*) FROM tickets AS t
  LEFT JOIN ticket_reads AS r ON r.user_id = t.assignee_id AND r.ticket_id = t.id
  WHERE t.assignee_id IS NOT NULL AND t.status <> 'closed' AND t.last_message_id > ifnull(r.message_id, 0)
  GROUP BY t.assignee_id;
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

DROP INDEX idempotency_keys_message;
CREATE INDEX idempotency_keys_message ON idempotency_keys (message_id) WHERE message_id IS NOT NULL;
