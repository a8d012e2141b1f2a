-- name: gap_asks
-- Who asks in pole $2 (0: in all) at $1, since $3 for needs that are closed ($1 and $3 the same: open
-- ones only): the need that stands, its skill, whether it is open, structure of who asks, who asks (a person, or a negative
-- number that nobody else has), when; a row for each need someone stated or supports.
SELECT m.id, m.skill_id, m.state < 3 AND m.expires_at > $1, m.pole_id,
    COALESCE(p.structure_id, n.structure_id), COALESCE(n.person_id, -n.id), n.created_at
FROM need n JOIN need m ON m.id = COALESCE(n.merged_into, n.id) LEFT JOIN person p ON p.id = n.person_id
WHERE m.merged_into IS NULL AND ($2 = 0 OR m.pole_id = $2)
    AND (m.state < 3 AND m.expires_at > $1 OR m.created_at >= $3)
UNION ALL
SELECT m.id, m.skill_id, m.state < 3 AND m.expires_at > $1, m.pole_id,
    p.structure_id, COALESCE(s.person_id, -(n.id + (s.position + 1) * 1000000000)), s.created_at
FROM need n JOIN need_support s ON s.need_id = n.id JOIN need m ON m.id = COALESCE(n.merged_into, n.id)
    LEFT JOIN person p ON p.id = s.person_id
WHERE m.merged_into IS NULL AND ($2 = 0 OR m.pole_id = $2)
    AND (m.state < 3 AND m.expires_at > $1 OR m.created_at >= $3);

-- name: gap_need_windows
-- Weekly times of open needs of pole $2 (0: of all) at $1: need, weekday, start and end in minutes.
SELECT w.need_id, w.weekday, w.start_min, w.end_min
FROM need_window w JOIN need m ON m.id = w.need_id
WHERE m.merged_into IS NULL AND ($2 = 0 OR m.pole_id = $2) AND m.state < 3 AND m.expires_at > $1
ORDER BY w.need_id;

-- name: gap_kin
-- Skills @ids, and what else is taken for them: those with a label alike, the narrower ones, by pairs.
SELECT a.skill_id, b.skill_id FROM skill_label a JOIN skill_label b ON b.folded = a.folded
WHERE a.skill_id IN (@ids) AND b.skill_id <> a.skill_id
UNION
SELECT parent_id, id FROM skill WHERE parent_id IN (@ids);

-- name: gap_knowers
-- Who agreed to pass on one of the skills @ids: skill, person, structure, state of the card, her
-- address, folded, when it was confirmed, pausing until, quota.
SELECT k.skill_id, p.id, p.structure_id, p.state, p.email_folded, p.confirmed_at, p.pause_until,
    p.quota_month
FROM person_skill k JOIN person p ON p.id = k.person_id
WHERE k.skill_id IN (@ids) AND k.shares = 1 AND p.declined_at IS NULL;

-- name: gap_used
-- People who had contacts since $1, with all cards of the same address: person, how many contacts.
SELECT other.id, COUNT(*) FROM introduction i JOIN person one ON one.id = i.resource_id
    JOIN person other ON other.id = one.id OR other.email_folded = one.email_folded
WHERE i.created_at >= $1 AND i.state IN (0, 1, 3, 5)
GROUP BY other.id;

-- name: gap_silent
-- People whose last contact that ended (asked since $1) ended in silence: id.
SELECT i.resource_id FROM introduction i
WHERE i.state = 3 AND i.created_at >= $1 AND NOT EXISTS (SELECT 1 FROM introduction later
    WHERE later.resource_id = i.resource_id AND later.id > i.id AND later.state IN (1, 2, 3, 5));

-- name: gap_members
-- Members of pole $1: person.
SELECT person_id FROM person_pole WHERE pole_id = $1;

-- name: gap_times
-- Weekly times of the people @ids: person, weekday, start and end in minutes.
SELECT person_id, weekday, start_min, end_min FROM availability WHERE person_id IN (@ids)
ORDER BY person_id;

-- name: gap_poles
-- Poles of the people @ids: person, pole.
SELECT person_id, pole_id FROM person_pole WHERE person_id IN (@ids);
