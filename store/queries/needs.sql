-- name: need_range
-- Needs with ids after $1 up to $2, at most $3: every column.
SELECT id, external_id, person_id, structure_id, pole_id, skill_id, text, level, state, commune,
    could_pass_on, email, created_at, expires_at, updated_at, version, is_private, qualified_at,
    answered_at, followed, closed_at, reason, merged_into, deadline_at,
    (SELECT COUNT(*) FROM need m WHERE m.merged_into = need.id)
    + (SELECT COUNT(*) FROM need m JOIN need_support s ON s.need_id = m.id
       WHERE m.merged_into = need.id),
    @people_of(need.id)
FROM need WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3;

-- name: need_of
-- Needs with the ids @ids: every column.
SELECT id, external_id, person_id, structure_id, pole_id, skill_id, text, level, state, commune,
    could_pass_on, email, created_at, expires_at, updated_at, version, is_private, qualified_at,
    answered_at, followed, closed_at, reason, merged_into, deadline_at,
    (SELECT COUNT(*) FROM need m WHERE m.merged_into = need.id)
    + (SELECT COUNT(*) FROM need m JOIN need_support s ON s.need_id = m.id
       WHERE m.merged_into = need.id),
    @people_of(need.id)
FROM need WHERE id IN (@ids) ORDER BY id;

-- name: need_window_range
-- Weekly times of the needs with ids from $1 to $2: need, weekday, start and end in minutes.
SELECT need_id, weekday, start_min, end_min FROM need_window
WHERE need_id >= $1 AND need_id <= $2 ORDER BY need_id, position;

-- name: need_window_of
-- Weekly times of the needs with the ids @ids: need, weekday, start and end in minutes.
SELECT need_id, weekday, start_min, end_min FROM need_window
WHERE need_id IN (@ids) ORDER BY need_id, position;

-- name: need_support_range
-- Supports of the needs with ids from $1 to $2: need, person, words, at.
SELECT need_id, person_id, words, created_at FROM need_support
WHERE need_id >= $1 AND need_id <= $2 ORDER BY need_id, position;

-- name: need_support_of
-- Supports of the needs with the ids @ids: need, person, words, at.
SELECT need_id, person_id, words, created_at FROM need_support
WHERE need_id IN (@ids) ORDER BY need_id, position;

-- name: need_count
-- One row: how many needs there are, closed ones included.
SELECT COUNT(*) FROM need;

-- name: need_add
-- Adds a need; parameters in the order of the columns.
INSERT INTO need (id, external_id, person_id, structure_id, pole_id, skill_id, text, level, state,
    commune, could_pass_on, email, email_folded, created_at, expires_at, updated_at, is_private,
    qualified_at, answered_at, followed, closed_at, reason, merged_into, deadline_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
    $21, $22, $23, $24, 1);

-- name: need_change
-- Changes need $1 if its version is still $25. Changes 0 or 1 row.
UPDATE need SET external_id = $2, person_id = $3, structure_id = $4, pole_id = $5, skill_id = $6,
    text = $7, level = $8, state = $9, commune = $10, could_pass_on = $11, email = $12,
    email_folded = $13, created_at = $14, expires_at = $15, updated_at = $16, is_private = $17,
    qualified_at = $18, answered_at = $19, followed = $20, closed_at = $21, reason = $22,
    merged_into = $23, deadline_at = $24, version = version + 1
WHERE id = $1 AND version = $25;

-- name: need_window_add
-- Adds weekly time number $2 of need $1: weekday $3, from $4 to $5 minutes.
INSERT INTO need_window (need_id, position, weekday, start_min, end_min)
VALUES ($1, $2, $3, $4, $5);

-- name: need_window_drop
-- Drops the weekly times of need $1.
DELETE FROM need_window WHERE need_id = $1;

-- name: need_support_add
-- Adds support number $2 of need $1: person $3, words $4, at $5.
INSERT INTO need_support (need_id, position, person_id, words, created_at)
VALUES ($1, $2, $3, $4, $5);

-- name: need_support_noted
-- People whose support of need $1 a facilitator noted for them: person.
SELECT DISTINCT s.person_id FROM need_support s JOIN audit a ON a.person_id = s.person_id
WHERE s.need_id = $1 AND a.verb = 'support need for'
    AND a.detail = 'need ' || CAST($1 AS TEXT) AND a.at >= s.created_at
ORDER BY s.person_id;

