-- name: skill_range
-- Skills with ids after $1 up to $2, at most $3: id, source, code, parent's code, kind, description, version.
SELECT s.id, s.source, s.code, p.code, s.kind, s.description, s.version
FROM skill s LEFT JOIN skill p ON p.id = s.parent_id
WHERE s.id > $1 AND s.id <= $2 ORDER BY s.id LIMIT $3;

-- name: skill_of
-- Skills with the ids @ids: id, source, code, parent's code, kind, description, version.
SELECT s.id, s.source, s.code, p.code, s.kind, s.description, s.version
FROM skill s LEFT JOIN skill p ON p.id = s.parent_id
WHERE s.id IN (@ids) ORDER BY s.id;

-- name: skill_label_range
-- Labels of the skills with ids from $1 to $2, in order: skill, lang, kind, text.
SELECT skill_id, lang, kind, text FROM skill_label
WHERE skill_id >= $1 AND skill_id <= $2 ORDER BY skill_id, position;

-- name: skill_label_of
-- Labels of the skills with the ids @ids, in order: skill, lang, kind, text.
SELECT skill_id, lang, kind, text FROM skill_label
WHERE skill_id IN (@ids) ORDER BY skill_id, position;

-- name: skill_count
-- One row: how many skills there are.
SELECT COUNT(*) FROM skill;

-- name: skill_add
-- Adds skill $1 of source $2, code $3, kind $4, description $5. Its parent is set afterwards.
INSERT INTO skill (id, source, code, kind, description, version) VALUES ($1, $2, $3, $4, $5, 1);

-- name: skill_change
-- Changes skill $1: source $2, code $3, kind $4, description $5. Changes 0 or 1 row.
UPDATE skill SET source = $2, code = $3, kind = $4, description = $5, version = version + 1
WHERE id = $1;

-- name: skill_set_parent
-- The parent of skill $1 becomes the skill of source $2 with code $3, or none.
UPDATE skill SET parent_id = (SELECT p.id FROM skill p WHERE p.source = $2 AND p.code = $3)
WHERE id = $1;

-- name: skill_label_add
-- Adds label number $2 of skill $1: lang $3, kind $4, text $5, folded $6.
INSERT INTO skill_label (skill_id, position, lang, kind, text, folded)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: skill_label_drop
-- Drops the labels of skill $1.
DELETE FROM skill_label WHERE skill_id = $1;

-- name: skill_find_code
-- The skill of source $1 with code $2: id.
SELECT id FROM skill WHERE source = $1 AND code = $2;

-- name: skill_find_name
-- The skill that the name $1 (folded: $2) means, as store/skill_names.h tells: id, none or one row.
SELECT id FROM (
    SELECT s.id AS id, 0 AS how, s.source AS source, s.code AS code
    FROM skill s WHERE s.code = $1
    UNION ALL
    SELECT s.id, 1 + l.kind, s.source, s.code
    FROM skill_label l JOIN skill s ON s.id = l.skill_id WHERE l.folded = $2
) found
ORDER BY how, CASE source WHEN 'site' THEN 0 WHEN 'esco' THEN 2 WHEN 'rome' THEN 3 ELSE 1 END,
    source, code LIMIT 1;

-- name: skill_children
-- Skills whose parent is $1: id.
SELECT id FROM skill WHERE parent_id = $1 ORDER BY id;

-- name: skill_of_source
-- Skills of source $1 in order of code: id, code.
SELECT id, code FROM skill WHERE source = $1 ORDER BY code;

-- name: skill_top
-- The site's own families (no parent), up to $1: id.
SELECT s.id FROM skill s WHERE s.parent_id IS NULL AND s.source = 'site'
ORDER BY s.code LIMIT $1;

-- name: skill_unlink_people
-- People's skills lose their link to skill $1.
UPDATE person_skill SET skill_id = NULL WHERE skill_id = $1;

-- name: skill_unlink_needs
-- Needs lose their link to skill $1.
UPDATE need SET skill_id = NULL WHERE skill_id = $1;

-- name: skill_unlink_sessions
-- Sessions lose their link to skill $1.
UPDATE session SET skill_id = NULL WHERE skill_id = $1;

-- name: skill_unlink_fundings
-- Forgets skill $1 in collective fundings.
UPDATE funding SET skill_id = NULL WHERE skill_id = $1;

-- name: skill_unlink_poles
-- Skill $1 leaves the scope of every pole.
DELETE FROM pole_skill WHERE skill_id = $1;

-- name: skill_unlink_refusals
-- No pole refuses skill $1 any more: it is gone.
DELETE FROM plan_refusal WHERE skill_id = $1;

-- name: skill_unlink_children
-- The children of skill $1 have no parent any more.
UPDATE skill SET parent_id = NULL WHERE parent_id = $1;

-- name: skill_drop
-- Drops skill $1.
DELETE FROM skill WHERE id = $1;
