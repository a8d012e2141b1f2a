-- name: gap_asks
-- Who asks in pole $2 (0: in all) at $1, since $3 for needs that are closed ($1 and $3 the same: open
-- ones only): the need that stands, what it asks for (a skill, or minus a group), whether it is open, its pole, structure of who asks, who
-- asks (a person, or a negative number that nobody else has), when; when it was stated and ends itself,
-- how far a session for it is, whether it is private;
-- a row for each need someone stated or supports.
SELECT m.id, @subject_of(m), m.state < 3 AND m.expires_at > $1, m.pole_id,
    COALESCE(p.structure_id, n.structure_id), COALESCE(n.person_id, -n.id), n.created_at,
    m.created_at, m.expires_at, @coming_of(m), m.is_private
FROM need n JOIN need m ON m.id = COALESCE(n.merged_into, n.id) LEFT JOIN person p ON p.id = n.person_id
WHERE m.merged_into IS NULL AND ($2 = 0 OR m.pole_id = $2)
    AND (m.state < 3 AND m.expires_at > $1 OR m.created_at >= $3)
UNION ALL
SELECT m.id, @subject_of(m), m.state < 3 AND m.expires_at > $1, m.pole_id,
    p.structure_id, COALESCE(s.person_id, -(n.id + (s.position + 1) * 1000000000)), s.created_at,
    m.created_at, m.expires_at, @coming_of(m), m.is_private
FROM need n JOIN need_support s ON s.need_id = n.id JOIN need m ON m.id = COALESCE(n.merged_into, n.id)
    LEFT JOIN person p ON p.id = s.person_id
WHERE m.merged_into IS NULL AND ($2 = 0 OR m.pole_id = $2)
    AND (m.state < 3 AND m.expires_at > $1 OR m.created_at >= $3);

-- name: gap_asks_of
-- The same for the skills and groups @ids, in all poles: $33 is now, $34 since when for closed needs.
SELECT m.id, @subject_of(m), m.state < 3 AND m.expires_at > $33, m.pole_id,
    COALESCE(p.structure_id, n.structure_id), COALESCE(n.person_id, -n.id), n.created_at,
    m.created_at, m.expires_at, @coming_of(m), m.is_private
FROM need m JOIN need n ON n.id = m.id OR n.merged_into = m.id LEFT JOIN person p ON p.id = n.person_id
WHERE m.id IN (SELECT id FROM need WHERE skill_id IN (@ids)
        UNION SELECT o.id FROM word_group h JOIN need o ON o.group_id = h.id AND o.pole_id = h.pole_id
        WHERE -COALESCE(h.merged_into, h.id) IN (@ids) AND o.skill_id IS NULL AND o.is_private = 0)
    AND m.merged_into IS NULL
    AND (m.state < 3 AND m.expires_at > $33 OR m.created_at >= $34)
UNION ALL
SELECT m.id, @subject_of(m), m.state < 3 AND m.expires_at > $33, m.pole_id,
    p.structure_id, COALESCE(s.person_id, -(n.id + (s.position + 1) * 1000000000)), s.created_at,
    m.created_at, m.expires_at, @coming_of(m), m.is_private
FROM need m JOIN need n ON n.id = m.id OR n.merged_into = m.id JOIN need_support s ON s.need_id = n.id
    LEFT JOIN person p ON p.id = s.person_id
WHERE m.id IN (SELECT id FROM need WHERE skill_id IN (@ids)
        UNION SELECT o.id FROM word_group h JOIN need o ON o.group_id = h.id AND o.pole_id = h.pole_id
        WHERE -COALESCE(h.merged_into, h.id) IN (@ids) AND o.skill_id IS NULL AND o.is_private = 0)
    AND m.merged_into IS NULL
    AND (m.state < 3 AND m.expires_at > $33 OR m.created_at >= $34);

-- name: gap_twins
-- Skills @ids, and those of the same name in language $33 (themselves too), by pairs.
SELECT DISTINCT a.skill_id, b.skill_id
FROM skill_label a JOIN skill_label b ON b.folded = a.folded AND b.lang = a.lang AND b.kind = a.kind
WHERE a.skill_id IN (@ids) AND a.kind = 0 AND a.lang = $33;

-- name: gap_kin
-- Skills @ids, and what else is taken for them: those with a label alike, the narrower ones; for groups
-- the skills of about their meaning; by pairs.
SELECT a.skill_id, b.skill_id FROM skill_label a JOIN skill_label b ON b.folded = a.folded
WHERE a.skill_id IN (@ids) AND b.skill_id <> a.skill_id
UNION
SELECT parent_id, id FROM skill WHERE parent_id IN (@ids)
UNION
SELECT -COALESCE(g.merged_into, g.id), x.skill_id FROM word_group_skill x JOIN word_group g ON g.id = x.group_id
WHERE -COALESCE(g.merged_into, g.id) IN (@ids);

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

-- name: gap_shown
-- Skills that needs of pole $1 (0: of all) open at $2 ask for before everybody's eyes: id.
SELECT DISTINCT skill_id FROM need
WHERE skill_id IS NOT NULL AND merged_into IS NULL AND is_private = 0 AND ($1 = 0 OR pole_id = $1)
    AND state < 3 AND expires_at > $2;

-- name: gap_members
-- Members of pole $1: person.
SELECT person_id FROM person_pole WHERE pole_id = $1;

-- name: gap_touched
-- What a change of the skills @ids may count in: those with a label alike, the broader ones, and groups of
-- about their meaning; by pairs.
SELECT a.skill_id, b.skill_id FROM skill_label a JOIN skill_label b ON b.folded = a.folded
WHERE a.skill_id IN (@ids) AND b.skill_id <> a.skill_id
UNION
SELECT id, parent_id FROM skill WHERE id IN (@ids) AND parent_id IS NOT NULL
UNION
SELECT x.skill_id, -COALESCE(g.merged_into, g.id) FROM word_group_skill x JOIN word_group g ON g.id = x.group_id
WHERE x.skill_id IN (@ids);

-- name: gap_trend_asks
-- Who asked in pole $1 (0: anywhere, private needs left out) since $2: stated at, answered at, who (as in gap_asks), whether it is
-- the need itself (once a need).
SELECT m.created_at, m.answered_at, COALESCE(n.person_id, -n.id), n.id = m.id
FROM need m JOIN need n ON n.id = m.id OR n.merged_into = m.id
WHERE m.merged_into IS NULL AND ($1 = 0 AND m.is_private = 0 OR m.pole_id = $1) AND m.created_at >= $2
UNION ALL
SELECT m.created_at, m.answered_at, COALESCE(s.person_id, -(n.id + (s.position + 1) * 1000000000)), FALSE
FROM need m JOIN need n ON n.id = m.id OR n.merged_into = m.id JOIN need_support s ON s.need_id = n.id
WHERE m.merged_into IS NULL AND ($1 = 0 AND m.is_private = 0 OR m.pole_id = $1) AND m.created_at >= $2;

-- name: gap_trend_loads
-- Sessions of pole $1 (0: of all) held since $2 that each person gave: how many, the most first.
SELECT COUNT(*) FROM session s JOIN session_trainer t ON t.session_id = s.id
WHERE ($1 = 0 OR s.pole_id = $1) AND s.state = 2
    AND (SELECT MIN(d.starts_at) FROM session_date d WHERE d.session_id = s.id) >= $2
GROUP BY t.person_id ORDER BY COUNT(*) DESC;
