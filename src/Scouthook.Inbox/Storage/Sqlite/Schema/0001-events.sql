-- Recurring names, stored once. Ids are assigned in order of first appearance.
CREATE TABLE source (
  source_id INTEGER PRIMARY KEY,
  name      TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE event_type (
  event_type_id INTEGER PRIMARY KEY,
  name          TEXT NOT NULL UNIQUE
) STRICT;

-- The columns that lists show and filters use: one small row per stored event. The row id is the sequence.
CREATE TABLE event (
  sequence            INTEGER PRIMARY KEY AUTOINCREMENT,
  id                  BLOB    NOT NULL,            -- UUIDv7, 16 bytes, big-endian
  source_id           INTEGER NOT NULL,
  event_type_id       INTEGER NOT NULL,
  state               INTEGER NOT NULL,            -- 0 ok, 1 unknown, 2 unreadable, 3 notification
  state_reason        TEXT,
  received_at         INTEGER NOT NULL,            -- microseconds since 1970, UTC
  occurred_at         INTEGER,                     -- microseconds since 1970, UTC
  resource_kind       INTEGER,                     -- 1 conversation … 7 user
  resource_id         ANY,                         -- number, for chats text
  ordering_kind       INTEGER,
  ordering_id         ANY,
  conversation_id     INTEGER,
  conversation_number INTEGER,
  mailbox_id          INTEGER,
  customer_id         INTEGER,
  customer_email      TEXT,
  title               TEXT,
  actor               TEXT,
  stale               INTEGER NOT NULL,
  possible_repeat     INTEGER NOT NULL,
  repeats             INTEGER NOT NULL DEFAULT 0,
  last_repeat_at      INTEGER,
  size                INTEGER NOT NULL,            -- bytes of the body
  deduplication_key   BLOB                         -- resource id, then 16 bytes of a SHA-256; NULL: no deduplication
) STRICT;

CREATE UNIQUE INDEX event_id       ON event (id);
CREATE INDEX event_by_type         ON event (event_type_id, sequence);
CREATE INDEX event_by_source       ON event (source_id, sequence);
CREATE INDEX event_by_mailbox      ON event (mailbox_id, sequence) WHERE mailbox_id IS NOT NULL;
CREATE INDEX event_by_resource     ON event (resource_kind, resource_id, sequence) WHERE resource_kind IS NOT NULL;
CREATE INDEX event_by_state        ON event (state, sequence) WHERE state <> 0;
CREATE INDEX event_by_receipt      ON event (received_at, sequence);

-- The bytes, separate from the lists, so that a list never reads them.
CREATE TABLE event_body (
  sequence INTEGER PRIMARY KEY,
  headers  TEXT NOT NULL,                          -- JSON, an array of [name, value]
  body     BLOB NOT NULL
) STRICT;

-- Deduplication keys of the repeat window only, so that this tree stays small however large the store is. A key begins
-- with the id of its resource, so that new keys fall on few pages.
CREATE TABLE recent_key (
  deduplication_key BLOB    NOT NULL PRIMARY KEY,
  received_at       INTEGER NOT NULL,
  sequence          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The known state of each resource: enough to recognise repeats and stale events without reading its events.
CREATE TABLE resource (
  source_id          INTEGER NOT NULL,
  resource_kind      INTEGER NOT NULL,
  resource_id        ANY     NOT NULL,
  last_sequence      INTEGER NOT NULL,
  newest_occurred_at INTEGER,
  deleted_sequence   INTEGER,
  title              TEXT,
  customer_email     TEXT,
  number             INTEGER,
  PRIMARY KEY (source_id, resource_kind, resource_id)
) STRICT, WITHOUT ROWID;

-- The terms by which users find a resource: one row when a resource gets a title, an e-mail or a number that it did not
-- have before, so about one in ten events writes here.
CREATE TABLE search_term (
  term          TEXT    NOT NULL,                  -- t: title in upper case, e: e-mail in upper case, n: number
  resource_kind INTEGER NOT NULL,                  -- 0: the event itself, resource_id is its sequence
  resource_id   ANY     NOT NULL,
  PRIMARY KEY (term, resource_kind, resource_id)
) STRICT, WITHOUT ROWID;

-- The positions of the housekeeping.
CREATE TABLE upkeep (
  name  TEXT    NOT NULL PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
