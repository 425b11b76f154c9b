-- Who may use the management API. A key itself is never stored.
CREATE TABLE api_key (
  key_id     INTEGER PRIMARY KEY AUTOINCREMENT,
  id         BLOB    NOT NULL UNIQUE,              -- UUIDv7, 16 bytes, big-endian
  name       TEXT    NOT NULL,
  role       INTEGER NOT NULL,                     -- 0 viewer, 1 operator, 2 admin
  hash       BLOB    NOT NULL UNIQUE,              -- SHA-256 of a key of 256 random bits
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER
) STRICT;

-- Who changed what, and when. Rows are only ever added.
CREATE TABLE audit (
  audit_id INTEGER PRIMARY KEY AUTOINCREMENT,
  at       INTEGER NOT NULL,                       -- microseconds since 1970, UTC
  actor    TEXT    NOT NULL,
  action   TEXT    NOT NULL,
  target   TEXT,
  detail   TEXT                                    -- JSON
) STRICT;

-- Everything reported to followers of the stream, in commit order. One row for the events of a commit, as receiving
-- must not pay for each, and one for each finished attempt.
CREATE TABLE change (
  change_id   INTEGER PRIMARY KEY,                 -- the first of the ids that the row stands for
  ids         INTEGER NOT NULL,                    -- how many
  sequence    INTEGER,                             -- of the first event; the others follow
  delivery_id INTEGER,                             -- of an attempt
  number      INTEGER                              -- of the attempt
) STRICT;

-- Counts per five minutes, kept by housekeeping that follows the events and attempts: receiving pays nothing.
CREATE TABLE event_count (
  bucket        INTEGER NOT NULL,                  -- microseconds since 1970, UTC, of its beginning
  source_id     INTEGER NOT NULL,
  event_type_id INTEGER NOT NULL,
  state         INTEGER NOT NULL,
  events        INTEGER NOT NULL,
  PRIMARY KEY (bucket, source_id, event_type_id, state)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt_count (
  bucket      INTEGER NOT NULL,
  endpoint_id INTEGER NOT NULL,
  outcome     INTEGER NOT NULL,
  attempts    INTEGER NOT NULL,
  duration    INTEGER NOT NULL,                    -- microseconds, in total
  PRIMARY KEY (bucket, endpoint_id, outcome)
) STRICT, WITHOUT ROWID;

-- A deleted endpoint stays for the deliveries that refer to it.
ALTER TABLE endpoint ADD COLUMN deleted_at INTEGER;
