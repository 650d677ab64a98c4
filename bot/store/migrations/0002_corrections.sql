-- revises: 0001
-- reason: corrections by people: what an undo gives back, what editors decide, and a log that can be searched

-- What the revision gives back: an earlier number of the same history; 0 what there was before a server's first, so
-- that it follows everyone again.
ALTER TABLE revision ADD COLUMN restores INTEGER;

-- The facts whose rows in `fact_value` and `listing` a server has of its own; everyone's are hidden from it.
-- own: the value is the server's own correction, 0 where it only follows from one. Without a `fact_value` row under
-- the server's id: it was retracted there.
CREATE TABLE overlay (
    scope TEXT NOT NULL,
    fact TEXT NOT NULL REFERENCES fact (id),
    own INTEGER NOT NULL,
    PRIMARY KEY (scope, fact)
);
CREATE INDEX overlay_by_fact ON overlay (fact);

-- One row for each revision made by a person, in the order made; sequence is never used again.
-- request: what the person confirmed, so that a double click makes one revision.
CREATE TABLE correction (
    sequence INTEGER PRIMARY KEY,
    fact TEXT NOT NULL,
    scope TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    request TEXT NOT NULL,
    UNIQUE (fact, scope, number),
    UNIQUE (scope, request),
    FOREIGN KEY (fact, scope, number) REFERENCES revision (fact, scope, number)
);
CREATE INDEX correction_by_time ON correction (scope, recorded_at, sequence);
CREATE INDEX correction_by_kind ON correction (scope, kind, recorded_at, sequence);
CREATE INDEX correction_by_author ON correction (scope, author, recorded_at, sequence);
CREATE INDEX correction_by_person ON correction (author, recorded_at);

-- Where a correction is found: its place before and after, and every place around those.
CREATE TABLE correction_area (
    scope TEXT NOT NULL,
    area TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    sequence INTEGER NOT NULL REFERENCES correction (sequence),
    PRIMARY KEY (scope, area, recorded_at, sequence)
);
CREATE INDEX correction_area_by_correction ON correction_area (sequence);

-- What a server asks editors to publish. state: pending, published, declined, withdrawn.
-- published: the number it became for everyone. told_at: when the server heard of the decision.
CREATE TABLE proposal (
    id INTEGER PRIMARY KEY,
    fact TEXT NOT NULL,
    scope TEXT NOT NULL,
    number INTEGER NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    decided_by TEXT,
    decided_at INTEGER,
    decision TEXT,
    published INTEGER,
    request TEXT,
    told_at INTEGER,
    UNIQUE (fact, scope, number),
    FOREIGN KEY (fact, scope, number) REFERENCES revision (fact, scope, number)
);
CREATE INDEX proposal_by_state ON proposal (state, id);
CREATE INDEX proposal_by_scope ON proposal (scope, fact, state);
CREATE INDEX proposal_untold ON proposal (told_at, state, id);
