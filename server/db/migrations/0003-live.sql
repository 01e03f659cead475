-- Live events: what is left of a client's deleted tickets, for a stream that resumes. Every other entry is
-- found by its ticket.
CREATE INDEX history_deleted ON history (requester_id) WHERE type = 'deleted';
