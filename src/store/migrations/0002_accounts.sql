-- The staff who use the console, and what they do in it. Times are milliseconds since 1970 in UTC.

CREATE TABLE account (
    id           BLOB    NOT NULL PRIMARY KEY,  -- UUID (version 7)
    login        TEXT    NOT NULL UNIQUE,       -- in lower case
    display_name TEXT    NOT NULL,
    role         TEXT    NOT NULL,              -- viewer, editor, reviewer, administrator
    password     TEXT    NOT NULL,              -- Argon2id, as a PHC string
    must_change  INTEGER NOT NULL,              -- whether the password was given by somebody else
    locale       TEXT    NOT NULL,              -- en, ar, fa
    theme        TEXT    NOT NULL,              -- auto, light, dark
    disabled     INTEGER NOT NULL,
    created_ms   INTEGER NOT NULL,
    seen_ms      INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    token      BLOB    NOT NULL PRIMARY KEY,    -- SHA-256 of the cookie's value; the value itself is never stored
    id         BLOB    NOT NULL UNIQUE,         -- what the session is called by
    account    BLOB    NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    created_ms INTEGER NOT NULL,
    seen_ms    INTEGER NOT NULL,
    address    TEXT    NOT NULL,
    agent      TEXT    NOT NULL                 -- what the browser calls itself, cut short
) STRICT, WITHOUT ROWID;

CREATE INDEX session_account ON session (account);

-- The link that makes the first administrator. At most one row, gone with its use.
CREATE TABLE setup_link (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    token      BLOB    NOT NULL,                -- SHA-256
    created_ms INTEGER NOT NULL
) STRICT;

-- Everything that staff changed. Never changed itself.
CREATE TABLE audit (
    id     INTEGER NOT NULL PRIMARY KEY,
    at_ms  INTEGER NOT NULL,
    actor  BLOB REFERENCES account (id),        -- NULL: the command line
    action TEXT    NOT NULL,                    -- as in user.create
    target TEXT    NOT NULL,                    -- what was changed: an id, a login, a name
    detail TEXT    NOT NULL                     -- a JSON object; no password, no token, nothing a patient typed
) STRICT;

CREATE INDEX audit_actor ON audit (actor);
CREATE INDEX audit_action ON audit (action);
CREATE INDEX audit_time ON audit (at_ms);

-- What messaging integrations and other programs identify themselves by.
CREATE TABLE api_token (
    id         BLOB    NOT NULL PRIMARY KEY,
    token      BLOB    NOT NULL UNIQUE,         -- SHA-256
    name       TEXT    NOT NULL,
    scopes     TEXT    NOT NULL,                -- separated by spaces
    created_by BLOB    NOT NULL REFERENCES account (id),
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER,
    used_ms    INTEGER
) STRICT, WITHOUT ROWID;

-- Settings made in the console, as JSON. Those that are not here come from the settings file.
CREATE TABLE setting (
    name       TEXT    NOT NULL PRIMARY KEY,
    value      TEXT    NOT NULL,
    changed_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
