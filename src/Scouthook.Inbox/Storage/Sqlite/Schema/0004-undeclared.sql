-- The state of an endpoint when configuration or code no longer declared it: it returns to it when declared again.
-- NULL: it is declared, or was created through the API.
ALTER TABLE endpoint ADD COLUMN undeclared_from INTEGER;

UPDATE endpoint SET undeclared_from = 0
WHERE state = 2 AND state_reason IN (
  'The configuration does not declare it any more.', 'The app does not register it any more.');
