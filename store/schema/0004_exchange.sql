-- Schema 4: the exchange lives: who may do what, links that act, what becomes of cards, needs
-- and sessions, introductions, rooms, and what people settle for themselves.

-- Who comes in, and the person she is.
ALTER TABLE account ADD COLUMN person_id INTEGER REFERENCES person (id); -- NULL: no name given yet
ALTER TABLE account ADD COLUMN warned_at INTEGER; -- told that the account will go, unused as it is
CREATE INDEX account_person ON account (person_id);

CREATE TABLE role (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    kind INTEGER NOT NULL CHECK (kind IN (1, 2)), -- 1 manages a structure, 2 admin of the site
    structure_id INTEGER REFERENCES structure (id), -- of kind 1
    granted_at INTEGER NOT NULL,
    granted_by INTEGER              -- account; NULL: the command line or the first link
) STRICT;
CREATE INDEX role_account ON role (account_id);
CREATE INDEX role_structure ON role (structure_id);

-- A link in a mail (or a feed's address) that lets its holder do one thing to one record.
CREATE TABLE link (
    id INTEGER NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE, -- of its token; the token itself is never stored
    purpose INTEGER NOT NULL CHECK (purpose BETWEEN 0 AND 63), -- enum link_purpose
    subject_id INTEGER NOT NULL,    -- the need, session, person, … it is about; 0 none
    person_id INTEGER REFERENCES person (id) ON DELETE CASCADE, -- who acts with it, when known
    email TEXT,                     -- to whom it was sent, lower case; NULL for a feed
    payload TEXT,                   -- what is to be done once it is used, JSON
    lang TEXT NOT NULL,
    address_hash TEXT,              -- of the network address that asked; NULL: the site itself
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER                 -- NULL while it may be used (again)
) STRICT;
CREATE INDEX link_subject ON link (purpose, subject_id);
CREATE INDEX link_person ON link (person_id);
CREATE INDEX link_email ON link (email, created_at);
CREATE INDEX link_address ON link (address_hash, created_at);
CREATE INDEX link_expires ON link (expires_at);

-- What someone wants by mail, card or not.
CREATE TABLE mail_setting (
    email TEXT NOT NULL PRIMARY KEY, -- lower case
    digest INTEGER NOT NULL CHECK (digest IN (0, 1)), -- the weekly one
    digested_at INTEGER,            -- the last one
    stopped_at INTEGER              -- wants no mail but what she asks for; NULL otherwise
) STRICT;

-- Cards.
ALTER TABLE person ADD COLUMN visibility INTEGER NOT NULL DEFAULT 0
    CHECK (visibility BETWEEN 0 AND 2); -- public, members, her structure
ALTER TABLE person ADD COLUMN is_indexable INTEGER NOT NULL DEFAULT 0
    CHECK (is_indexable IN (0, 1)); -- search engines may show the card
ALTER TABLE person ADD COLUMN invited_at INTEGER;  -- her structure's invitation left
ALTER TABLE person ADD COLUMN declined_at INTEGER; -- she wants no card
ALTER TABLE person ADD COLUMN asked_at INTEGER;    -- last mail that asked about her card

CREATE TABLE consent (
    id INTEGER NOT NULL PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,             -- card, indexable, show_contact, …
    is_given INTEGER NOT NULL CHECK (is_given IN (0, 1)),
    text_version TEXT NOT NULL,     -- which sentence she read
    actor TEXT NOT NULL,            -- herself, or who noted it for her
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX consent_person ON consent (person_id);

-- Needs.
ALTER TABLE need ADD COLUMN is_private INTEGER NOT NULL DEFAULT 0
    CHECK (is_private IN (0, 1));   -- sensitive: seen by its author and facilitators only
ALTER TABLE need ADD COLUMN qualified_at INTEGER;
ALTER TABLE need ADD COLUMN answered_at INTEGER;  -- first answer: an acceptance or a session
ALTER TABLE need ADD COLUMN followed INTEGER NOT NULL DEFAULT 0
    CHECK (followed BETWEEN 0 AND 4); -- follow-ups done: day 3, 9, 21, then the closing
ALTER TABLE need ADD COLUMN closed_at INTEGER;
ALTER TABLE need ADD COLUMN reason TEXT;          -- why it is where it is: a word of enum need_reason
ALTER TABLE need ADD COLUMN merged_into INTEGER REFERENCES need (id); -- the need it is part of
ALTER TABLE need ADD COLUMN merged_state INTEGER; -- of a merged need: its state before; NULL otherwise
ALTER TABLE need ADD COLUMN deadline_at INTEGER;  -- wanted before
CREATE INDEX need_merged ON need (merged_into);

-- Bringing an asker and a resource person together.
CREATE TABLE introduction (
    id INTEGER NOT NULL PRIMARY KEY,
    need_id INTEGER REFERENCES need (id),  -- NULL: asked from a card without a need
    asker_id INTEGER NOT NULL REFERENCES person (id),
    resource_id INTEGER NOT NULL REFERENCES person (id),
    wave INTEGER NOT NULL,          -- 1, 2, … of the need; 0: asked by herself
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5), -- asked, accepted, declined, silent, withdrawn, met
    words TEXT,                     -- of the asker; relayed
    answer TEXT,                    -- of the resource person; relayed
    reason TEXT,                    -- of a refusal: a word of enum decline_reason
    suggested TEXT,                 -- whom she suggested instead
    asker_shows INTEGER NOT NULL CHECK (asker_shows IN (0, 1)),       -- agrees to show her address
    resource_shows INTEGER NOT NULL CHECK (resource_shows IN (0, 1)), -- so does the other
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,    -- silent after this
    answered_at INTEGER
) STRICT;
CREATE INDEX introduction_need ON introduction (need_id);
CREATE INDEX introduction_asker ON introduction (asker_id);
CREATE INDEX introduction_resource ON introduction (resource_id, created_at);

-- A relayed message; its words go to the other's mailbox and are kept until she has them.
CREATE TABLE relay (
    id INTEGER NOT NULL PRIMARY KEY,
    from_id INTEGER NOT NULL REFERENCES person (id),
    to_id INTEGER NOT NULL REFERENCES person (id),
    introduction_id INTEGER REFERENCES introduction (id),
    session_id INTEGER REFERENCES session (id),
    words TEXT,                     -- shown to the two of them; NULL once forgotten
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX relay_introduction ON relay (introduction_id);
CREATE INDEX relay_session ON relay (session_id);
CREATE INDEX relay_from ON relay (from_id, created_at);
CREATE INDEX relay_to ON relay (to_id);

-- Rooms of the structures.
CREATE TABLE room (
    id INTEGER NOT NULL PRIMARY KEY,
    structure_id INTEGER NOT NULL REFERENCES structure (id),
    name TEXT NOT NULL,
    commune TEXT,
    address TEXT,                   -- shown to those who come
    capacity INTEGER NOT NULL CHECK (capacity BETWEEN 1 AND 1000),
    equipment TEXT,                 -- in words
    access TEXT,                    -- steps, toilets, loops, in words
    is_step_free INTEGER NOT NULL CHECK (is_step_free IN (0, 1)),
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX room_structure ON room (structure_id);

CREATE TABLE room_window (
    room_id INTEGER NOT NULL REFERENCES room (id),
    position INTEGER NOT NULL,
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    start_min INTEGER NOT NULL CHECK (start_min BETWEEN 0 AND 1439),
    end_min INTEGER NOT NULL CHECK (end_min BETWEEN 1 AND 1440),
    PRIMARY KEY (room_id, position)
) STRICT;

-- Sessions.
ALTER TABLE session ADD COLUMN room_id INTEGER REFERENCES room (id);
ALTER TABLE session ADD COLUMN online_url TEXT;   -- shown to those registered
ALTER TABLE session ADD COLUMN access TEXT;       -- of the place, in words
ALTER TABLE session ADD COLUMN priority_until INTEGER; -- those who asked come first until then
ALTER TABLE session ADD COLUMN is_prolonged INTEGER NOT NULL DEFAULT 0
    CHECK (is_prolonged IN (0, 1));  -- the go/no-go date was moved once
ALTER TABLE session ADD COLUMN created_by INTEGER REFERENCES person (id);
ALTER TABLE session ADD COLUMN reason TEXT;       -- of a cancellation: a word of enum session_reason
ALTER TABLE session ADD COLUMN reminded INTEGER NOT NULL DEFAULT 0
    CHECK (reminded BETWEEN 0 AND 15); -- bits: 1 early reminder left, 2 late one, 4 questions, 8 to tick
CREATE INDEX session_room ON session (room_id);
CREATE INDEX session_created_by ON session (created_by);

ALTER TABLE registration ADD COLUMN need_id INTEGER REFERENCES need (id); -- the need it answers
ALTER TABLE registration ADD COLUMN hold_until INTEGER; -- waiting: a freed seat is hers until then
CREATE INDEX registration_need ON registration (need_id);

-- Which of the dates offered suit whom.
CREATE TABLE session_choice (
    session_id INTEGER NOT NULL REFERENCES session (id),
    starts_at INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (session_id, starts_at, person_id)
) STRICT;
CREATE INDEX session_choice_person ON session_choice (person_id);

-- The two questions afterwards.
CREATE TABLE session_feedback (
    session_id INTEGER NOT NULL REFERENCES session (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    useful INTEGER NOT NULL CHECK (useful BETWEEN 0 AND 4), -- 0 unsaid, 1 no … 4 very
    could_show INTEGER NOT NULL CHECK (could_show IN (0, 1)),
    words TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (session_id, person_id)
) STRICT;
CREATE INDEX session_feedback_person ON session_feedback (person_id);

-- The facilitator's notebook and her ticks.
CREATE TABLE pole_note (
    id INTEGER NOT NULL PRIMARY KEY,
    pole_id INTEGER NOT NULL REFERENCES pole (id),
    author_id INTEGER REFERENCES person (id),
    text TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX pole_note_pole ON pole_note (pole_id, at);
CREATE INDEX pole_note_author ON pole_note (author_id);

CREATE TABLE basket_seen (
    pole_id INTEGER NOT NULL REFERENCES pole (id),
    basket INTEGER NOT NULL,        -- enum basket
    subject_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (pole_id, basket, subject_id)
) STRICT;

-- Who did what, for which pole and for whom.
ALTER TABLE audit ADD COLUMN account_id INTEGER; -- NULL: the command line, a job
ALTER TABLE audit ADD COLUMN pole_id INTEGER;    -- an action of that pole
ALTER TABLE audit ADD COLUMN person_id INTEGER;  -- on behalf of whom, or about whom
CREATE INDEX audit_pole ON audit (pole_id, at);
CREATE INDEX audit_account ON audit (account_id);
CREATE INDEX audit_person ON audit (person_id);

-- What runs by itself, and when it last did.
CREATE TABLE job (
    name TEXT NOT NULL PRIMARY KEY,
    last_at INTEGER NOT NULL
) STRICT;

-- People who are gone stay gone when a copy is restored: no name, only the number.
CREATE TABLE erased (
    person_id INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;
