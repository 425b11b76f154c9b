-- The key that made a change; names of keys are not unique. NULL: made without a key, or by an earlier version.
ALTER TABLE audit ADD COLUMN actor_key_id BLOB;       -- UUID, 16 bytes, big-endian

-- Counts the changes to definition, secrets and state, so that an attempt that began before a change is recognised.
ALTER TABLE endpoint ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

-- 1: the configuration sets the secret, so the API must not rotate it.
ALTER TABLE endpoint ADD COLUMN secret_declared INTEGER NOT NULL DEFAULT 0;