-- name: need_support_drop
-- Drops the supports of need $1.
DELETE FROM need_support WHERE need_id = $1;

-- name: need_session_drop
-- Need $1 is part of no session any more.
DELETE FROM session_need WHERE need_id = $1;

-- name: need_drop
-- Drops need $1. Changes 0 or 1 row.
DELETE FROM need WHERE id = $1;

-- name: need_find_external
-- The need an import called $1: id.
SELECT id FROM need WHERE external_id = $1 ORDER BY id LIMIT 1;

-- name: need_open_email
-- One row: how many needs of the address $1 (plain) are open at $2 and confirmed by who owns it.
SELECT COUNT(*) FROM need WHERE email_folded = $1 AND state < 3 AND expires_at > $2
    AND person_id IS NOT NULL;

-- name: need_list_all
-- Needs open at $3, newest first, $1 at most after the first $2: id.
SELECT id FROM need WHERE state < 3 AND expires_at > $3
    AND is_private = 0 AND merged_into IS NULL
ORDER BY created_at DESC, id DESC LIMIT $1 OFFSET $2;

-- name: need_list_all_count
-- One row: how many needs are open at $1.
SELECT COUNT(*) FROM need WHERE state < 3 AND expires_at > $1
    AND is_private = 0 AND merged_into IS NULL;

-- name: need_list_pole
-- Needs of pole $4 open at $3, newest first: id.
SELECT id FROM need WHERE pole_id = $4 AND state < 3 AND expires_at > $3
    AND is_private = 0 AND merged_into IS NULL
ORDER BY created_at DESC, id DESC LIMIT $1 OFFSET $2;

-- name: need_list_pole_count
-- One row: how many needs of pole $2 are open at $1.
SELECT COUNT(*) FROM need WHERE pole_id = $2 AND state < 3 AND expires_at > $1
    AND is_private = 0 AND merged_into IS NULL;

-- name: need_open_by_pole
-- Needs open at $1, by pole: pole (NULL: none yet), how many.
SELECT pole_id, COUNT(*) FROM need WHERE state < 3 AND expires_at > $1
    AND is_private = 0 AND merged_into IS NULL GROUP BY pole_id;

-- name: need_list_skill
-- Needs of skill $4 open at $3, newest first: id.
SELECT id FROM need WHERE skill_id = $4 AND state < 3 AND expires_at > $3
    AND is_private = 0 AND merged_into IS NULL
ORDER BY created_at DESC, id DESC LIMIT $1 OFFSET $2;

-- name: need_list_skill_count
-- One row: how many needs of skill $2 are open at $1.
SELECT COUNT(*) FROM need WHERE skill_id = $2 AND state < 3 AND expires_at > $1
    AND is_private = 0 AND merged_into IS NULL;

-- name: need_list_email
-- Ids of the needs stated with the e-mail address $1 (plain), latest first, at most $2.
SELECT id FROM need WHERE email_folded = $1 ORDER BY created_at DESC, id DESC LIMIT $2;

-- name: need_untied
-- Needs without an author stated with the e-mail address $1 (plain), which session $2 is about: id.
SELECT id FROM need
WHERE email_folded = $1 AND person_id IS NULL
    AND id IN (SELECT need_id FROM session_need WHERE session_id = $2)
ORDER BY id;

-- name: need_tie_person
-- Need $1 is person $2's.
UPDATE need SET person_id = $2, version = version + 1 WHERE id = $1;

-- name: need_same
-- One of the last needs with the words $1, stated with the address $2 (plain; '': none) after $3 and
-- still open: id.
SELECT id FROM need WHERE id > (SELECT last FROM sequence WHERE name = 'need') - 100
    AND text = $1 AND COALESCE(email_folded, '') = $2 AND created_at > $3 AND state < 3
ORDER BY id LIMIT 1;

-- name: need_answer_left
-- One row: since when need $1 is answered by what stands without session $2, in seconds: someone who said
-- yes, or another session to come that somebody gives or that needs nobody; NULL when nothing does.
SELECT MIN(a.at) FROM (
    SELECT answered_at AS at FROM introduction WHERE need_id = $1 AND state IN (1, 5)
    UNION ALL
    SELECT s.created_at FROM session_need n JOIN session s ON s.id = n.session_id
    WHERE n.need_id = $1 AND s.id <> $2 AND s.state IN (0, 1) AND @is_given(s)) a;
