-- name: role_list
-- Roles of account $1 (0: of all), $2 at most: as role_get.
SELECT r.id, r.account_id, r.kind, r.structure_id, r.granted_at, a.email, a.seen_at >= a.created_at
FROM role r JOIN account a ON a.id = r.account_id
WHERE $1 = 0 OR r.account_id = $1 ORDER BY r.id LIMIT $2;

-- name: role_find
-- The role of account $1 of kind $2 for structure $3 (0: none): id.
SELECT id FROM role WHERE account_id = $1 AND kind = $2 AND COALESCE(structure_id, 0) = $3 LIMIT 1;

-- name: role_add
-- A role: id, account, kind, structure, at, by.
INSERT INTO role (id, account_id, kind, structure_id, granted_at, granted_by)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: role_drop
-- Drops role $1. Changes 0 or 1 row.
DELETE FROM role WHERE id = $1;

-- name: role_admins
-- One row: how many admins there are who have come in at least once.
SELECT COUNT(DISTINCT r.account_id) FROM role r JOIN account a ON a.id = r.account_id
WHERE r.kind = 2 AND a.seen_at >= a.created_at;

-- name: role_get
-- The role $1: id, account, kind, structure, at, address, whether she ever came in.
SELECT r.id, r.account_id, r.kind, r.structure_id, r.granted_at, a.email, a.seen_at >= a.created_at
FROM role r JOIN account a ON a.id = r.account_id WHERE r.id = $1;

-- name: role_keepers
-- Who keeps which pole, $1 at most: pole, position, person, name, the address she comes in with
-- (else that of her card).
SELECT f.pole_id, f.position, p.id, p.name,
    COALESCE((SELECT MIN(a.email) FROM account a WHERE a.person_id = p.id), p.email)
FROM pole_facilitator f JOIN person p ON p.id = f.person_id
ORDER BY f.pole_id, f.position LIMIT $1;

-- name: role_poles
-- Poles that person $1 keeps or stands in for: id.
SELECT DISTINCT pole_id FROM pole_facilitator WHERE person_id = $1 ORDER BY pole_id;

-- name: account_person
-- The account $1 is the person $2 from now on.
UPDATE account SET person_id = $2 WHERE id = $1;

-- name: account_of_person
-- The account of person $1: id.
SELECT id FROM account WHERE person_id = $1 ORDER BY id LIMIT 1;

-- name: person_of_email_all
-- Whose address is $1 (plain): her cards, two at most; when there are only drafts or cards she
-- declined, the first of them: id.
SELECT p.id FROM person p WHERE p.email_folded = $1
    AND ((p.state <> 0 AND p.declined_at IS NULL)
        OR (p.id = (SELECT MIN(f.id) FROM person f WHERE f.email_folded = $1)
            AND NOT EXISTS (SELECT 1 FROM person o WHERE o.email_folded = $1 AND o.state <> 0
                AND o.declined_at IS NULL)))
ORDER BY p.id LIMIT 2;

-- name: job_last
-- When the job $1 last ran: at.
SELECT last_at FROM job WHERE name = $1;

-- name: job_ran
-- The job $1 ran at $2.
INSERT INTO job (name, last_at) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET last_at = excluded.last_at;
