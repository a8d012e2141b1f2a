-- name: gap_mark_all
-- Every count of the gaps is to be made anew.
INSERT INTO gap_stale (kind, id, number)
VALUES (0, 0, (SELECT COALESCE(MAX(number), 0) + 1 FROM change))
ON CONFLICT (kind, id) DO UPDATE SET number = excluded.number;

-- name: gap_mark_skill
-- So is that of skill $1.
INSERT INTO gap_stale (kind, id, number)
VALUES (0, $1, (SELECT COALESCE(MAX(number), 0) + 1 FROM change))
ON CONFLICT (kind, id) DO UPDATE SET number = excluded.number;

-- name: gap_mark_person
-- So are those person $1 counts in: what she or another card of her address shares, what
-- she asks for, the poles of the sessions she gives.
INSERT INTO gap_stale (kind, id, number)
SELECT t.kind, t.id, (SELECT COALESCE(MAX(number), 0) + 1 FROM change) FROM (
    SELECT 0 AS kind, k.skill_id AS id FROM person_skill k WHERE k.person_id IN (SELECT $1
        UNION SELECT o.id FROM person p JOIN person o ON o.email_folded = p.email_folded WHERE p.id = $1)
    UNION SELECT 0, @subject_of(m) FROM need n JOIN need m ON m.id = COALESCE(n.merged_into, n.id)
        WHERE n.person_id = $1
    UNION SELECT 1, COALESCE(m.pole_id, 0) FROM need n JOIN need m ON m.id = COALESCE(n.merged_into, n.id)
        WHERE n.person_id = $1
    UNION SELECT 0, @subject_of(m) FROM need_support s JOIN need n ON n.id = s.need_id
        JOIN need m ON m.id = COALESCE(n.merged_into, n.id) WHERE s.person_id = $1
    UNION SELECT 1, COALESCE(m.pole_id, 0) FROM need_support s JOIN need n ON n.id = s.need_id
        JOIN need m ON m.id = COALESCE(n.merged_into, n.id) WHERE s.person_id = $1
    UNION SELECT 1, COALESCE(o.pole_id, 0) FROM session_trainer g JOIN session o ON o.id = g.session_id
        WHERE g.person_id = $1) t
WHERE t.id IS NOT NULL
ON CONFLICT (kind, id) DO UPDATE SET number = excluded.number;

-- name: gap_mark_need
-- So are those need $1 counts in, with what it is merged into and what is merged into it.
INSERT INTO gap_stale (kind, id, number)
SELECT t.kind, t.id, (SELECT COALESCE(MAX(number), 0) + 1 FROM change) FROM (
    SELECT 0 AS kind, skill_id AS id FROM need WHERE id = $1 OR merged_into = $1
    UNION SELECT 1, COALESCE(pole_id, 0) FROM need WHERE id = $1 OR merged_into = $1
    UNION SELECT 0, m.skill_id FROM need n JOIN need m ON m.id = n.merged_into WHERE n.id = $1
    UNION SELECT 0, -COALESCE(g.merged_into, g.id) FROM need m JOIN word_group g ON g.id = m.group_id
        WHERE m.id = $1 OR m.merged_into = $1 OR m.id = (SELECT merged_into FROM need WHERE id = $1)
    UNION SELECT 1, COALESCE(m.pole_id, 0) FROM need n JOIN need m ON m.id = n.merged_into
        WHERE n.id = $1) t
WHERE t.id IS NOT NULL
ON CONFLICT (kind, id) DO UPDATE SET number = excluded.number;

-- name: gap_mark_session
-- So are those the needs of session $1 count in, and the pole it is of.
INSERT INTO gap_stale (kind, id, number)
SELECT t.kind, t.id, (SELECT COALESCE(MAX(number), 0) + 1 FROM change) FROM (
    SELECT 0 AS kind, @subject_of(n) AS id FROM session_need x JOIN need n ON n.id = x.need_id
        WHERE x.session_id = $1
    UNION SELECT 1, COALESCE(pole_id, 0) FROM session WHERE id = $1) t
