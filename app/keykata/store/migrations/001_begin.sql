CREATE TABLE event (
    id      TEXT PRIMARY KEY,
    at      INTEGER NOT NULL,
    day     TEXT NOT NULL,
    device  TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    attempt TEXT,
    item    TEXT,
    card    TEXT,
    body    TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX event_order ON event (at, device, seq);
-- Not unique: after a restore a device may use a number again, and a merge goes by id alone.
CREATE INDEX event_device ON event (device, seq);
CREATE INDEX event_target ON event (json_extract(body, '$.target')) WHERE kind = 'void';
CREATE INDEX event_kind ON event (kind, day);
CREATE INDEX event_card ON event (card, at) WHERE card IS NOT NULL;
CREATE INDEX event_item ON event (item, at) WHERE item IS NOT NULL;
CREATE INDEX event_attempt ON event (attempt, at) WHERE attempt IS NOT NULL;

CREATE TRIGGER event_never_changes BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER event_never_goes BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TABLE snapshot (
    hash TEXT PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;

-- The running time of an attempt on this computer; neither log nor derived.
CREATE TABLE clock (
    attempt TEXT PRIMARY KEY,
    used    REAL NOT NULL,
    wall    INTEGER NOT NULL
) STRICT;

-- Everything below is derived from the log.

CREATE TABLE card (
    card        TEXT PRIMARY KEY,
    item        TEXT NOT NULL,
    kind        TEXT NOT NULL,
    phase       TEXT NOT NULL,
    stability   REAL NOT NULL,
    difficulty  REAL NOT NULL,
    reps        INTEGER NOT NULL,
    lapses      INTEGER NOT NULL,
    step        INTEGER NOT NULL,
    entered_at  INTEGER NOT NULL,
    last_at     INTEGER NOT NULL,
    last_day    TEXT NOT NULL,
    interval    INTEGER NOT NULL,
    due_day     TEXT NOT NULL,
    due_at      INTEGER NOT NULL,
    last_rating INTEGER NOT NULL,
    lucky       INTEGER NOT NULL,
    sure_wrong  INTEGER NOT NULL,
    first_day   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX card_due ON card (due_day, due_at) WHERE phase <> 'new';
CREATE INDEX card_phase ON card (phase, entered_at);
CREATE INDEX card_first ON card (first_day);
CREATE INDEX card_item ON card (item);
CREATE INDEX card_kind ON card (kind);

CREATE TABLE item (
    item          TEXT PRIMARY KEY,
    tries         INTEGER NOT NULL,
    right         INTEGER NOT NULL,
    first_correct INTEGER,
    missed        INTEGER NOT NULL,
    last_at       INTEGER NOT NULL,
    last_attempt  TEXT NOT NULL,
    wording       TEXT NOT NULL,
    kept          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt (
    id          TEXT PRIMARY KEY,
    mode        TEXT NOT NULL,
    title       TEXT NOT NULL,
    seed        INTEGER NOT NULL,
    feedback    TEXT NOT NULL,
    snapshot    TEXT NOT NULL,
    items       INTEGER NOT NULL,
    day         TEXT NOT NULL,
    started_at  INTEGER NOT NULL,
    finished_at INTEGER,
    answered    INTEGER NOT NULL,
    objective   INTEGER NOT NULL,
    correct     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_open ON attempt (started_at) WHERE finished_at IS NULL;

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Ids whose progress goes on under another one.
CREATE TABLE link (
    old     TEXT PRIMARY KEY,
    present TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX link_present ON link (present);
