-- name: funding_add
-- Opens a file: id, pole, skill, title, cost, people, deadline, opened at, by whom, hours, group.
INSERT INTO funding (id, pole_id, skill_id, title, cost, least, deadline_at, state, created_at, created_by, hours,
    group_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11);

-- name: funding_get
-- File $1: id, pole, skill (or minus a group of needs in free words), title, cost, people, deadline, state, hours.
SELECT id, pole_id, COALESCE(skill_id, -group_id), title, cost, least, deadline_at, state, hours FROM funding WHERE id = $1;

-- name: funding_askers
-- Who asks in pole $2 for skill $1 (or minus a group) with needs open at $3, but person $4, once each, 500 at most: the address
-- she came in with last or that of her card, the language she reads.
SELECT COALESCE((SELECT a.email FROM account a WHERE a.person_id = p.id ORDER BY a.seen_at DESC, a.id LIMIT 1),
        p.email),
    (SELECT a.lang FROM account a WHERE a.person_id = p.id ORDER BY a.seen_at DESC, a.id LIMIT 1)
FROM person p WHERE p.id <> $4 AND p.id IN (
    SELECT n.person_id FROM need n JOIN need m ON m.id = COALESCE(n.merged_into, n.id)
        WHERE @subject_of(m) = $1 AND m.pole_id = $2 AND m.state < 3 AND m.expires_at > $3
    UNION SELECT s.person_id FROM need_support s JOIN need n ON n.id = s.need_id
        JOIN need m ON m.id = COALESCE(n.merged_into, n.id)
        WHERE @subject_of(m) = $1 AND m.pole_id = $2 AND m.state < 3 AND m.expires_at > $3)
ORDER BY p.id LIMIT 500;

-- name: funding_ids_of
-- Files of pole $1, the latest first: id.
SELECT id FROM funding WHERE pole_id = $1 ORDER BY state, deadline_at DESC, id;

-- name: funding_ids_due
-- Open files whose deadline is $1 or before: id.
SELECT id FROM funding WHERE state = 0 AND deadline_at <= $1 ORDER BY id;

-- name: funding_end
-- File $1 ends in state $2.
UPDATE funding SET state = $2 WHERE id = $1 AND state = 0;

-- name: funding_pledges
-- Promises of file $1, once each: person (0: she is erased, and promised for a structure), structure, amount,
-- comes, her name, the address she came in with last (of a manager of the structure when she is erased), the
-- language she reads.
SELECT g.person_id, g.structure_id, g.amount, g.comes, p.name,
    COALESCE((SELECT a.email FROM account a WHERE a.person_id = p.id ORDER BY a.seen_at DESC, a.id LIMIT 1),
        p.email, (SELECT a.email FROM role r JOIN account a ON a.id = r.account_id
            WHERE g.person_id IS NULL AND r.kind = 1 AND r.structure_id = g.structure_id
            ORDER BY r.id LIMIT 1)),
    (SELECT a.lang FROM account a WHERE a.person_id = p.id ORDER BY a.seen_at DESC, a.id LIMIT 1)
FROM funding_pledge g LEFT JOIN person p ON p.id = g.person_id
WHERE g.funding_id = $1 ORDER BY g.id;

-- name: funding_pledge_drop
-- Takes back what person $2 promised for file $1 (for structure $3; 0: for herself).
DELETE FROM funding_pledge WHERE funding_id = $1 AND person_id = $2 AND COALESCE(structure_id, 0) = $3;

-- name: funding_structure_drop
-- Takes back what structure $2 promised for file $1, whoever did it.
DELETE FROM funding_pledge WHERE funding_id = $1 AND structure_id = $2;

-- name: funding_pledge_add
-- A promise: id, file, person, structure, amount, comes, at.
INSERT INTO funding_pledge (id, funding_id, person_id, structure_id, amount, comes, at)
VALUES ($1, $2, $3, $4, $5, $6, $7);
