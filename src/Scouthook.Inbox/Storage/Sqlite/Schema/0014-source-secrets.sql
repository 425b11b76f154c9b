-- The key of the fingerprints that identify secrets of sources: the same after a restart, and on every node. It needs no
-- encryption: the signed events in this file reveal as much about a secret that can be guessed.
ALTER TABLE store ADD COLUMN fingerprint_key BLOB;

UPDATE store SET fingerprint_key = randomblob(32);

-- Secrets of sources that were added at run time, and the ends of configured ones.
CREATE TABLE source_secret (
  source_secret_id INTEGER PRIMARY KEY,            -- rises with each that is added: the newest is the current one
  source           TEXT    NOT NULL COLLATE NOCASE,  -- the configured name; it need not have stored events
  fingerprint      TEXT    NOT NULL,
  secret           BLOB,                           -- encrypted; NULL: only the end is kept
  added_at         INTEGER NOT NULL,
  expires_at       INTEGER,
  UNIQUE (source, fingerprint)
) STRICT;
