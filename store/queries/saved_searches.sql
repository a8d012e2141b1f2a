-- name: saved_search_list
-- The saved searches of the address $1, first the oldest: id, words, filters, known, told, created.
SELECT id, words, filters, known, told_at, created_at FROM saved_search WHERE email = $1 ORDER BY id;

-- name: saved_search_add
-- Saved search $1 of the address $2: words $3, filters $4, known $5, told and created at
-- $6; nothing when there.
INSERT INTO saved_search (id, email, words, filters, known, told_at, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $6)
ON CONFLICT (email, words, filters) DO NOTHING;

-- name: saved_search_drop
-- Takes saved search $1 of the address $2 away.
DELETE FROM saved_search WHERE id = $1 AND email = $2;

-- name: saved_search_told
-- The people known to answer saved search $1 are $2, at $3.
UPDATE saved_search SET known = $2, told_at = $3 WHERE id = $1;
