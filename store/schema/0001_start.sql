-- Schema 1: people, skills, needs, sessions, and the logs that follow them.
-- One text for two engines. For PostgreSQL three words are replaced when it is read
-- (store/schema.awk): INTEGER by BIGINT, REAL by DOUBLE PRECISION, and ") STRICT;" by ");".
-- Times are seconds since 1970 UTC. Ids are made by the program from `sequence`.

CREATE TABLE sequence (
    name TEXT NOT NULL PRIMARY KEY, -- the table whose ids are made
    last INTEGER NOT NULL           -- the last id given out; never given again
) STRICT;

CREATE TABLE structure (
    id INTEGER NOT NULL PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,       -- in addresses: a-z, 0-9, hyphens
    name TEXT NOT NULL,             -- as it calls itself
    kind TEXT,                      -- association, cae, scop, scic, public, …
    commune TEXT,                   -- where it is
    about TEXT,                     -- what it does, one or two sentences
    url TEXT,                       -- its own site
    version INTEGER NOT NULL        -- grows with each change
) STRICT;

CREATE TABLE skill (
    id INTEGER NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,           -- site, rome, esco, csv or the name given to the import
    code TEXT NOT NULL,             -- what the source calls it
    parent_id INTEGER REFERENCES skill (id), -- the broader skill of the same source
    kind TEXT,                      -- occupation, skill, knowledge
    description TEXT,               -- a sentence or more
    version INTEGER NOT NULL,       -- grows with each change
    UNIQUE (source, code)
) STRICT;
CREATE INDEX skill_parent ON skill (parent_id);

CREATE TABLE skill_label (
    skill_id INTEGER NOT NULL REFERENCES skill (id),
    position INTEGER NOT NULL,      -- order of the labels of a skill
    lang TEXT NOT NULL,             -- fr or en
    kind INTEGER NOT NULL CHECK (kind IN (0, 1)), -- 0 preferred, 1 alternative
    text TEXT NOT NULL,             -- the label
    folded TEXT NOT NULL,           -- without case, accents, doubled blanks: for comparing
    PRIMARY KEY (skill_id, position)
) STRICT;
CREATE INDEX skill_label_folded ON skill_label (folded);

CREATE TABLE person (
    id INTEGER NOT NULL PRIMARY KEY,
    structure_id INTEGER REFERENCES structure (id), -- who accompanies her and owns the record
    external_id TEXT,               -- what her structure calls her
    name TEXT NOT NULL,             -- as shown
    name_folded TEXT NOT NULL,      -- for comparing
    email TEXT,                     -- never shown
    email_folded TEXT,              -- A to Z in lower case, for comparing
    phone TEXT,                     -- never shown
    commune TEXT,                   -- where she works
    headline TEXT,                  -- what she puts under her name
    about TEXT,                     -- her presentation, plain text
    languages TEXT,                 -- codes separated by blanks
    access TEXT,                    -- access needs in her words; never shown
    formats INTEGER NOT NULL,       -- bits of enum format; 0 unsaid
    quota_month INTEGER NOT NULL CHECK (quota_month BETWEEN -1 AND 1000), -- contacts; -1 the site's
    pause_until INTEGER,            -- takes no contacts before
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2), -- draft, published, hidden
    confirmed_at INTEGER,           -- last checked by herself or for her
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL        -- grows with each change
) STRICT;
CREATE INDEX person_external ON person (external_id);
CREATE INDEX person_email ON person (email_folded);
CREATE INDEX person_name ON person (name_folded);
CREATE INDEX person_structure ON person (structure_id);

CREATE TABLE person_skill (
    person_id INTEGER NOT NULL REFERENCES person (id),
    position INTEGER NOT NULL,      -- her own order
    skill_id INTEGER REFERENCES skill (id), -- the thesaurus entry, when recognised
    label TEXT NOT NULL,            -- as she wrote it
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 4), -- 0 unsaid … 4 can train
    shares INTEGER NOT NULL CHECK (shares IN (0, 1)),     -- agrees to pass it on
    formats INTEGER NOT NULL,       -- bits of enum format; 0 those of her card
    PRIMARY KEY (person_id, position)
) STRICT;
CREATE INDEX person_skill_skill ON person_skill (skill_id);

