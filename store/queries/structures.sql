-- name: structure_range
-- Structures with ids after $1 up to $2, at most $3: every column.
SELECT id, key, name, kind, commune, about, url, version
FROM structure WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3;

-- name: structure_find
-- The structure with key $1: id.
SELECT id FROM structure WHERE key = $1;

-- name: structure_add
-- Adds structure $1: key $2, name $3, kind $4, commune $5, about $6, url $7.
INSERT INTO structure (id, key, name, kind, commune, about, url, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, 1);

-- name: structure_change
-- Changes structure $1 if its version is still $8. Changes 0 or 1 row.
UPDATE structure SET key = $2, name = $3, kind = $4, commune = $5, about = $6, url = $7,
    version = version + 1
WHERE id = $1 AND version = $8;

-- name: pole_range
-- Poles with ids after $1 up to $2, at most $3: every column.
SELECT id, key, name, kind, about, version
FROM pole WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3;

-- name: pole_skill_range
-- Skills in the scope of the poles with ids from $1 to $2: pole, skill.
SELECT pole_id, skill_id FROM pole_skill
WHERE pole_id >= $1 AND pole_id <= $2 ORDER BY pole_id, position;

-- name: pole_facilitator_range
-- Facilitators of the poles with ids from $1 to $2: pole, person.
SELECT pole_id, person_id FROM pole_facilitator
WHERE pole_id >= $1 AND pole_id <= $2 ORDER BY pole_id, position;

-- name: pole_find
-- The pole with key $1: id.
SELECT id FROM pole WHERE key = $1;

-- name: pole_add
-- Adds pole $1: key $2, name $3, kind $4, about $5.
INSERT INTO pole (id, key, name, kind, about, version) VALUES ($1, $2, $3, $4, $5, 1);

-- name: pole_change
-- Changes pole $1 if its version is still $6. Changes 0 or 1 row.
UPDATE pole SET key = $2, name = $3, kind = $4, about = $5, version = version + 1
WHERE id = $1 AND version = $6;

-- name: pole_skill_drop
-- Empties the scope of pole $1.
DELETE FROM pole_skill WHERE pole_id = $1;

-- name: pole_skill_add
-- Adds skill $3 as number $2 of the scope of pole $1.
INSERT INTO pole_skill (pole_id, position, skill_id) VALUES ($1, $2, $3);

-- name: pole_facilitator_drop
-- Pole $1 has no facilitators any more.
DELETE FROM pole_facilitator WHERE pole_id = $1;

-- name: pole_facilitator_add
-- Person $3 becomes facilitator number $2 of pole $1.
INSERT INTO pole_facilitator (pole_id, position, person_id) VALUES ($1, $2, $3);
