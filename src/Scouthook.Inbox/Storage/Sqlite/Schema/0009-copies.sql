-- When the copies of a key before the newest one were received, newest first, 8 bytes each, big-endian, so that the
-- number of copies can be limited. NULL: there is none within the repeat window.
ALTER TABLE recent_key ADD COLUMN earlier BLOB;
