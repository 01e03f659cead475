-- The language of each user: their mails are written in it.
ALTER TABLE users ADD COLUMN locale TEXT CHECK (length(locale) BETWEEN 2 AND 35);
