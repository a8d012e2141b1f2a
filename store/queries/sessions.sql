-- name: session_range
-- Sessions with ids after $1 up to $2, at most $3: every column.
SELECT id, external_id, title, about, pole_id, structure_id, skill_id, level, format, place, commune,
    is_online, seats, threshold, decide_at, state, created_at, updated_at, version, room_id, online_url,
    access, priority_until, is_prolonged, created_by, reason, reminded
FROM session WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3;

-- name: session_of
-- Sessions with the ids @ids: every column.
SELECT id, external_id, title, about, pole_id, structure_id, skill_id, level, format, place, commune,
    is_online, seats, threshold, decide_at, state, created_at, updated_at, version, room_id, online_url,
    access, priority_until, is_prolonged, created_by, reason, reminded
FROM session WHERE id IN (@ids) ORDER BY id;

-- name: session_date_range
-- Dates of the sessions with ids from $1 to $2: session, start, end, fixed.
SELECT session_id, starts_at, ends_at, is_fixed FROM session_date
WHERE session_id >= $1 AND session_id <= $2 ORDER BY session_id, starts_at, position;

-- name: session_date_of
-- Dates of the sessions with the ids @ids: session, start, end, fixed.
SELECT session_id, starts_at, ends_at, is_fixed FROM session_date
WHERE session_id IN (@ids) ORDER BY session_id, starts_at, position;

-- name: session_trainer_range
-- Trainers of the sessions with ids from $1 to $2: session, person.
SELECT session_id, person_id FROM session_trainer
WHERE session_id >= $1 AND session_id <= $2 ORDER BY session_id, position;

-- name: session_trainer_of
-- Trainers of the sessions with the ids @ids: session, person.
SELECT session_id, person_id FROM session_trainer
WHERE session_id IN (@ids) ORDER BY session_id, position;

-- name: session_need_range
-- Needs of the sessions with ids from $1 to $2: session, need.
SELECT session_id, need_id FROM session_need
WHERE session_id >= $1 AND session_id <= $2 ORDER BY session_id, position;

-- name: session_need_of
-- Needs of the sessions with the ids @ids: session, need.
SELECT session_id, need_id FROM session_need
WHERE session_id IN (@ids) ORDER BY session_id, position;

-- name: registration_range
-- Registrations of the sessions with ids from $1 to $2: session, person, state,
-- at, need, held until.
SELECT session_id, person_id, state, created_at, need_id, hold_until FROM registration
WHERE session_id >= $1 AND session_id <= $2 ORDER BY session_id, position;

-- name: registration_of
-- Registrations of the sessions with the ids @ids: session, person, state,
-- at, need, held until.
SELECT session_id, person_id, state, created_at, need_id, hold_until FROM registration
WHERE session_id IN (@ids) ORDER BY session_id, position;

-- name: session_count
-- One row: how many sessions there are, past ones included.
SELECT COUNT(*) FROM session;

-- name: session_add
-- Adds a session; parameters in the order of the columns.
INSERT INTO session (id, external_id, title, about, pole_id, structure_id, skill_id, level, format,
    place, commune, is_online, seats, threshold, decide_at, state, created_at, updated_at, room_id,
    online_url, access, priority_until, is_prolonged, created_by, reason, reminded, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
    $21, $22, $23, $24, $25, $26, 1);

-- name: session_change
-- Changes session $1 if its version is still $27. Changes 0 or 1 row.
UPDATE session SET external_id = $2, title = $3, about = $4, pole_id = $5, structure_id = $6,
    skill_id = $7, level = $8, format = $9, place = $10, commune = $11, is_online = $12, seats = $13,
    threshold = $14, decide_at = $15, state = $16, created_at = $17, updated_at = $18,
    room_id = $19, online_url = $20, access = $21, priority_until = $22, is_prolonged = $23,
    created_by = $24, reason = $25, reminded = $26, version = version + 1
WHERE id = $1 AND version = $27;

-- name: session_date_add
-- Adds date number $2 of session $1: from $3 to $4, fixed $5.
INSERT INTO session_date (session_id, position, starts_at, ends_at, is_fixed)
VALUES ($1, $2, $3, $4, $5);

-- name: session_trainer_add
-- Adds trainer number $2 of session $1: person $3.
INSERT INTO session_trainer (session_id, position, person_id) VALUES ($1, $2, $3);

-- name: session_need_add
-- Adds need number $2 of session $1: need $3.
INSERT INTO session_need (session_id, position, need_id) VALUES ($1, $2, $3);

-- name: registration_add
-- Adds registration number $2 of session $1: person $3, state $4, at $5, need $6, held until $7.
INSERT INTO registration (session_id, position, person_id, state, created_at, need_id, hold_until)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: session_date_drop
-- Drops the dates of session $1.
DELETE FROM session_date WHERE session_id = $1;

-- name: session_trainer_drop
-- Drops the trainers of session $1.
DELETE FROM session_trainer WHERE session_id = $1;

-- name: session_need_drop
-- Drops the needs of session $1.
DELETE FROM session_need WHERE session_id = $1;

