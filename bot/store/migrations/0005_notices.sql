-- revises: 0004
-- reason: corrections reach whoever was shown the figure: what to edit, what to say, and how far that has come

-- A page as it was shown, once for all messages that show the same; as `bot.answers.page_json` keeps it.
CREATE TABLE shown_page (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
);
ALTER TABLE shown ADD COLUMN page INTEGER REFERENCES shown_page (id);
CREATE INDEX shown_by_page ON shown (page);

-- One row for each message that shows a figure corrected since. sort: answer or digest. scope: as whom it was shown.
-- upto: the revision.sequence it was made from. round: how often it was due anew. at: when it is due. state: pending, done or failed.
CREATE TABLE mending (
    message TEXT PRIMARY KEY,
    channel TEXT NOT NULL,
    server TEXT NOT NULL,
    sort TEXT NOT NULL,
    upto INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'failed')),
    round INTEGER NOT NULL DEFAULT 1,
    attempts INTEGER NOT NULL DEFAULT 0,
    at INTEGER NOT NULL,
    error TEXT
);
CREATE INDEX mending_due ON mending (at) WHERE state = 'pending';

-- One row for each channel in which a corrected figure was shown, and the correction. since: the revision.sequence
-- before it, as which the channel was told the figure last. cause: that of the correction.
-- state: pending (nothing was sent), sent (a request left), done, failed or skipped (`error` says why).
CREATE TABLE notice (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    server TEXT NOT NULL,
    language TEXT NOT NULL,
    fact TEXT NOT NULL REFERENCES fact (id),
    since INTEGER NOT NULL,
    cause INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'done', 'failed', 'skipped')),
    first_sent_at INTEGER,
    tried_at INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    at INTEGER NOT NULL,
    message TEXT,
    error TEXT,
    UNIQUE (channel, fact, cause)
);
CREATE INDEX notice_due ON notice (at) WHERE state IN ('pending', 'sent');
CREATE INDEX notice_by_server ON notice (server);
