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

-- Searches whose new answers she is told in the weekly digest.
CREATE TABLE saved_search (
    id INTEGER NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,            -- lower case
    words TEXT NOT NULL,            -- as typed
    filters TEXT NOT NULL,          -- "&pole=batiment&niveau=3"; empty: none
    known TEXT NOT NULL,            -- numbers of the people who answered so far, a blank between
    told_at INTEGER NOT NULL,       -- sessions made later are new
    created_at INTEGER NOT NULL,
    UNIQUE (email, words, filters)
) STRICT;

-- Cards.
ALTER TABLE person ADD COLUMN visibility INTEGER NOT NULL DEFAULT 0
    CHECK (visibility BETWEEN 0 AND 2); -- public, members, her structure
ALTER TABLE person ADD COLUMN is_indexable INTEGER NOT NULL DEFAULT 0
    CHECK (is_indexable IN (0, 1)); -- search engines may show the card
ALTER TABLE person ADD COLUMN invited_at INTEGER;  -- her structure's invitation left
ALTER TABLE person ADD COLUMN declined_at INTEGER; -- she wants no card
ALTER TABLE person ADD COLUMN asked_at INTEGER;    -- last mail that asked about her card
-- All that the list of people asks for, so that it reads no person but those it shows.
DROP INDEX person_name;
CREATE INDEX person_name ON person (name_folded, id, state, confirmed_at, created_at, visibility,
    structure_id);

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

