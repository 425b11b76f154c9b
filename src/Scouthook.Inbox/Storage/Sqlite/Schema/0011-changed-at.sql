-- How new the state in the body is, apart from when the event happened. NULL: the body does not tell, or the event was
-- stored when occurred_at meant both. resource.newest_occurred_at has always held the newest of these.
ALTER TABLE event ADD COLUMN changed_at INTEGER;
