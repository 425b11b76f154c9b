-- The state that an endpoint had when configuration or code no longer declared it: it gets it back when they do again.
-- NULL: it is declared, or was made through the API.
ALTER TABLE endpoint ADD COLUMN undeclared_from INTEGER;

UPDATE endpoint SET undeclared_from = 0
WHERE state = 2 AND state_reason IN (
  'The configuration does not declare it any more.', 'The app does not register it any more.');
