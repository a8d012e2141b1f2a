-- name: word_group_loose
-- Needs open at $1 without a skill that stand alone in a pole, are not private and in no group of it, oldest
-- first, $2 at most: id, pole, text.
SELECT n.id, n.pole_id, n.text FROM need n LEFT JOIN word_group g ON g.id = n.group_id AND g.pole_id = n.pole_id
WHERE n.skill_id IS NULL AND n.pole_id IS NOT NULL AND n.merged_into IS NULL AND n.is_private = 0
    AND n.state < 3 AND n.expires_at > $1 AND g.id IS NULL
ORDER BY n.id LIMIT $2;

-- name: word_group_grouped
-- Needs open at $1 that stand alone in a group of pole $2, with those that were given its skill, the latest
-- $3 of them: id, group, text.
SELECT n.id, g.id, n.text FROM need n JOIN word_group g ON g.id = n.group_id AND g.pole_id = n.pole_id
WHERE g.pole_id = $2 AND n.merged_into IS NULL AND n.is_private = 0 AND n.state < 3 AND n.expires_at > $1
ORDER BY n.id DESC LIMIT $3;

-- name: word_group_needs
-- The needs open at $1 that count in group $2 or in one merged into it: id, its own group, people, skill, text.
SELECT n.id, g.id,
    @people_of(n.id),
    n.skill_id, n.text
FROM word_group g JOIN need n ON n.group_id = g.id AND n.pole_id = g.pole_id
WHERE (g.id = $2 OR g.merged_into = $2) AND n.merged_into IS NULL AND n.is_private = 0
    AND n.state < 3 AND n.expires_at > $1
    AND (n.skill_id IS NULL OR n.skill_id = (SELECT h.skill_id FROM word_group h WHERE h.id = $2))
ORDER BY n.id;

-- name: word_group_changed
-- Groups whose open needs at $1 are not those their name was made from, $2 at most: id, pole, what tells
-- which needs they are now.
SELECT t.id, t.pole_id, t.told FROM (
    SELECT g.id, g.pole_id, g.members, (SELECT COALESCE(SUM(n.id * 1000 + n.version), 0) FROM need n
        WHERE n.group_id IN (SELECT h.id FROM word_group h WHERE h.id = g.id OR h.merged_into = g.id)
            AND n.pole_id = g.pole_id AND n.merged_into IS NULL AND n.is_private = 0
            AND n.state < 3 AND n.expires_at > $1) AS told
    FROM word_group g) t
WHERE t.members <> t.told ORDER BY t.id LIMIT $2;

-- name: word_group_get
-- Group $1: id, pole, name, named at, skill, merged into.
SELECT id, pole_id, name, named_at, skill_id, merged_into FROM word_group WHERE id = $1;

-- name: word_group_of_pole
-- Groups of pole $1 that are part of no other one, whose needs are open at $2, but group $3, in order of
-- their names: id, pole, name, named at, skill, merged into.
SELECT g.id, g.pole_id, g.name, g.named_at, g.skill_id, g.merged_into FROM word_group g
WHERE g.pole_id = $1 AND g.merged_into IS NULL AND g.id <> $3
    AND EXISTS (SELECT 1 FROM need n LEFT JOIN word_group h ON h.id = n.group_id
        WHERE (n.group_id = g.id OR h.merged_into = g.id) AND n.skill_id IS NULL AND n.state < 3
            AND n.expires_at > $2 AND n.is_private = 0)
ORDER BY g.name, g.id LIMIT 200;

-- name: word_group_parts
-- Groups merged into group $1: id, pole, name, named at, skill, merged into.
SELECT id, pole_id, name, named_at, skill_id, merged_into FROM word_group WHERE merged_into = $1
ORDER BY name, id;

-- name: word_group_add
-- A group: id, pole, name, named at, made at.
INSERT INTO word_group (id, pole_id, name, named_at, skill_id, merged_into, members, created_at)
VALUES ($1, $2, $3, $4, NULL, NULL, 0, $5);

-- name: word_group_put
-- Need $1 goes to group $2, when it names no skill yet.
UPDATE need SET group_id = $2 WHERE id = $1 AND skill_id IS NULL;

-- name: word_group_tell
-- The name of group $1, $2, unless a facilitator gave it one, was made from the needs $3 tells.
UPDATE word_group SET name = CASE WHEN named_at IS NULL THEN $2 ELSE name END, members = $3 WHERE id = $1;

-- name: word_group_name
-- Group $1 is called $2, confirmed at $3 (NULL: not), and looked at again.
UPDATE word_group SET name = $2, named_at = $3, members = -1 WHERE id = $1;

-- name: word_group_merge
-- Group $1 counts in group $2 (NULL: by itself).
UPDATE word_group SET merged_into = $2 WHERE id = $1;

-- name: word_group_be_skill
-- The needs of group $1 were given skill $2 (NULL: none).
UPDATE word_group SET skill_id = $2 WHERE id = $1;

-- name: word_group_near_drop
-- Forgets which skills mean about what group $1 asks for.
DELETE FROM word_group_skill WHERE group_id = $1;

-- name: word_group_near_add
-- Skill $2 means about what group $1 asks for.
INSERT INTO word_group_skill (group_id, skill_id) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: word_group_near
-- Skills of about the meaning of group $1 and of those merged into it: id.
SELECT DISTINCT x.skill_id FROM word_group_skill x JOIN word_group g ON g.id = x.group_id
WHERE g.id = $1 OR g.merged_into = $1 ORDER BY x.skill_id;

-- name: word_group_idle
-- Groups nobody named, that hold no open need at $1 and nothing was merged with: id.
SELECT g.id FROM word_group g
WHERE g.named_at IS NULL AND g.skill_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM word_group h WHERE h.merged_into = g.id)
    AND NOT EXISTS (SELECT 1 FROM need n WHERE n.group_id = g.id AND n.pole_id = g.pole_id AND n.state < 3
        AND n.expires_at > $1 AND n.is_private = 0);

-- name: word_group_leave
-- Whoever was in group $1 is in none.
UPDATE need SET group_id = NULL WHERE group_id = $1;

-- name: word_group_drop
-- Group $1 is no more.
DELETE FROM word_group WHERE id = $1;

-- name: word_group_head
-- One row: what group $1 is merged into, 0 when nothing.
SELECT COALESCE(merged_into, 0) FROM word_group WHERE id = $1;
