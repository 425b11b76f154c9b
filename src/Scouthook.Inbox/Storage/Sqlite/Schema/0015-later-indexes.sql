-- The indexes that only lists use are written some time after their events: many entries at once touch far fewer pages
-- than a few with each commit. An event that they do not contain yet is marked.
INSERT INTO upkeep (name, value)
SELECT 'indexed_through', coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'event'), 0);

-- The indexes contain every event so far, and none of those is marked. So what the file contains stays correct under the
-- new definitions, and only these change: to write the indexes again, or to add a column in the usual way, which checks
-- every row of a STRICT table, would take minutes in a large store.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = substr(sql, 1, length(sql) - length(') STRICT'))
  || ', unindexed INTEGER) STRICT'                 -- 1 until the indexes contain the event, then NULL
WHERE type = 'table' AND name = 'event' AND sql LIKE '%) STRICT';
UPDATE sqlite_schema SET sql = sql || ' WHERE unindexed IS NULL'
WHERE type = 'index' AND name IN ('event_by_type', 'event_by_source', 'event_by_receipt');
UPDATE sqlite_schema SET sql = sql || ' AND unindexed IS NULL'
WHERE type = 'index' AND name IN ('event_by_mailbox', 'event_by_resource');
PRAGMA writable_schema = RESET;

-- Makes other connections read the schema again.
CREATE TABLE changed (column_of_none INTEGER);
DROP TABLE changed;
