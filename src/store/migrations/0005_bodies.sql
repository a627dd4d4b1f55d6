-- Bodies are long, and their keys are hashes. In one tree by key, finding the place of a new one reads whole bodies to
-- compare their keys, and each body lies among others'. By row they are written one behind the other, and the keys have
-- a small tree of their own.

CREATE TABLE body_by_row (
    key       BLOB    NOT NULL PRIMARY KEY,  -- the first 16 bytes of the SHA-256 of json
    json      TEXT    NOT NULL,
    stored_ms INTEGER NOT NULL
) STRICT;

INSERT INTO body_by_row (key, json, stored_ms) SELECT key, json, stored_ms FROM body ORDER BY stored_ms;

DROP TABLE body;

ALTER TABLE body_by_row RENAME TO body;
