-- Somebody's own tickets by last change, without looking into each combination of values; and badges of those who have
-- very many. The index that makes room for it is one whose lists walk `tickets_triple` as well.
DROP INDEX tickets_priority_category;
CREATE INDEX tickets_requester_updated ON tickets (requester_id, updated_at);

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
INSERT INTO requester_counts (requester_id, status, priority, category, n)
  SELECT requester_id, status, priority, category, count(*) FROM tickets
  WHERE requester_id IN (SELECT requester_id FROM tickets GROUP BY requester_id HAVING count(*) > 100)
  GROUP BY requester_id, status, priority, category;

DROP TRIGGER tickets_inserted;
DROP TRIGGER tickets_deleted;
DROP TRIGGER tickets_counted;
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
