-- What the life of a session asks for beyond its record: dates chosen, what is due, rooms.

-- name: session_need_of_person
-- The first need of session $1 that person $2 stated or supported, or that was merged into one: id.
SELECT n.id FROM session_need s JOIN need n ON n.id = s.need_id
WHERE s.session_id = $1 AND (n.person_id = $2
    OR EXISTS (SELECT 1 FROM need_support u WHERE u.need_id = n.id AND u.person_id = $2)
    OR EXISTS (SELECT 1 FROM need m WHERE m.merged_into = n.id AND m.person_id = $2))
ORDER BY s.position LIMIT 1;

-- name: session_choice_list
-- Which dates of session $1 suit whom: start, person.
SELECT starts_at, person_id FROM session_choice WHERE session_id = $1 ORDER BY starts_at, person_id;

-- name: session_choice_add
-- The date $2 of session $1 suits person $3, said at $4.
INSERT INTO session_choice (session_id, starts_at, person_id, at) VALUES ($1, $2, $3, $4)
ON CONFLICT (session_id, starts_at, person_id) DO NOTHING;

-- name: session_choice_drop
-- Forgets which dates of session $1 suit person $2.
DELETE FROM session_choice WHERE session_id = $1 AND person_id = $2;

-- name: link_lang_of_person
-- The language of the last link person $1 got: lang.
SELECT lang FROM link WHERE person_id = $1 ORDER BY id DESC LIMIT 1;

-- name: session_due_seats
-- Coming sessions where at $1 a hold ends, the priority is over, or a seat is free while someone
-- waits: id, 100 at most.
SELECT DISTINCT s.id FROM session s JOIN registration r ON r.session_id = s.id
WHERE s.state < 2 AND r.state = 1 AND (r.hold_until <= $1 OR s.priority_until <= $1)
ORDER BY s.id LIMIT 100;

-- name: session_due_decision
-- Proposed sessions to decide on at $1, two weeks late at most (older ones came with an import): id,
-- 100 at most.
SELECT id FROM session WHERE state = 0 AND decide_at <= $1 AND decide_at > $1 - 1209600
    AND decide_at > created_at
ORDER BY id LIMIT 100;

-- name: session_due_reminder
-- Sessions to remind of: confirmed, with a fixed date from $1 on and before $2, whose bit $3 is not
-- set; not those noted (imported) less than $4 seconds before: id, 100 at most.
SELECT s.id FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.created_at <= d.starts_at - $4 AND s.state = 1 AND (d.is_fixed = 1 OR (SELECT COUNT(*) FROM session_date o WHERE o.session_id = s.id) = 1)
    AND d.starts_at >= $1 AND d.starts_at < $2
    AND (s.reminded & $3) = 0
GROUP BY s.id ORDER BY s.id LIMIT 100;

-- name: session_due_questions
-- Confirmed or held sessions that ended by $1, two weeks before at most, and whose questions have
-- not left: id, 100 at most.
SELECT s.id FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.state IN (1, 2) AND (s.reminded & 4) = 0
    AND (d.is_fixed = 1 OR (SELECT COUNT(*) FROM session_date o WHERE o.session_id = s.id) = 1)
GROUP BY s.id HAVING MAX(d.ends_at) <= $1 AND MAX(d.ends_at) > $1 - 1209600
    AND MAX(s.created_at) < MAX(d.ends_at)
ORDER BY s.id LIMIT 100;

-- name: session_due_tick
-- Sessions that ended by $1, two months before at most, where someone still stands as seated because
-- nobody ticked who came, and whose giver was not reminded of it: id, 100 at most.
SELECT s.id FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.state IN (1, 2) AND (s.reminded & 8) = 0
    AND EXISTS (SELECT 1 FROM registration r WHERE r.session_id = s.id AND r.state = 0)
    AND (d.is_fixed = 1 OR (SELECT COUNT(*) FROM session_date o WHERE o.session_id = s.id) = 1)
GROUP BY s.id HAVING MAX(d.ends_at) <= $1 AND MAX(d.ends_at) > $1 - 5184000
    AND MAX(s.created_at) < MAX(d.ends_at)
ORDER BY s.id LIMIT 100;

-- name: session_due_presume
-- Sessions that ended by $1, two months before at most, where someone still stands as seated because
-- nobody ticked who came, and whose giver was: id, 100 at most.
SELECT s.id FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.state IN (1, 2) AND (s.reminded & 8) <> 0
    AND EXISTS (SELECT 1 FROM registration r WHERE r.session_id = s.id AND r.state = 0)
    AND (d.is_fixed = 1 OR (SELECT COUNT(*) FROM session_date o WHERE o.session_id = s.id) = 1)
GROUP BY s.id HAVING MAX(d.ends_at) <= $1 AND MAX(d.ends_at) > $1 - 5184000
    AND MAX(s.created_at) < MAX(d.ends_at)
ORDER BY s.id LIMIT 100;

-- name: session_of_registered
-- Sessions person $1 has a seat in or waits for, latest first, $2 at most: id.
SELECT r.session_id FROM registration r JOIN session_date d ON d.session_id = r.session_id
WHERE r.person_id = $1 AND r.state <> 2
GROUP BY r.session_id ORDER BY MIN(d.starts_at) DESC LIMIT $2;

-- name: session_of_giver
-- Sessions person $1 gives or made, latest first, $2 at most: id.
SELECT s.id FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.created_by = $1
    OR EXISTS (SELECT 1 FROM session_trainer t WHERE t.session_id = s.id AND t.person_id = $1)
GROUP BY s.id ORDER BY MIN(d.starts_at) DESC LIMIT $2;

