-- What the console shows of conversations. Everything here is gathered after the commit of what it tells of, or
-- written by staff, and goes with its conversation.

-- From a message's receipt until its turn was written, in microseconds; NULL: not measured.
ALTER TABLE frame ADD COLUMN took_us INTEGER;

-- What a patient wrote while a person was in the conversation: there is no reply to it.
CREATE TABLE heard (
    conversation BLOB    NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    number       INTEGER NOT NULL,  -- its order among these, from 1
    after_seq    INTEGER NOT NULL,  -- the conversation's last frame when it came
    message      TEXT    NOT NULL,  -- the client's own id
    text         TEXT    NOT NULL,  -- with identifiers masked
    received_ms  INTEGER NOT NULL,
    PRIMARY KEY (conversation, number)
) STRICT, WITHOUT ROWID;

-- A person's stay in a conversation; without an end while it lasts.
CREATE TABLE takeover (
    conversation BLOB    NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    seq          INTEGER NOT NULL,  -- of the frame that told the patient
    staff        BLOB    NOT NULL,  -- the account's id
    name         TEXT    NOT NULL,  -- as the patient sees it
    taken_ms     INTEGER NOT NULL,
    released_ms  INTEGER,
    PRIMARY KEY (conversation, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX takeover_open ON takeover (staff) WHERE released_ms IS NULL;

-- One row a turn, narrow enough to be counted by day.
CREATE TABLE turn_fact (
    conversation BLOB    NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    seq          INTEGER NOT NULL,  -- of the reply
    at_ms        INTEGER NOT NULL,  -- when the message came
    lang         TEXT    NOT NULL,  -- ar, fa
    outcome      TEXT    NOT NULL,  -- as on the wire
    pair         TEXT,
    confidence   REAL    NOT NULL,
    took_us      INTEGER,
    helpful      INTEGER,           -- the patient's thumb: 1 up, 0 down
    PRIMARY KEY (conversation, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX turn_fact_at ON turn_fact (at_ms, outcome, lang, pair, took_us, helpful);

-- A patient's words, folded, to be searched. The seq of a message that has no reply is less than 0.
CREATE TABLE turn_words (
    conversation BLOB    NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    seq          INTEGER NOT NULL,
    folded       TEXT    NOT NULL,
    PRIMARY KEY (conversation, seq)
) STRICT, WITHOUT ROWID;

-- One row a conversation in which something was said.
CREATE TABLE conversation_fact (
    conversation BLOB    NOT NULL PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
    started_ms   INTEGER NOT NULL,
    last_ms      INTEGER NOT NULL,
    lang         TEXT,
    channel      TEXT,
    turns        INTEGER NOT NULL DEFAULT 0,
    answer       INTEGER NOT NULL DEFAULT 0,
    clarify      INTEGER NOT NULL DEFAULT 0,
    no_answer    INTEGER NOT NULL DEFAULT 0,
    emergency    INTEGER NOT NULL DEFAULT 0,
    personal     INTEGER NOT NULL DEFAULT 0,
    smalltalk    INTEGER NOT NULL DEFAULT 0,
    up           INTEGER NOT NULL DEFAULT 0,
    down         INTEGER NOT NULL DEFAULT 0,
    handoff      TEXT               -- waiting, taken, done; NULL: no person was asked for or came
) STRICT, WITHOUT ROWID;

CREATE INDEX conversation_fact_last ON conversation_fact (last_ms, conversation);

-- Messages alike, for staff to work on. Holds no word of a patient: the key is a hash, the sample is looked up.
CREATE TABLE inbox_group (
    id         INTEGER NOT NULL PRIMARY KEY,
    kind       TEXT    NOT NULL,  -- unanswered, low_confidence, clarified, disliked, emergency
    lang       TEXT    NOT NULL,
    key        BLOB    NOT NULL,
    count      INTEGER NOT NULL DEFAULT 0,
    first_ms   INTEGER NOT NULL,
    last_ms    INTEGER NOT NULL,
    state      TEXT    NOT NULL DEFAULT 'new',  -- new, in_work, done, ignored
    assignee   BLOB,              -- an account's id
    note       TEXT,
    changed_ms INTEGER NOT NULL,
    UNIQUE (kind, lang, key)
) STRICT;

CREATE INDEX inbox_group_state ON inbox_group (kind, state, last_ms);

CREATE TABLE inbox_member (
    in_group     INTEGER NOT NULL REFERENCES inbox_group (id) ON DELETE CASCADE,
    at_ms        INTEGER NOT NULL,
    conversation BLOB    NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    seq          INTEGER NOT NULL,
    PRIMARY KEY (in_group, at_ms, conversation, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX inbox_member_of ON inbox_member (conversation, seq, in_group);

-- A group counts what is still there, and goes with its last message.
CREATE TRIGGER inbox_member_gone AFTER DELETE ON inbox_member
BEGIN
    UPDATE inbox_group SET
        count = count - 1,
        first_ms = coalesce((SELECT min(at_ms) FROM inbox_member WHERE in_group = OLD.in_group), first_ms),
        last_ms = coalesce((SELECT max(at_ms) FROM inbox_member WHERE in_group = OLD.in_group), last_ms)
    WHERE id = OLD.in_group;
    DELETE FROM inbox_group WHERE id = OLD.in_group AND count <= 0;
END;

-- One row: everything that was said before this time is gathered.
CREATE TABLE gathered (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    through_ms INTEGER NOT NULL
) STRICT;

INSERT INTO gathered (id, through_ms) VALUES (1, 0);