-- name: registration_drop
-- Drops the registrations of session $1.
DELETE FROM registration WHERE session_id = $1;

-- name: session_drop
-- Drops session $1. Changes 0 or 1 row.
DELETE FROM session WHERE id = $1;

-- name: session_find_external
-- The session an import called $1: id.
SELECT id FROM session WHERE external_id = $1 ORDER BY id LIMIT 1;

-- name: session_list_all
-- Coming sessions (a date ends after $3), soonest first, $1 at most after the first $2: id.
SELECT s.id FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.state < 2 AND d.ends_at > $3
GROUP BY s.id ORDER BY MIN(d.starts_at), s.id LIMIT $1 OFFSET $2;

-- name: session_list_all_count
-- One row: how many sessions are coming at $1.
SELECT COUNT(DISTINCT s.id) FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.state < 2 AND d.ends_at > $1;

-- name: session_list_pole
-- Coming sessions of pole $4: id.
SELECT s.id FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.pole_id = $4 AND s.state < 2 AND d.ends_at > $3
GROUP BY s.id ORDER BY MIN(d.starts_at), s.id LIMIT $1 OFFSET $2;

-- name: session_list_pole_count
-- One row: how many sessions of pole $2 are coming at $1.
SELECT COUNT(DISTINCT s.id) FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.pole_id = $2 AND s.state < 2 AND d.ends_at > $1;

-- name: session_list_skill
-- Coming sessions on skill $4: id.
SELECT s.id FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.skill_id = $4 AND s.state < 2 AND d.ends_at > $3
GROUP BY s.id ORDER BY MIN(d.starts_at), s.id LIMIT $1 OFFSET $2;

-- name: session_list_skill_count
-- One row: how many sessions on skill $2 are coming at $1.
SELECT COUNT(DISTINCT s.id) FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.skill_id = $2 AND s.state < 2 AND d.ends_at > $1;

-- name: session_list_structure
-- Coming sessions that structure $4 hosts: id.
SELECT s.id FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.structure_id = $4 AND s.state < 2 AND d.ends_at > $3
GROUP BY s.id ORDER BY MIN(d.starts_at), s.id LIMIT $1 OFFSET $2;

-- name: session_list_structure_count
-- One row: how many sessions structure $2 hosts that are coming at $1.
SELECT COUNT(DISTINCT s.id) FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.structure_id = $2 AND s.state < 2 AND d.ends_at > $1;

-- name: session_list_person
-- Coming sessions that person $4 gives: id.
SELECT s.id FROM session s JOIN session_trainer t ON t.session_id = s.id
JOIN session_date d ON d.session_id = s.id
WHERE t.person_id = $4 AND s.state < 2 AND d.ends_at > $3
GROUP BY s.id ORDER BY MIN(d.starts_at), s.id LIMIT $1 OFFSET $2;

-- name: session_list_person_count
-- One row: how many sessions person $2 gives that are coming at $1.
SELECT COUNT(DISTINCT s.id) FROM session s JOIN session_trainer t ON t.session_id = s.id
JOIN session_date d ON d.session_id = s.id
WHERE t.person_id = $2 AND s.state < 2 AND d.ends_at > $1;

-- name: session_feed_all
-- Sessions in any state with a date that ends after $1, soonest first, at most $2: id.
SELECT s.id FROM session s JOIN session_date d ON d.session_id = s.id
WHERE d.ends_at > $1
GROUP BY s.id ORDER BY MIN(d.starts_at), s.id LIMIT $2;

-- name: session_feed_pole
-- The same of pole $3: id.
SELECT s.id FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.pole_id = $3 AND d.ends_at > $1
GROUP BY s.id ORDER BY MIN(d.starts_at), s.id LIMIT $2;

-- name: session_feed_skill
-- The same on skill $3: id.
SELECT s.id FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.skill_id = $3 AND d.ends_at > $1
GROUP BY s.id ORDER BY MIN(d.starts_at), s.id LIMIT $2;

-- name: session_feed_person
-- The same that person $3 gives, has a seat in or waits for: id.
SELECT s.id FROM session s JOIN session_date d ON d.session_id = s.id
WHERE d.ends_at > $1 AND s.id IN (
    SELECT t.session_id FROM session_trainer t WHERE t.person_id = $3
    UNION
    SELECT r.session_id FROM registration r WHERE r.person_id = $3 AND r.state IN (0, 1, 3))
GROUP BY s.id ORDER BY MIN(d.starts_at), s.id LIMIT $2;

-- name: session_coming
-- Coming sessions at $1, a row for each date that ends after it and may still be the one, by session and
-- date: id, pole, commune, start.
SELECT s.id, s.pole_id, s.commune, d.starts_at FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.state < 2 AND d.ends_at > $1 AND (d.is_fixed = 1 OR NOT EXISTS (SELECT 1 FROM session_date f
    WHERE f.session_id = s.id AND f.is_fixed = 1))
ORDER BY s.id, d.starts_at;
