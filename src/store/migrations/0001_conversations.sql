-- Times are milliseconds since 1970 in UTC; ids of conversations and frames are UUIDs (version 7) in 16 bytes.

CREATE TABLE conversation (
    id         BLOB    NOT NULL PRIMARY KEY,
    token      BLOB    NOT NULL,  -- SHA-256 of the resume token; the token itself is never stored
    channel    TEXT,
    locale     TEXT,
    created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Everything that a patient should see, in order; beside a reply, what it answers and where the conversation
-- then stands. One row holds it all, because what a turn costs is the pages that it touches.
CREATE TABLE frame (
    conversation BLOB    NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    seq          INTEGER NOT NULL,
    id           BLOB    NOT NULL,
    kind         TEXT    NOT NULL,  -- reply, message
    in_reply_to  TEXT,              -- the client's own id of the message
    sent_ms      INTEGER NOT NULL,
    body         BLOB,              -- key in the table body, or
    own          TEXT,              -- a body of its own, as JSON
    confidence   REAL,              -- of a reply; not in the body, which many questions share
    text         TEXT,              -- what the patient wrote, with identifiers masked; NULL: no answer to a message
    received_ms  INTEGER,
    context      TEXT,              -- what the conversation is about now, as JSON; no word that a patient typed
    PRIMARY KEY (conversation, seq)
) STRICT, WITHOUT ROWID;

-- Replies come word for word from the knowledge, so most are the same for many patients: each is kept once.
CREATE TABLE body (
    key       BLOB    NOT NULL PRIMARY KEY,  -- the first 16 bytes of the SHA-256 of json
    json      TEXT    NOT NULL,
    stored_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE feedback (
    conversation BLOB    NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    reply        BLOB    NOT NULL,
    helpful      INTEGER NOT NULL,
    comment      TEXT,
    given_ms     INTEGER NOT NULL,
    PRIMARY KEY (conversation, reply)
) STRICT, WITHOUT ROWID;

-- A patient asked for a person. The contact is what the patient left on purpose to be reached by.
CREATE TABLE handoff (
    conversation BLOB    NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    seq          INTEGER NOT NULL,
    contact      TEXT,
    asked_ms     INTEGER NOT NULL,
    PRIMARY KEY (conversation, seq)
) STRICT, WITHOUT ROWID;

-- One row, written to see whether writing works.
CREATE TABLE pulse (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    written_ms INTEGER NOT NULL
) STRICT;

INSERT INTO pulse (id, written_ms) VALUES (1, 0);
