-- When the state in the body last changed, as opposed to when the event happened. NULL: the body does not say, or the
-- event was stored when occurred_at meant both. resource.newest_occurred_at has always held the newest of these.
ALTER TABLE event ADD COLUMN changed_at INTEGER;
