-- name: sequence_next
-- Gives out the next id of table $1. One row: the id.
INSERT INTO sequence (name, last) VALUES ($1, 1)
ON CONFLICT (name) DO UPDATE SET last = sequence.last + 1
RETURNING last;

-- name: change_add
-- Notes that thing $1 with id $2 changed at $3 (seconds). No rows.
INSERT INTO change (number, thing, thing_id, at)
VALUES ((SELECT COALESCE(MAX(number), 0) + 1 FROM change), $1, $2, $3);

-- name: change_last
-- One row: the number of the last change, 0 when there is none.
SELECT COALESCE(MAX(number), 0) FROM change;

-- name: change_after
-- Up to $2 changes after number $1: number, thing, id, at; oldest first.
SELECT number, thing, thing_id, at FROM change WHERE number > $1 ORDER BY number LIMIT $2;

-- name: audit_add
-- Notes in the audit: id $1, at $2, actor $3, verb $4, detail $5, account $6, pole $7, person $8.
INSERT INTO audit (id, at, actor, verb, detail, account_id, pole_id, person_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
