-- What schema 4 brought, after 3.sql: never to be changed.
ALTER TABLE event_block ADD COLUMN file INTEGER;
ALTER TABLE event_block ADD COLUMN position INTEGER;
ALTER TABLE event_block ADD COLUMN size INTEGER;
PRAGMA user_version = 4;
