-- Where a replay began: with position and through it tells how much of the way lies behind.
ALTER TABLE replay ADD COLUMN start INTEGER NOT NULL DEFAULT 0;
