-- What schema 3 brought, after 2.sql: never to be changed.
ALTER TABLE twin ADD COLUMN configurations TEXT NOT NULL DEFAULT '{}';

CREATE TABLE index_entry (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    device_id TEXT NOT NULL,
    module_id TEXT NOT NULL,
    PRIMARY KEY (name, value, device_id, module_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX index_entry_of_identity ON index_entry (device_id, module_id, name);

CREATE UNIQUE INDEX module ON identity (device_id, module_id) WHERE module_id > '';
PRAGMA user_version = 3;