CREATE TABLE availability (
    person_id INTEGER NOT NULL REFERENCES person (id),
    position INTEGER NOT NULL,
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7), -- 1 Monday
    start_min INTEGER NOT NULL CHECK (start_min BETWEEN 0 AND 1439), -- local minutes
    end_min INTEGER NOT NULL CHECK (end_min BETWEEN 1 AND 1440),
    PRIMARY KEY (person_id, position)
) STRICT;

CREATE TABLE pole (
    id INTEGER NOT NULL PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,       -- in addresses
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('trade', 'service', 'sales')),
    about TEXT,
    version INTEGER NOT NULL        -- grows with each change
) STRICT;

CREATE TABLE pole_skill (
    pole_id INTEGER NOT NULL REFERENCES pole (id),
    position INTEGER NOT NULL,
    skill_id INTEGER NOT NULL REFERENCES skill (id), -- in the pole's scope
    PRIMARY KEY (pole_id, position)
) STRICT;
CREATE INDEX pole_skill_skill ON pole_skill (skill_id);

CREATE TABLE pole_facilitator (
    pole_id INTEGER NOT NULL REFERENCES pole (id),
    position INTEGER NOT NULL,      -- 0 keeps it, the others stand in
    person_id INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (pole_id, position)
) STRICT;
CREATE INDEX pole_facilitator_person ON pole_facilitator (person_id);

CREATE TABLE person_pole (
    person_id INTEGER NOT NULL REFERENCES person (id),
    position INTEGER NOT NULL,
    pole_id INTEGER NOT NULL REFERENCES pole (id),
    PRIMARY KEY (person_id, position)
) STRICT;
CREATE INDEX person_pole_pole ON person_pole (pole_id);

CREATE TABLE need (
    id INTEGER NOT NULL PRIMARY KEY,
    external_id TEXT,               -- what an import called it
    person_id INTEGER REFERENCES person (id), -- author, when known
    structure_id INTEGER REFERENCES structure (id),
    pole_id INTEGER REFERENCES pole (id),   -- given when qualified
    skill_id INTEGER REFERENCES skill (id), -- given when qualified
    text TEXT NOT NULL,             -- the author's own words
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 4), -- wanted; 0 unsaid
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4), -- stated, qualified, grouped, met, given up
    commune TEXT,
    could_pass_on TEXT,             -- open reciprocity
    email TEXT,                     -- to be confirmed; never shown
    email_folded TEXT,              -- A to Z in lower case, for comparing
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,    -- not open after this
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL        -- grows with each change
) STRICT;
CREATE INDEX need_external ON need (external_id);
CREATE INDEX need_pole ON need (pole_id);
CREATE INDEX need_skill ON need (skill_id);
CREATE INDEX need_person ON need (person_id);
CREATE INDEX need_email ON need (email_folded);
CREATE INDEX need_structure ON need (structure_id);

CREATE TABLE need_window (
    need_id INTEGER NOT NULL REFERENCES need (id),
    position INTEGER NOT NULL,
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7), -- 1 Monday
    start_min INTEGER NOT NULL CHECK (start_min BETWEEN 0 AND 1439),
    end_min INTEGER NOT NULL CHECK (end_min BETWEEN 1 AND 1440),
    PRIMARY KEY (need_id, position)
) STRICT;

CREATE TABLE need_support (
    need_id INTEGER NOT NULL REFERENCES need (id),
    position INTEGER NOT NULL,
    person_id INTEGER REFERENCES person (id), -- when she has a card
    words TEXT,                     -- her own, when she gave some
    created_at INTEGER NOT NULL,
    PRIMARY KEY (need_id, position)
) STRICT;
CREATE INDEX need_support_person ON need_support (person_id);

