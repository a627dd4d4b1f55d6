-- A reply carries the disclaimers of every group that its conversation named, so that nearly every reply of a longer
-- conversation had a body of its own. The disclaimers are few: each is kept once, and a frame lists those it carries.

CREATE TABLE part (
    id        INTEGER NOT NULL PRIMARY KEY,
    key       BLOB    NOT NULL UNIQUE,  -- the first 16 bytes of the SHA-256 of json
    json      TEXT    NOT NULL,
    stored_ms INTEGER NOT NULL
) STRICT;

INSERT INTO part (key, json, stored_ms) SELECT key, json, stored_ms FROM body ORDER BY rowid;

ALTER TABLE frame ADD COLUMN part INTEGER;      -- id of the body's part; its disclaimers may be in it, or
ALTER TABLE frame ADD COLUMN disclaimers TEXT;  -- are the parts of these ids, a JSON array in their order

UPDATE frame SET part = (SELECT p.id FROM part p WHERE p.key = frame.body) WHERE body IS NOT NULL;

ALTER TABLE frame DROP COLUMN body;

DROP TABLE body;
