-- revises: nothing
-- reason: what is known, who said it, and what is shown for it

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE conflict (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL
);

CREATE TABLE actor (
    conflict TEXT NOT NULL REFERENCES conflict (id),
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (conflict, id)
);

CREATE TABLE source (
    conflict TEXT NOT NULL REFERENCES conflict (id),
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (conflict, id)
);

CREATE TABLE place (
    conflict TEXT NOT NULL REFERENCES conflict (id),
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (conflict, id)
);

-- published: days since 0001-01-01 (Python's date ordinal). loaded_at: seconds since the epoch, UTC.
-- shown: how many of its facts everyone sees.
CREATE TABLE report (
    id TEXT PRIMARY KEY,
    conflict TEXT NOT NULL REFERENCES conflict (id),
    published INTEGER NOT NULL,
    loaded_at INTEGER NOT NULL,
    shown INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL
);
CREATE INDEX report_by_date ON report (conflict, published);

-- Who is quoted by a report that was read, or printed one.
CREATE TABLE quoted (
    conflict TEXT NOT NULL REFERENCES conflict (id),
    source TEXT NOT NULL,
    PRIMARY KEY (conflict, source)
);

CREATE TABLE fact (
    id TEXT PRIMARY KEY,
    report TEXT NOT NULL REFERENCES report (id),
    first_seen INTEGER NOT NULL
);
CREATE INDEX fact_by_report ON fact (report);

-- Never updated, never deleted: a change is the next number. scope: '' is everyone, else a server's id.
-- sequence: ascends in the order of commits over all revisions, and is never used again; "known up to" is said with it.
-- series: what a running total counts, as a number (bot.facts.series), so that the step before is found; else null.
CREATE TABLE revision (
    fact TEXT NOT NULL REFERENCES fact (id),
    scope TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    sequence INTEGER NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    reason TEXT,
    evidence TEXT,
    recorded_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    series INTEGER,
    PRIMARY KEY (fact, scope, number)
);
CREATE INDEX revision_by_time ON revision (scope, recorded_at);
CREATE INDEX revision_by_sequence ON revision (scope, sequence);
CREATE INDEX revision_by_series ON revision (series, sequence);

-- What a scope sees of a fact now: its latest revision, with what an answer needs beside it.
-- attached: the facts shown under it (parts, other wordings), as a JSON list of bodies.
-- corrected_below: the ids of those of them that were corrected, as a JSON list; null where none was.
CREATE TABLE fact_value (
    id INTEGER PRIMARY KEY,
    fact TEXT NOT NULL REFERENCES fact (id),
    scope TEXT NOT NULL,
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    attached TEXT,
    corrected_below TEXT,
    publisher TEXT NOT NULL,
    published INTEGER NOT NULL,
    series TEXT,
    window_end INTEGER NOT NULL,
    UNIQUE (fact, scope)
);
CREATE INDEX fact_value_by_series ON fact_value (scope, series, window_end);

-- How the facts that everyone sees stand to each other; derived from the bodies, kept for the way back.
CREATE TABLE relation (
    fact TEXT NOT NULL REFERENCES fact (id),
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    PRIMARY KEY (fact, kind, target)
);
CREATE INDEX relation_by_target ON relation (target, kind);

-- A list that somebody can ask for: a topic, seen from a place and from every place around it.
-- facet: empty for the whole list; s:ID, p:NAME or both for the lists of one source and one population, so that a
-- question narrowed by them searches no more than one that is not.
-- marks: which rows it has, or once had; bits by reign and section.
CREATE TABLE list (
    id INTEGER PRIMARY KEY,
    scope TEXT NOT NULL,
    facet TEXT NOT NULL,
    topic TEXT NOT NULL,
    area TEXT NOT NULL,
    marks INTEGER NOT NULL,
    UNIQUE (scope, facet, topic, area)
);

-- One row for each list a fact stands in by itself. There are a dozen to a fact: they are kept short and in the order
-- of the answers, so that a page of a list is one place of the file.
-- reign: 0 for what nothing has replaced; else how long it stood, in the classes of bot/store/lists/listing.py.
-- section: 1 running totals, 2 single events. rank: ascending within the section, by days first.
-- successor_end: last day of what replaced it, null for what nothing has replaced.
CREATE TABLE listing (
    list INTEGER NOT NULL REFERENCES list (id),
    reign INTEGER NOT NULL,
    section INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    fact TEXT NOT NULL,
    value INTEGER NOT NULL REFERENCES fact_value (id) ON DELETE CASCADE,
    successor_end INTEGER,
    PRIMARY KEY (list, reign, section, rank, fact)
) WITHOUT ROWID;
CREATE INDEX listing_by_value ON listing (value);


-- settings: as JSON. left_at: since when the bot is no longer in it.
CREATE TABLE server (
    id TEXT PRIMARY KEY,
    settings TEXT NOT NULL,
    left_at INTEGER
);