-- name: need_asker_list
-- Who stated or supported need $1, or a need merged into it: person.
SELECT person_id FROM need WHERE (id = $1 OR merged_into = $1) AND person_id IS NOT NULL
UNION SELECT u.person_id FROM need_support u JOIN need n ON n.id = u.need_id
WHERE (n.id = $1 OR n.merged_into = $1) AND u.person_id IS NOT NULL
ORDER BY 1;

-- name: need_unconfirmed_email
-- The address under need $1 while it has no author: email.
SELECT email FROM need WHERE id = $1 AND person_id IS NULL AND email IS NOT NULL;

-- name: session_feedback_put
-- What person $2 says of session $1: useful $3, could show $4, words $5, at $6.
INSERT INTO session_feedback (session_id, person_id, useful, could_show, words, at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (session_id, person_id) DO UPDATE SET useful = excluded.useful,
    could_show = excluded.could_show, words = excluded.words, at = excluded.at;

-- name: session_feedback_list
-- What people said of session $1: person, useful, could show, words.
SELECT person_id, useful, could_show, words FROM session_feedback WHERE session_id = $1
ORDER BY at, person_id;

-- name: room_range
-- Rooms with ids after $1 up to $2, at most $3: every column.
SELECT id, structure_id, name, commune, address, capacity, equipment, access, is_step_free, version
FROM room WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3;

-- name: room_of
-- Rooms with the ids @ids: every column.
SELECT id, structure_id, name, commune, address, capacity, equipment, access, is_step_free, version
FROM room WHERE id IN (@ids) ORDER BY id;

-- name: room_window_range
-- Opening times of the rooms with ids from $1 to $2: room, weekday, start, end.
SELECT room_id, weekday, start_min, end_min FROM room_window
WHERE room_id >= $1 AND room_id <= $2 ORDER BY room_id, position;

-- name: room_window_of
-- Opening times of the rooms with the ids @ids: room, weekday, start, end.
SELECT room_id, weekday, start_min, end_min FROM room_window
WHERE room_id IN (@ids) ORDER BY room_id, position;

-- name: room_list
-- Rooms of structure $1 (0: of all), by structure and name, 500 at most: id.
SELECT id FROM room WHERE $1 = 0 OR structure_id = $1 ORDER BY structure_id, name, id LIMIT 500;

-- name: room_add
-- Adds room $1 of structure $2.
INSERT INTO room (id, structure_id, name, commune, address, capacity, equipment, access, is_step_free,
    version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1);

-- name: room_change
-- Changes room $1 of structure $2 if its version is still $10. Changes 0 or 1 row.
UPDATE room SET name = $3, commune = $4, address = $5, capacity = $6, equipment = $7, access = $8,
    is_step_free = $9, version = version + 1
WHERE id = $1 AND structure_id = $2 AND version = $10;

-- name: room_window_add
-- Adds opening time number $2 of room $1: weekday $3, from $4 to $5 minutes.
INSERT INTO room_window (room_id, position, weekday, start_min, end_min) VALUES ($1, $2, $3, $4, $5);

-- name: room_window_drop
-- Drops the opening times of room $1.
DELETE FROM room_window WHERE room_id = $1;

-- name: room_drop
-- Drops room $1. Changes 0 or 1 row.
DELETE FROM room WHERE id = $1;

-- name: room_leave
-- Past sessions of room $1 keep only its name.
UPDATE session SET room_id = NULL WHERE room_id = $1;

-- name: room_booked
-- Who has room $1 between $2 and $3, but session $4: the first session: id.
SELECT s.id FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.room_id = $1 AND s.state < 2 AND s.id <> $4 AND d.starts_at < $3 AND d.ends_at > $2
    AND (d.is_fixed = 1 OR NOT EXISTS (SELECT 1 FROM session_date f
        WHERE f.session_id = s.id AND f.is_fixed = 1))
ORDER BY d.starts_at, s.id LIMIT 1;

-- name: room_coming
-- How many sessions in room $1 end after $2.
SELECT COUNT(DISTINCT s.id) FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.room_id = $1 AND s.state < 2 AND d.ends_at > $2;

-- name: person_named
-- Up to two published people with the folded name $1: id.
SELECT id FROM person WHERE name_folded = $1 AND state = 1 ORDER BY id LIMIT 2;

-- name: session_message_count
-- One row: how many messages about session $1 left after $2.
SELECT COUNT(*) FROM relay WHERE session_id = $1 AND created_at > $2;

-- name: session_same
-- One of the last sessions with the title $1, proposed by person $2 after $3, with a date that begins
-- at $4, still proposed: id.
SELECT s.id FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.id > (SELECT last FROM sequence WHERE name = 'session') - 100 AND s.title = $1
    AND s.created_by = $2 AND s.created_at > $3 AND d.starts_at = $4 AND s.state = 0
ORDER BY s.id LIMIT 1;

-- name: session_noted
-- People of session $1 whose registration or dates someone noted for them: person.
SELECT DISTINCT r.person_id FROM registration r JOIN audit a ON a.person_id = r.person_id
WHERE r.session_id = $1 AND a.verb IN ('register for', 'choose dates for')
    AND a.detail = 'session ' || CAST($1 AS TEXT) AND a.at >= r.created_at
ORDER BY r.person_id;

-- name: session_asked
-- Who is asked to give session $1 and may still answer at $2: person, NULL when only the address is known.
SELECT person_id FROM link WHERE purpose = 10 AND subject_id = $1 AND used_at IS NULL AND expires_at > $2
ORDER BY id;
