-- revises: 0003
-- reason: corrections being made, so that nothing typed is lost between two clicks or by a restart

-- typed: the fields of the form as typed, as JSON. own, everyone, wipes: the numbers of the view that its author was
-- shown last. opened: as a JSON list, those of the view on which it was typed. version: counts every change; a confirmation of an earlier one confirms nothing.
-- made_scope, made_number: the revision it became; null while it waits.
CREATE TABLE draft (
    id TEXT PRIMARY KEY,
    author TEXT NOT NULL,
    server TEXT NOT NULL,
    fact TEXT NOT NULL,
    typed TEXT NOT NULL,
    own INTEGER NOT NULL,
    everyone INTEGER NOT NULL,
    wipes INTEGER NOT NULL,
    opened TEXT NOT NULL,
    version INTEGER NOT NULL,
    made_scope TEXT,
    made_number INTEGER,
    created_at INTEGER NOT NULL
);
CREATE INDEX draft_by_time ON draft (created_at);
CREATE INDEX draft_by_author ON draft (author, created_at);
CREATE INDEX draft_by_server ON draft (server);