WHERE t.id IS NOT NULL
ON CONFLICT (kind, id) DO UPDATE SET number = excluded.number;

-- name: gap_mark_asked
-- So are those of the people whom $1 asked (0: nobody) or who were asked for need $2 (0: none).
INSERT INTO gap_stale (kind, id, number)
SELECT DISTINCT 0, k.skill_id, (SELECT COALESCE(MAX(number), 0) + 1 FROM change)
FROM introduction i JOIN person p ON p.id = i.resource_id
    JOIN person o ON o.id = p.id OR o.email_folded = p.email_folded
    JOIN person_skill k ON k.person_id = o.id
WHERE (i.asker_id = $1 OR i.need_id = $2) AND k.skill_id IS NOT NULL
ON CONFLICT (kind, id) DO UPDATE SET number = excluded.number;

-- name: gap_mark_all_again
-- When all are to be made anew already, that is from now on. Changes one row then.
UPDATE gap_stale SET number = (SELECT COALESCE(MAX(number), 0) + 1 FROM change)
WHERE kind = 0 AND id = 0;

-- name: gap_stale
-- What is to be counted anew: kind, id.
SELECT kind, id FROM gap_stale;

-- name: gap_stale_drop
-- What was marked up to change $3 is counted: kind $1, id $2.
DELETE FROM gap_stale WHERE kind = $1 AND id = $2 AND number <= $3;

-- name: gap_expired
-- Skills whose count holds until $1 or less.
SELECT skill_id FROM gap_supply WHERE until_at <= $1
UNION SELECT skill_id FROM gap_demand WHERE until_at <= $1;

-- name: gap_made
-- The rules the counts were made by, and when: no row when they never were.
SELECT rules, at FROM gap_made;

-- name: gap_made_drop
-- The counts were never made.
DELETE FROM gap_made;

-- name: gap_made_add
-- They were made by rules $1 at $2.
INSERT INTO gap_made (rules, at) VALUES ($1, $2);

-- name: gap_demand_of
-- Who asks in pole $1 (0: anywhere): skill, people asking, those without a session coming, open needs, the oldest (when, which),
-- half-days, last stated, until when that holds; who could answer: people by where they stand, one of
-- them, half-days, until when; of those without, those to whom one is proposed.
SELECT d.skill_id, d.asking, d.waiting, d.needs, d.oldest_at, d.oldest_id, d.parts, d.last_at,
    d.until_at, s.live, s.unconfirmed, s.pausing, s.at_quota, s.silent, s.one_id, s.parts, s.until_at,
    d.proposed
FROM gap_demand d LEFT JOIN gap_supply s ON s.skill_id = d.skill_id
WHERE d.pole_id = $1 ORDER BY d.skill_id;

-- name: gap_share_of
-- The shares of scope $1 (a pole: by structure; 0: by pole; -1: by structure): skill, of whom, asking,
-- waiting, live, known, proposed.
SELECT skill_id, of_id, asking, waiting, live, known, proposed FROM gap_share WHERE scope = $1
ORDER BY skill_id, of_id;

-- name: gap_share_of_skills
-- The shares of the skills @ids in scope $33.
SELECT skill_id, of_id, asking, waiting, live, known, proposed FROM gap_share
WHERE scope = $33 AND skill_id IN (@ids) ORDER BY skill_id, of_id;

-- name: gap_live_in
-- Live people of pole $1 for each skill: skill, how many.
SELECT skill_id, live FROM gap_share WHERE scope = 0 AND of_id = $1 AND live > 0;

-- name: gap_total_of
-- All who ask in pole $1 (0: anywhere): people, needs, those without a skill, the oldest, until when; of
-- the last twelve months: people, those answered, needs answered, median wait (s), sessions, trainers, the
-- busiest tenth of these, sessions given by them.
SELECT asking, needs, unqualified, oldest_at, until_at, year_asking, year_served, year_answered,
    year_wait_s, year_sessions, year_trainers, year_busiest, year_busiest_sessions
