-- The identity of the store. The gateway compares it before it continues with a file that was put at its path while it
-- runs.
CREATE TABLE store (
  id BLOB NOT NULL                                 -- 16 random bytes, from the creation of the store
) STRICT;

INSERT INTO store (id) VALUES (randomblob(16));
