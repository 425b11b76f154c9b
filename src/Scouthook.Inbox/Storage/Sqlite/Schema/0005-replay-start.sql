-- Where a replay began: together with position and through it shows the progress.
ALTER TABLE replay ADD COLUMN start INTEGER NOT NULL DEFAULT 0;
