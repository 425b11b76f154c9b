-- Where events are delivered. Changes rarely; the position, which moves with every event, is in endpoint_position.
CREATE TABLE endpoint (
  endpoint_id   INTEGER PRIMARY KEY AUTOINCREMENT,
  id            BLOB    NOT NULL UNIQUE,           -- UUIDv7, 16 bytes, big-endian
  name          TEXT    NOT NULL UNIQUE COLLATE NOCASE,
  kind          INTEGER NOT NULL,                  -- 0 http, 1 handler
  origin        INTEGER NOT NULL,                  -- 0 API, 1 configuration, 2 code
  url           TEXT,
  events        TEXT    NOT NULL,                  -- JSON, an array of patterns
  mailbox_ids   TEXT    NOT NULL,                  -- JSON, an array of numbers
  states        INTEGER NOT NULL,                  -- a bit per event state
  ordering      INTEGER NOT NULL,                  -- 0 resource, 1 strict, 2 none
  timeout       INTEGER,                           -- microseconds
  concurrency   INTEGER,
  secrets       BLOB,                              -- encrypted
  state         INTEGER NOT NULL,                  -- 0 enabled, 1 paused, 2 disabled
  state_reason  TEXT,
  failing_since INTEGER,                           -- microseconds since 1970, UTC
  created_at    INTEGER NOT NULL                   -- microseconds since 1970, UTC
) STRICT;

-- Separate and narrow: every dispatch moves the position of every endpoint.
CREATE TABLE endpoint_position (
  endpoint_id        INTEGER PRIMARY KEY,
  dispatched_through INTEGER NOT NULL
) STRICT;

-- The delivery of one stored event to one endpoint. The row id is its position in the order of its resource.
CREATE TABLE delivery (
  delivery_id     INTEGER PRIMARY KEY AUTOINCREMENT,
  id              BLOB    NOT NULL,                -- UUIDv7, 16 bytes, big-endian
  endpoint_id     INTEGER NOT NULL,
  sequence        INTEGER NOT NULL,                -- of the event
  ordering_key    INTEGER,                         -- 64 bits of a hash of source and resource; NULL: no order
  state           INTEGER NOT NULL,                -- 0 pending, 1 leased, 2 delivered, 3 dead letter, 4 discarded
  holds           INTEGER NOT NULL,                -- 1: later ones of the same key wait for it
  attempts        INTEGER NOT NULL DEFAULT 0,
  earlier         INTEGER NOT NULL DEFAULT 0,      -- attempts made before an operator reopened it: its schedule starts again
  next_attempt_at INTEGER,                         -- NULL for a pending one: an earlier one of its key goes first
  lease_token     INTEGER,
  lease_until     INTEGER,
  reason          TEXT,
  replay_id       INTEGER,
  replaced_by     INTEGER,                         -- the delivery_id that a replay put in its place
  created_at      INTEGER NOT NULL,
  settled_at      INTEGER
) STRICT;

CREATE UNIQUE INDEX delivery_id     ON delivery (id);
CREATE INDEX delivery_by_event      ON delivery (sequence, state);
CREATE INDEX delivery_by_endpoint   ON delivery (endpoint_id, delivery_id);
CREATE INDEX delivery_due           ON delivery (endpoint_id, next_attempt_at, delivery_id)
  WHERE state = 0 AND next_attempt_at IS NOT NULL;
CREATE INDEX delivery_order         ON delivery (endpoint_id, ordering_key, delivery_id) WHERE holds = 1;
CREATE INDEX delivery_leased        ON delivery (lease_until) WHERE state = 1;
CREATE INDEX delivery_dead          ON delivery (endpoint_id, delivery_id) WHERE state = 3;

CREATE TABLE attempt (
  delivery_id      INTEGER NOT NULL,
  number           INTEGER NOT NULL,
  started_at       INTEGER NOT NULL,               -- microseconds since 1970, UTC
  duration         INTEGER NOT NULL,               -- microseconds
  outcome          INTEGER NOT NULL,
  status_code      INTEGER,
  error            TEXT,
  response_headers TEXT,                           -- JSON, an array of [name, value]
  response_body    BLOB,                           -- at most 4096 bytes
  PRIMARY KEY (delivery_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE replay (
  replay_id   INTEGER PRIMARY KEY AUTOINCREMENT,
  id          BLOB    NOT NULL UNIQUE,             -- UUIDv7, 16 bytes, big-endian
  request     TEXT    NOT NULL,                    -- JSON
  state       INTEGER NOT NULL,                    -- 0 running, 1 done, 2 stopped
  position    INTEGER NOT NULL,                    -- how far it has come: a sequence, or a delivery_id for dead letters
  through     INTEGER NOT NULL,                    -- where it ends
  added       INTEGER NOT NULL DEFAULT 0,
  created_at  INTEGER NOT NULL,
  ended_at    INTEGER
) STRICT;

CREATE INDEX replay_running ON replay (replay_id) WHERE state = 0;

-- Events past their retention that something still needs: a dead letter that was not replayed, a running replay.
CREATE TABLE retained_event (
  sequence INTEGER PRIMARY KEY
) STRICT;
