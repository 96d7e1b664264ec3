-- What schema 5 brought, after 4.sql: never to be changed.
ALTER TABLE event_block ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
PRAGMA user_version = 5;
