-- Activity in buckets of several lengths, each kept little longer than the windows that are read in it. All are counted
-- from the change log by housekeeping: receiving and delivering pay nothing.
ALTER TABLE event_count RENAME TO event_count_before;
ALTER TABLE attempt_count RENAME TO attempt_count_before;

CREATE TABLE event_count (
  resolution    INTEGER NOT NULL,                  -- the length of the bucket: 1, 5, 60, 360 or 1440 minutes
  bucket        INTEGER NOT NULL,                  -- its beginning: microseconds since 1970, UTC
  source_id     INTEGER NOT NULL,
  event_type_id INTEGER NOT NULL,
  state         INTEGER NOT NULL,
  events        INTEGER NOT NULL,
  PRIMARY KEY (resolution, bucket, source_id, event_type_id, state)
) STRICT, WITHOUT ROWID;

CREATE TABLE delivered_count (
  resolution    INTEGER NOT NULL,
  bucket        INTEGER NOT NULL,                  -- by the start of the attempt that delivered
  source_id     INTEGER NOT NULL,                  -- of the event, as its type
  event_type_id INTEGER NOT NULL,
  deliveries    INTEGER NOT NULL,
  PRIMARY KEY (resolution, bucket, source_id, event_type_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt_count (
  resolution  INTEGER NOT NULL,
  bucket      INTEGER NOT NULL,
  endpoint_id INTEGER NOT NULL,
  outcome     INTEGER NOT NULL,
  attempts    INTEGER NOT NULL,
  duration    INTEGER NOT NULL,                    -- microseconds, in total
  PRIMARY KEY (resolution, bucket, endpoint_id, outcome)
) STRICT, WITHOUT ROWID;

CREATE TABLE latency_count (
  resolution  INTEGER NOT NULL,
  bucket      INTEGER NOT NULL,
  endpoint_id INTEGER NOT NULL,
  kind        INTEGER NOT NULL,                    -- 0 from receipt to delivery, 1 duration of an attempt
  bins        BLOB    NOT NULL,                    -- of each bin with a count: its number in a byte, the count as a varint
  PRIMARY KEY (resolution, bucket, endpoint_id, kind)
) STRICT, WITHOUT ROWID;

-- The counts so far continue, as if everything in five minutes had happened in the first, except what is already older
-- than its resolution is kept.
CREATE TEMP TABLE resolution (minutes INTEGER NOT NULL, oldest INTEGER NOT NULL);

INSERT INTO resolution
SELECT column1, coalesce((SELECT value FROM upkeep WHERE name = 'age_clock'), 0) - column2 * 60000000
FROM (VALUES (1, 180), (5, 2880), (60, 12960), (360, 48960), (1440, 532800));

INSERT INTO event_count
SELECT r.minutes, c.bucket / (r.minutes * 60000000) * (r.minutes * 60000000), c.source_id, c.event_type_id, c.state, sum(c.events)
FROM resolution r JOIN event_count_before c ON c.bucket >= r.oldest GROUP BY 1, 2, 3, 4, 5;

INSERT INTO attempt_count
SELECT r.minutes, c.bucket / (r.minutes * 60000000) * (r.minutes * 60000000), c.endpoint_id, c.outcome, sum(c.attempts),
  sum(c.duration)
FROM resolution r JOIN attempt_count_before c ON c.bucket >= r.oldest GROUP BY 1, 2, 3, 4;

DROP TABLE temp.resolution;
DROP TABLE event_count_before;
DROP TABLE attempt_count_before;