-- Needs in free words that ask for about the same thing: in the gaps they stand as one row, as if they
-- named a skill.
CREATE TABLE word_group (
    id INTEGER NOT NULL PRIMARY KEY,
    pole_id INTEGER NOT NULL REFERENCES pole (id),
    name TEXT NOT NULL,             -- their commonest words, or what a facilitator calls them
    named_at INTEGER,               -- a facilitator said so then; NULL: the program did
    skill_id INTEGER REFERENCES skill (id) ON DELETE SET NULL, -- its needs were said to name this one
    merged_into INTEGER REFERENCES word_group (id), -- counts there, and can be taken out again
    members INTEGER NOT NULL,       -- tells which needs the name was made from (word_group_changed)
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX word_group_pole ON word_group (pole_id);
CREATE INDEX word_group_named_skill ON word_group (skill_id);
CREATE INDEX word_group_merged ON word_group (merged_into);

-- What a pole does not want planned for a while: a skill, a person, or a day (year × 10000 + month × 100
-- + day).
CREATE TABLE plan_refusal (
    pole_id INTEGER NOT NULL REFERENCES pole (id),
    skill_id INTEGER REFERENCES skill (id),
    group_id INTEGER REFERENCES word_group (id) ON DELETE CASCADE,
    person_id INTEGER REFERENCES person (id),
    day INTEGER,
    until_at INTEGER NOT NULL
) STRICT;
CREATE INDEX plan_refusal_pole ON plan_refusal (pole_id, until_at);
CREATE INDEX plan_refusal_person ON plan_refusal (person_id);
CREATE INDEX plan_refusal_group ON plan_refusal (group_id);

-- The last plan of a pole: proposed by nobody yet, kept until the next one is made.
CREATE TABLE plan (
    pole_id INTEGER NOT NULL PRIMARY KEY REFERENCES pole (id) ON DELETE CASCADE,
    weeks INTEGER NOT NULL,
    asked INTEGER NOT NULL,         -- how often one was asked for
    answered INTEGER NOT NULL,      -- below asked: one is being made
    asked_at INTEGER NOT NULL,
    is_weekly INTEGER NOT NULL CHECK (is_weekly IN (0, 1)), -- nobody asked: the week is over
    is_failed INTEGER NOT NULL CHECK (is_failed IN (0, 1)), -- the last one could not be made
    made_at INTEGER,                -- NULL: never
    worth INTEGER, bound INTEGER,   -- in millionths of a need
    kept INTEGER, unqualified INTEGER, trainers INTEGER, dates INTEGER
) STRICT;

CREATE TABLE plan_session (
    pole_id INTEGER NOT NULL REFERENCES plan (pole_id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    skill_id INTEGER REFERENCES skill (id) ON DELETE CASCADE,
    group_id INTEGER REFERENCES word_group (id) ON DELETE CASCADE, -- of needs in free words, without a skill
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4),
    seats INTEGER NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    room_id INTEGER REFERENCES room (id) ON DELETE SET NULL, -- NULL: to be found in the commune
    commune TEXT,
    trainer_id INTEGER REFERENCES person (id) ON DELETE CASCADE, -- NULL: a circle
    trainer_level INTEGER NOT NULL,
    second_id INTEGER REFERENCES person (id) ON DELETE SET NULL, -- gives it too, to give it next
    times_left INTEGER NOT NULL,
    PRIMARY KEY (pole_id, position)
) STRICT;
CREATE INDEX plan_session_trainer ON plan_session (trainer_id);
CREATE INDEX plan_session_second ON plan_session (second_id);
CREATE INDEX plan_session_group ON plan_session (group_id);

CREATE TABLE plan_need (
    pole_id INTEGER NOT NULL REFERENCES plan (pole_id) ON DELETE CASCADE,
    need_id INTEGER NOT NULL REFERENCES need (id) ON DELETE CASCADE,
    person_id INTEGER REFERENCES person (id) ON DELETE CASCADE, -- who asks; NULL: unknown
    skill_id INTEGER REFERENCES skill (id) ON DELETE CASCADE,
    group_id INTEGER REFERENCES word_group (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,      -- of its session; -1: not served
    reason INTEGER NOT NULL         -- why not (enum unserved_reason)
) STRICT;
CREATE INDEX plan_need_pole ON plan_need (pole_id, position);
CREATE INDEX plan_need_need ON plan_need (need_id);
CREATE INDEX plan_need_person ON plan_need (person_id);
CREATE INDEX plan_need_group ON plan_need (group_id);

-- Which planned sessions have a session by now that serves one of those they are for: who has a seat there
-- or waits for one, or anybody while nobody does.
CREATE VIEW plan_served AS
SELECT k.pole_id, k.position, s.id AS session_id FROM plan_need k
    JOIN need n ON COALESCE(n.merged_into, n.id) = k.need_id
    JOIN session_need m ON m.need_id = n.id JOIN session s ON s.id = m.session_id
WHERE s.state < 2 AND k.position >= 0
    AND (NOT EXISTS (SELECT 1 FROM registration r WHERE r.session_id = s.id AND r.state < 2)
        OR EXISTS (SELECT 1 FROM registration r WHERE r.session_id = s.id AND r.state < 2
            AND r.person_id = k.person_id));

-- The gaps, counted: kept up to date by the job "gaps" (exchange/action/gap_keep.h), and can be dropped
-- and made anew at any time. A skill here stands for all of its name.
CREATE TABLE gap_made (
    rules INTEGER NOT NULL,         -- by which rules (settings, language) the counts were made
    at INTEGER NOT NULL             -- when last
) STRICT;

-- What is to be counted anew: marked in the same transaction as what it is counted from.
CREATE TABLE gap_stale (
    kind INTEGER NOT NULL CHECK (kind IN (0, 1)), -- 0 a skill (id 0: everything), 1 the total of a pole
    id INTEGER NOT NULL,            -- pole 0: needs without a pole
    number INTEGER NOT NULL,        -- of the change that did it
    PRIMARY KEY (kind, id)
) STRICT;

CREATE TABLE gap_supply (
    skill_id INTEGER NOT NULL PRIMARY KEY,
    live INTEGER NOT NULL,          -- distinct people, by where they stand
    unconfirmed INTEGER NOT NULL,
    pausing INTEGER NOT NULL,
    at_quota INTEGER NOT NULL,
    silent INTEGER NOT NULL,
    one_id INTEGER NOT NULL,        -- the one live person's number; 0 when there is not just one
    parts INTEGER NOT NULL,         -- half-days of the live ones
    until_at INTEGER NOT NULL       -- time alone changes it then
) STRICT;
CREATE INDEX gap_supply_until ON gap_supply (until_at);

CREATE TABLE gap_demand (
    skill_id INTEGER NOT NULL,
    pole_id INTEGER NOT NULL,       -- 0: anywhere
    asking INTEGER NOT NULL,        -- distinct people
    waiting INTEGER NOT NULL,       -- of these, those for whom no session is coming
    needs INTEGER NOT NULL,         -- open ones
    oldest_at INTEGER NOT NULL,
    oldest_id INTEGER NOT NULL,
    parts INTEGER NOT NULL,         -- half-days of those who ask
    last_at INTEGER NOT NULL,       -- the last need, open or not, was stated
    until_at INTEGER NOT NULL,
    PRIMARY KEY (skill_id, pole_id)
) STRICT;
CREATE INDEX gap_demand_pole ON gap_demand (pole_id);
CREATE INDEX gap_demand_until ON gap_demand (until_at);

CREATE TABLE gap_share (
    skill_id INTEGER NOT NULL,
    scope INTEGER NOT NULL,         -- a pole: who asks there, by structure; 0 all, by pole; -1 who knows, by structure
    of_id INTEGER NOT NULL,         -- the structure or pole; 0 none
    asking INTEGER NOT NULL,
    waiting INTEGER NOT NULL,       -- of these, those for whom no session is coming
    live INTEGER NOT NULL,
    known INTEGER NOT NULL,
    PRIMARY KEY (skill_id, scope, of_id)
) STRICT;
CREATE INDEX gap_share_scope ON gap_share (scope, of_id);

CREATE TABLE gap_total (
    pole_id INTEGER NOT NULL PRIMARY KEY, -- 0: anywhere
    asking INTEGER NOT NULL,        -- distinct people with open needs, whatever the skill
    needs INTEGER NOT NULL,
    unqualified INTEGER NOT NULL,   -- of these, those without a skill
    oldest_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    -- Of the last twelve months (exchange/model/gap_trend.h):
    year_asking INTEGER NOT NULL,   -- distinct people who stated needs or share them
    year_served INTEGER NOT NULL,   -- of these, those who were answered
    year_answered INTEGER NOT NULL, -- needs
    year_wait_s INTEGER NOT NULL,   -- median, of these
    year_sessions INTEGER NOT NULL, -- held, once for each who gave them
    year_trainers INTEGER NOT NULL,
    year_busiest INTEGER NOT NULL,  -- the busiest tenth of the trainers
    year_busiest_sessions INTEGER NOT NULL
) STRICT;

-- The same, month by month.
CREATE TABLE gap_month (
    pole_id INTEGER NOT NULL,
    at INTEGER NOT NULL,            -- its first moment
    stated INTEGER NOT NULL,        -- needs
    answered INTEGER NOT NULL,
    PRIMARY KEY (pole_id, at)
) STRICT;

-- What was searched for in vain, and on which days: words and a day, nothing that leads to anybody.
CREATE TABLE search_miss (
    words TEXT NOT NULL,            -- folded
    day INTEGER NOT NULL,           -- days since 1970, on the clocks of the place
    PRIMARY KEY (words, day)
) STRICT;
CREATE INDEX search_miss_day ON search_miss (day);

-- Who a mail is for: erased with her, counted on her page.
CREATE INDEX outbox_recipient ON outbox (recipient);

-- Paying together for a training that nobody can give: a file with promises, all or nothing on its day.
CREATE TABLE funding (
    id INTEGER NOT NULL PRIMARY KEY,
    pole_id INTEGER NOT NULL REFERENCES pole (id),
    skill_id INTEGER REFERENCES skill (id),
    group_id INTEGER REFERENCES word_group (id) ON DELETE SET NULL, -- of needs in free words, without a skill
    title TEXT NOT NULL,            -- what is taught, by whom, when
    cost INTEGER NOT NULL CHECK (cost BETWEEN 1 AND 1000000), -- of it all, in euros
    least INTEGER NOT NULL CHECK (least BETWEEN 1 AND 1000),  -- people it needs
    hours INTEGER NOT NULL DEFAULT 0 CHECK (hours BETWEEN 0 AND 1000), -- of training for each; 0: unsaid
    deadline_at INTEGER NOT NULL,   -- all or nothing then
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2), -- open, reached, fell
    created_at INTEGER NOT NULL,
    created_by INTEGER REFERENCES person (id)
) STRICT;
CREATE INDEX funding_pole ON funding (pole_id);
CREATE INDEX funding_skill ON funding (skill_id);
CREATE INDEX funding_group ON funding (group_id);
CREATE INDEX funding_created_by ON funding (created_by);

CREATE TABLE funding_pledge (
    id INTEGER NOT NULL PRIMARY KEY,
    funding_id INTEGER NOT NULL REFERENCES funding (id),
    person_id INTEGER REFERENCES person (id), -- who promises, or did for her structure; NULL: she is erased
    structure_id INTEGER REFERENCES structure (id),    -- NULL: she promises for herself
    amount INTEGER NOT NULL CHECK (amount BETWEEN 0 AND 1000000), -- euros
    comes INTEGER NOT NULL CHECK (comes IN (0, 1)),    -- she takes part
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX funding_pledge_funding ON funding_pledge (funding_id);
CREATE INDEX funding_pledge_person ON funding_pledge (person_id);

-- Skills that mean about what a group asks for: who knows them may answer.
CREATE TABLE word_group_skill (
    group_id INTEGER NOT NULL REFERENCES word_group (id) ON DELETE CASCADE,
    skill_id INTEGER NOT NULL REFERENCES skill (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, skill_id)
) STRICT;
CREATE INDEX word_group_skill_skill ON word_group_skill (skill_id);

ALTER TABLE need ADD COLUMN group_id INTEGER REFERENCES word_group (id);
CREATE INDEX need_word_group ON need (group_id);

-- When a pole was first there.
CREATE INDEX change_pole ON change (thing_id, at) WHERE thing = 4;
