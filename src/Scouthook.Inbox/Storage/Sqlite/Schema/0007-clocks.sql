-- When something starts to count as old if its own timestamp is too early, because the wall clock was behind. NULL: its
-- timestamp.
ALTER TABLE event ADD COLUMN aged_from INTEGER;
ALTER TABLE delivery ADD COLUMN aged_from INTEGER;

-- The health of each endpoint. Separate and narrow: deliveries write it.
CREATE TABLE endpoint_health (
  endpoint_id       INTEGER PRIMARY KEY,
  failures          INTEGER NOT NULL,              -- in a row
  last_failed_at    INTEGER,                       -- microseconds since 1970, UTC
  last_error        TEXT,
  last_delivered_at INTEGER,
  failing_days      INTEGER NOT NULL,              -- whole days of failures, each confirmed by an attempt
  failing_day_at    INTEGER,                       -- when the current one began, in the stored form of waits
  failing_day_age   INTEGER                        -- the same by the age clock
) STRICT;

INSERT INTO endpoint_health (endpoint_id, failures, last_failed_at, last_delivered_at, failing_days)
SELECT endpoint_id, CASE WHEN failing_since IS NULL THEN 0 ELSE 1 END, failing_since,
  (SELECT max(c.bucket) FROM attempt_count c WHERE c.endpoint_id = endpoint.endpoint_id AND c.outcome = 0), 0
FROM endpoint;