FROM gap_total WHERE pole_id = $1;

-- name: gap_months_of
-- The months of that total, the oldest first: first moment, needs stated, needs answered.
SELECT at, stated, answered FROM gap_month WHERE pole_id = $1 ORDER BY at;

-- name: gap_totals_until
-- Poles whose total holds until $1 or less.
SELECT pole_id FROM gap_total WHERE until_at <= $1;

-- name: gap_total_count
-- Who asks counted at $2 from the needs of pole $1 (0: of all but private ones): people, needs, those
-- without a skill, the oldest, until when.
SELECT COUNT(DISTINCT a.who), COUNT(DISTINCT a.need_id), COUNT(DISTINCT a.bare_id), MIN(a.at), MIN(a.until_at)
FROM (SELECT COALESCE(n.person_id, -n.id) AS who, m.id AS need_id,
        CASE WHEN m.skill_id IS NULL THEN m.id END AS bare_id, n.created_at AS at, m.expires_at AS until_at
    FROM need n JOIN need m ON m.id = COALESCE(n.merged_into, n.id)
    WHERE m.merged_into IS NULL AND ($1 = 0 AND m.is_private = 0 OR m.pole_id = $1) AND m.state < 3 AND m.expires_at > $2
    UNION ALL
    SELECT COALESCE(s.person_id, -(n.id + (s.position + 1) * 1000000000)), m.id, NULL, s.created_at,
        m.expires_at
    FROM need n JOIN need_support s ON s.need_id = n.id JOIN need m ON m.id = COALESCE(n.merged_into, n.id)
    WHERE m.merged_into IS NULL AND ($1 = 0 AND m.is_private = 0 OR m.pole_id = $1) AND m.state < 3 AND m.expires_at > $2) a;

-- name: gap_total_put
-- Keeps the total of pole $1, as gap_total_of.
INSERT INTO gap_total (pole_id, asking, needs, unqualified, oldest_at, until_at, year_asking, year_served,
    year_answered, year_wait_s, year_sessions, year_trainers, year_busiest, year_busiest_sessions)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: gap_total_drop
-- Forgets the total of pole $1.
DELETE FROM gap_total WHERE pole_id = $1;

-- name: gap_month_put
-- Keeps a month of pole $1: first moment, needs stated, needs answered.
INSERT INTO gap_month (pole_id, at, stated, answered) VALUES ($1, $2, $3, $4);

-- name: gap_month_drop
-- Forgets the months of pole $1.
DELETE FROM gap_month WHERE pole_id = $1;

-- name: gap_supply_drop
-- Forgets who could answer for skill $1.
DELETE FROM gap_supply WHERE skill_id = $1;

-- name: gap_demand_drop
-- Forgets who asks for skill $1.
DELETE FROM gap_demand WHERE skill_id = $1;

-- name: gap_share_drop
-- Forgets the shares of skill $1.
DELETE FROM gap_share WHERE skill_id = $1;

-- name: gap_supply_clear
-- Forgets who could answer, whatever the skill.
DELETE FROM gap_supply;

-- name: gap_demand_clear
-- Forgets who asks.
DELETE FROM gap_demand;

-- name: gap_share_clear
-- Forgets all shares.
DELETE FROM gap_share;

-- name: gap_supply_add
-- Keeps who could answer: skill, people by where they stand, one of them, half-days, until when.
INSERT INTO gap_supply (skill_id, live, unconfirmed, pausing, at_quota, silent, one_id, parts, until_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: gap_demand_add
-- Keeps who asks: skill, pole, people, those waiting, needs, the oldest (when, which), half-days, last
-- stated, until when, those to whom a session is proposed.
INSERT INTO gap_demand (skill_id, pole_id, asking, waiting, needs, oldest_at, oldest_id, parts, last_at,
    until_at, proposed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: gap_share_add
-- Keeps a share: skill, scope, of whom, asking, waiting, live, known, proposed.
INSERT INTO gap_share (skill_id, scope, of_id, asking, waiting, live, known, proposed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