CREATE TABLE session (
    id INTEGER NOT NULL PRIMARY KEY,
    external_id TEXT,               -- what an import called it
    title TEXT NOT NULL,
    about TEXT,
    pole_id INTEGER REFERENCES pole (id),
    structure_id INTEGER REFERENCES structure (id), -- who hosts it
    skill_id INTEGER REFERENCES skill (id),
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 4), -- it brings to; 0 unsaid
    format INTEGER NOT NULL,        -- one bit of enum format
    place TEXT,
    commune TEXT,
    is_online INTEGER NOT NULL CHECK (is_online IN (0, 1)),
    seats INTEGER NOT NULL CHECK (seats BETWEEN 1 AND 1000),
    threshold INTEGER NOT NULL CHECK (threshold BETWEEN 0 AND 1000), -- to take place
    decide_at INTEGER,              -- go/no-go
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3), -- proposed, confirmed, held, cancelled
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL        -- grows with each change
) STRICT;
CREATE INDEX session_external ON session (external_id);
CREATE INDEX session_pole ON session (pole_id);
CREATE INDEX session_skill ON session (skill_id);
CREATE INDEX session_structure ON session (structure_id);

CREATE TABLE session_date (
    session_id INTEGER NOT NULL REFERENCES session (id),
    position INTEGER NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL CHECK (ends_at > starts_at),
    is_fixed INTEGER NOT NULL CHECK (is_fixed IN (0, 1)), -- chosen among those offered
    PRIMARY KEY (session_id, position)
) STRICT;
CREATE INDEX session_date_starts ON session_date (starts_at);

CREATE TABLE session_trainer (
    session_id INTEGER NOT NULL REFERENCES session (id),
    position INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (session_id, position)
) STRICT;
CREATE INDEX session_trainer_person ON session_trainer (person_id);

CREATE TABLE session_need (
    session_id INTEGER NOT NULL REFERENCES session (id),
    position INTEGER NOT NULL,
    need_id INTEGER NOT NULL REFERENCES need (id),
    PRIMARY KEY (session_id, position)
) STRICT;
CREATE INDEX session_need_need ON session_need (need_id);

CREATE TABLE registration (
    session_id INTEGER NOT NULL REFERENCES session (id),
    position INTEGER NOT NULL,      -- order of arrival
    person_id INTEGER NOT NULL REFERENCES person (id),
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4), -- seated, waiting, left, attended, absent
    created_at INTEGER NOT NULL,
    PRIMARY KEY (session_id, position),
    UNIQUE (session_id, person_id)
) STRICT;
CREATE INDEX registration_person ON registration (person_id);

CREATE TABLE change (
    number INTEGER NOT NULL PRIMARY KEY, -- 1, 2, 3 … in commit order, without gaps
    thing INTEGER NOT NULL CHECK (thing BETWEEN 0 AND 5), -- person, skill, need, session, pole, structure
    thing_id INTEGER NOT NULL,      -- 0: all of that kind
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE outbox (
    id INTEGER NOT NULL PRIMARY KEY,
    recipient TEXT NOT NULL,        -- e-mail address
    template TEXT NOT NULL,         -- which mail
    content TEXT NOT NULL,          -- its values, JSON
    created_at INTEGER NOT NULL,
    send_after INTEGER NOT NULL,
    tries INTEGER NOT NULL,         -- so far
    sent_at INTEGER,                -- NULL while it waits
    error TEXT                      -- of the last try
) STRICT;
CREATE INDEX outbox_waiting ON outbox (sent_at, send_after);

CREATE TABLE audit (
    id INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,            -- who: "cli", "web", a role and id
    verb TEXT NOT NULL,             -- what: "import people"
    detail TEXT                     -- how much, never anyone's words
) STRICT;
CREATE INDEX audit_at ON audit (at);
