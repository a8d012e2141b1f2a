-- name: desk_people
-- People of structure $1 in the state $2 (enum desk_state; below 0: any) whose folded name or
-- address is like $3, cards confirmed at $4 or before being stale, by name, $5 after $6: id, name,
-- address, desk state, card state, invited, confirmed, declined, made.
SELECT id, name, email, desk_state, state, invited_at, confirmed_at, declined_at, created_at
FROM (SELECT p.*, CASE WHEN declined_at IS NOT NULL THEN 4 WHEN state = 2 THEN 5
    WHEN state = 0 AND invited_at IS NULL THEN 0 WHEN state = 0 THEN 1
    WHEN confirmed_at IS NULL OR confirmed_at <= $4 THEN 3 ELSE 2 END AS desk_state
    FROM person p WHERE p.structure_id = $1) AS found
WHERE ($2 < 0 OR desk_state = $2)
    AND (name_folded LIKE $3 ESCAPE '!' OR COALESCE(email_folded, '') LIKE $3 ESCAPE '!')
ORDER BY name_folded, id LIMIT $5 OFFSET $6;

-- name: desk_counts
-- How many people of structure $1 are in which state, those like $2, cards confirmed at $3 or before
-- being stale: state, number.
SELECT CASE WHEN declined_at IS NOT NULL THEN 4 WHEN state = 2 THEN 5
    WHEN state = 0 AND invited_at IS NULL THEN 0 WHEN state = 0 THEN 1
    WHEN confirmed_at IS NULL OR confirmed_at <= $3 THEN 3 ELSE 2 END AS desk_state, COUNT(*)
FROM person WHERE structure_id = $1
    AND (name_folded LIKE $2 ESCAPE '!' OR COALESCE(email_folded, '') LIKE $2 ESCAPE '!')
GROUP BY 1;

-- name: desk_drafts
-- Drafts of structure $1 with an address that were not invited yet, $2 at most: id.
SELECT id FROM person
WHERE structure_id = $1 AND state = 0 AND invited_at IS NULL AND declined_at IS NULL
    AND email IS NOT NULL ORDER BY id LIMIT $2;
