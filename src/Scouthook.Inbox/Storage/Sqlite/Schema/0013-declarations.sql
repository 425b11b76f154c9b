-- What configuration and code declared, so that the newest declaration wins as a whole.
CREATE TABLE declaration (
  declaration_id INTEGER PRIMARY KEY,
  origin INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  confirmed_at INTEGER NOT NULL,
  confirmed_by BLOB NOT NULL,
  UNIQUE (origin, fingerprint)
) STRICT;

ALTER TABLE endpoint ADD COLUMN declaration_id INTEGER REFERENCES declaration (declaration_id);
