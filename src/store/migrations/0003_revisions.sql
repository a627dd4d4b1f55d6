-- What staff change in the knowledge: revisions over its files. Times are milliseconds since 1970 in UTC.

CREATE TABLE revision (
    number       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind         TEXT    NOT NULL,                        -- pair, concept, text, …
    entry        TEXT    NOT NULL,                        -- the entry's id
    state        TEXT    NOT NULL,                        -- draft, in_review, returned, approved, published, replaced, discarded
    before       TEXT,                                    -- what patients had when it was begun, as JSON; NULL: nothing
    content      TEXT,                                    -- what they are to have, as JSON; NULL: nothing
    beneath      TEXT    NOT NULL,                        -- fingerprint of what the file held; empty: nothing
    author       BLOB    NOT NULL REFERENCES account (id),
    reviewer     BLOB REFERENCES account (id),
    reason       TEXT    NOT NULL,
    note         TEXT,                                    -- the reviewer's words
    created_ms   INTEGER NOT NULL,
    changed_ms   INTEGER NOT NULL,
    published_ms INTEGER
) STRICT;

-- One open revision an entry, and one that patients have.
CREATE UNIQUE INDEX revision_open ON revision (kind, entry)
    WHERE state IN ('draft', 'in_review', 'returned', 'approved');
CREATE UNIQUE INDEX revision_published ON revision (kind, entry) WHERE state = 'published';
CREATE INDEX revision_entry ON revision (kind, entry, number);
CREATE INDEX revision_author ON revision (author, number);

-- Everybody who wrote in a revision: none of them may approve it.
CREATE TABLE revision_hand (
    revision INTEGER NOT NULL REFERENCES revision (number) ON DELETE CASCADE,
    account  BLOB    NOT NULL REFERENCES account (id),
    PRIMARY KEY (revision, account)
) STRICT, WITHOUT ROWID;

-- Questions with what their reply has to be, asked before anything is published. Identifiers in them are masked.
CREATE TABLE question (
    id         BLOB    NOT NULL PRIMARY KEY,              -- UUID (version 7)
    lang       TEXT    NOT NULL,                          -- ar, fa
    text       TEXT    NOT NULL,
    outcome    TEXT    NOT NULL,
    pair       TEXT,
    purpose    TEXT    NOT NULL,                          -- evaluation, safety
    author     BLOB    NOT NULL REFERENCES account (id),
    created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
