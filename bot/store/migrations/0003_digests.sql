-- revises: 0002
-- reason: digests: what channels subscribed to, every slot with what became of it, and what was shown where

-- body: the rule and the choices as JSON. Times are seconds since the epoch, UTC.
-- state: active, paused or removed. next_at: when the next slot may be posted; of a subscription that Sitrep paused,
-- when to look whether the channel can be written to again; null of one that a person paused or removed.
-- handled_at: the last slot that was claimed, merged or skipped, or the instant of subscribing, resuming or editing;
-- handled_date and handled_time: its local date and time; null for a plain instant.
-- strikes_since: since when Discord refuses the channel; null once something was confirmed.
-- told: 0 from the moment when Sitrep paused it until people were told.
-- seen: the revision.sequence that the last confirmed edition covered; null before the first.
CREATE TABLE subscription (
    id INTEGER PRIMARY KEY,
    server TEXT NOT NULL REFERENCES server (id),
    channel TEXT NOT NULL,
    body TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'removed')),
    paused_reason TEXT,
    paused_at INTEGER,
    strikes_since INTEGER,
    told INTEGER NOT NULL DEFAULT 1,
    next_at INTEGER,
    handled_at INTEGER NOT NULL,
    handled_date TEXT,
    handled_time TEXT,
    seen INTEGER
);
CREATE INDEX subscription_by_time ON subscription (state, next_at);
CREATE INDEX subscription_by_server ON subscription (server, state);
CREATE INDEX subscription_by_channel ON subscription (channel, state);
CREATE INDEX subscription_untold ON subscription (id) WHERE told = 0;

-- Rendered once per distinct edition and language, and kept, so that what is sent again is the same byte for byte.
-- key: a hash of all that it was made from. since: null in a first edition, the standing picture.
CREATE TABLE edition (
    id INTEGER PRIMARY KEY,
    scope TEXT NOT NULL,
    language TEXT NOT NULL,
    since INTEGER,
    upto INTEGER NOT NULL,
    key TEXT NOT NULL UNIQUE,
    payload TEXT NOT NULL,
    page TEXT,
    made_at INTEGER NOT NULL
);

CREATE TABLE edition_fact (
    edition INTEGER NOT NULL REFERENCES edition (id),
    fact TEXT NOT NULL REFERENCES fact (id),
    PRIMARY KEY (edition, fact)
);
CREATE INDEX edition_fact_by_fact ON edition_fact (fact);

-- One row for each slot of each subscription.
-- state: claimed (nothing was sent), sent (a request left; its answer is not known yet), uncertain (the answer was
-- lost), confirmed (it stands in the channel as `message`), failed, skipped (`error` says why).
-- lease_until: until when `owner` works on it; without an owner, when it is due again.
-- covers: how many slots it stands for. publish: due, done or failed in announcement channels.
CREATE TABLE delivery (
    subscription INTEGER NOT NULL REFERENCES subscription (id),
    slot INTEGER NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('claimed', 'sent', 'confirmed', 'uncertain', 'failed', 'skipped')),
    nonce TEXT NOT NULL,
    owner TEXT,
    lease_until INTEGER NOT NULL,
    first_sent_at INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    edition INTEGER REFERENCES edition (id),
    message TEXT,
    publish TEXT,
    error TEXT,
    late INTEGER NOT NULL DEFAULT 0,
    covers INTEGER NOT NULL DEFAULT 1,
    at INTEGER NOT NULL,
    PRIMARY KEY (subscription, slot)
);
-- Few rows are open at any time: the partial indexes stay small however long the history grows.
CREATE INDEX delivery_open ON delivery (lease_until) WHERE state IN ('claimed', 'sent', 'uncertain');
CREATE INDEX delivery_open_by_channel ON delivery (channel) WHERE state IN ('claimed', 'sent', 'uncertain');
CREATE INDEX delivery_unpublished ON delivery (at) WHERE publish = 'due';
CREATE INDEX delivery_by_edition ON delivery (edition);
CREATE INDEX delivery_by_message ON delivery (message);
CREATE INDEX delivery_by_time ON delivery (at, state, late);

-- Public answers that stand in a channel. question: as a button carries it. upto: the revision.sequence it was
-- answered from.
CREATE TABLE shown (
    message TEXT PRIMARY KEY,
    channel TEXT NOT NULL,
    server TEXT NOT NULL,
    scope TEXT NOT NULL,
    language TEXT NOT NULL,
    question TEXT NOT NULL,
    upto INTEGER NOT NULL,
    shown_at INTEGER NOT NULL
);
CREATE INDEX shown_by_time ON shown (shown_at);
CREATE INDEX shown_by_server ON shown (server);

CREATE TABLE shown_fact (
    message TEXT NOT NULL REFERENCES shown (message) ON DELETE CASCADE,
    fact TEXT NOT NULL REFERENCES fact (id),
    PRIMARY KEY (message, fact)
);
CREATE INDEX shown_fact_by_fact ON shown_fact (fact);
