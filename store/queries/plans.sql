-- name: plan_refusals
-- What pole $1 refused of its plans and still does at $2: skill (or minus a group), person, day (one of
-- them, the others NULL).
SELECT COALESCE(skill_id, -group_id), person_id, day FROM plan_refusal WHERE pole_id = $1 AND until_at > $2
ORDER BY until_at, skill_id, group_id, person_id, day;

-- name: plan_refuse
-- Pole $1 plans without skill $2, person $3, day $4 or group $6 up to $5.
INSERT INTO plan_refusal (pole_id, skill_id, person_id, day, until_at, group_id)
VALUES ($1, NULLIF($2, 0), NULLIF($3, 0), NULLIF($4, 0), $5, NULLIF($6, 0));

-- name: plan_allow
-- Pole $1 refuses skill $2, person $3, day $4 or group $6 no more; what ended by $5 goes too.
DELETE FROM plan_refusal
WHERE pole_id = $1 AND (until_at <= $5 OR skill_id = $2 OR person_id = $3 OR day = $4 OR group_id = $6);

-- name: plan_allow_all
-- Pole $1 refuses nothing any more.
DELETE FROM plan_refusal WHERE pole_id = $1;

-- name: plan_kept
-- What sessions proposed or confirmed serve already, of pole $1 (0: all): the need that stands, a person
-- who has a seat there or waits for one; 0 for all who ask, while nobody has one.
SELECT COALESCE(n.merged_into, n.id), COALESCE(r.person_id, 0)
FROM session_need m JOIN session s ON s.id = m.session_id JOIN need n ON n.id = m.need_id
    LEFT JOIN registration r ON r.session_id = s.id AND r.state < 2
WHERE s.state < 2 AND ($1 = 0 OR n.pole_id = $1)
ORDER BY COALESCE(n.merged_into, n.id), COALESCE(r.person_id, 0);

-- name: plan_next
-- People with a card that is shown and an address who know skill $1 well enough to help, pass it on to
-- nobody, and take contacts at $2, $3 at most: person, level.
SELECT k.person_id, MAX(k.level) FROM person_skill k JOIN person p ON p.id = k.person_id
WHERE k.skill_id = $1 AND k.shares = 0 AND k.level >= 2 AND p.state = 1 AND p.email IS NOT NULL
    AND COALESCE(p.pause_until, 0) <= $2
    AND NOT EXISTS (SELECT 1 FROM person_skill o WHERE o.person_id = k.person_id AND o.skill_id = $1
        AND o.shares = 1)
GROUP BY k.person_id ORDER BY MAX(k.level) DESC, k.person_id LIMIT $3;

-- name: plan_busy
-- Who gives a session that ends after $1, is asked to, or has a seat in one: person, from, to. Of a
-- session without a fixed date all its dates.
SELECT t.person_id, d.starts_at, d.ends_at FROM session s
    JOIN session_trainer t ON t.session_id = s.id JOIN session_date d ON d.session_id = s.id
WHERE s.state < 2 AND d.ends_at > $1
    AND (d.is_fixed = 1 OR NOT EXISTS (SELECT 1 FROM session_date f
        WHERE f.session_id = s.id AND f.is_fixed = 1))
UNION ALL
SELECT l.person_id, d.starts_at, d.ends_at FROM link l
    JOIN session s ON s.id = l.subject_id JOIN session_date d ON d.session_id = s.id
WHERE l.purpose = 10 AND l.person_id IS NOT NULL AND l.used_at IS NULL AND l.expires_at > $1
    AND s.state < 2 AND d.ends_at > $1
    AND (d.is_fixed = 1 OR NOT EXISTS (SELECT 1 FROM session_date f
        WHERE f.session_id = s.id AND f.is_fixed = 1))
UNION ALL
SELECT r.person_id, d.starts_at, d.ends_at FROM session s
    JOIN registration r ON r.session_id = s.id JOIN session_date d ON d.session_id = s.id
WHERE s.state < 2 AND r.state = 0 AND d.ends_at > $1
    AND (d.is_fixed = 1 OR NOT EXISTS (SELECT 1 FROM session_date f
        WHERE f.session_id = s.id AND f.is_fixed = 1));

-- name: plan_keep_get
-- The plan of pole $1: weeks, asked, answered, asked at, made at, weekly, failed, worth, bound, kept,
-- unqualified, trainers, dates.
SELECT weeks, asked, answered, asked_at, made_at, is_weekly, is_failed, worth, bound, kept,
    unqualified, trainers, dates FROM plan WHERE pole_id = $1;

-- name: plan_keep_sessions
-- Its sessions: position, skill (or minus a group), level, seats, from, to, room, commune, trainer, her level, other times,
-- second trainer, a session that is proposed or confirmed for one of its needs.
SELECT p.position, COALESCE(p.skill_id, -p.group_id), p.level, p.seats, p.starts_at, p.ends_at, p.room_id, p.commune,
    p.trainer_id, p.trainer_level, p.times_left, p.second_id, (SELECT MIN(v.session_id) FROM plan_served v
        WHERE v.pole_id = p.pole_id AND v.position = p.position)
FROM plan_session p WHERE p.pole_id = $1 ORDER BY p.position;

-- name: plan_keep_needs
-- What it was planned for: need, person, skill (or minus a group), position of its session, reason, name.
SELECT k.need_id, k.person_id, COALESCE(k.skill_id, -k.group_id), k.position, k.reason, p.name
FROM plan_need k LEFT JOIN person p ON p.id = k.person_id
WHERE k.pole_id = $1 ORDER BY k.skill_id, k.group_id, k.need_id, p.name;

-- name: plan_keep_ask
-- A plan of $2 weeks is asked for pole $1 at $3.
INSERT INTO plan (pole_id, weeks, asked, answered, asked_at, is_weekly, is_failed)
VALUES ($1, $2, 1, 0, $3, 0, 0)
ON CONFLICT (pole_id) DO UPDATE SET weeks = excluded.weeks, asked = plan.asked + 1,
    asked_at = excluded.asked_at, is_weekly = 0, is_failed = 0;

-- name: plan_keep_due
-- One row: how many poles somebody keeps and nobody asked a plan for since $1.
SELECT COUNT(DISTINCT f.pole_id) FROM pole_facilitator f
WHERE NOT EXISTS (SELECT 1 FROM plan p WHERE p.pole_id = f.pole_id AND p.asked_at >= $1);

-- name: plan_keep_ask_weekly
-- A plan of $2 weeks is asked at $3 for each of these.
INSERT INTO plan (pole_id, weeks, asked, answered, asked_at, is_weekly, is_failed)
SELECT o.id, $2, 1, 0, $3, 1, 0 FROM pole o
WHERE EXISTS (SELECT 1 FROM pole_facilitator f WHERE f.pole_id = o.id)
    AND NOT EXISTS (SELECT 1 FROM plan p WHERE p.pole_id = o.id AND p.asked_at >= $1)
ON CONFLICT (pole_id) DO UPDATE SET weeks = excluded.weeks, asked = plan.asked + 1,
    asked_at = excluded.asked_at, is_weekly = 1, is_failed = 0;

-- name: plan_keep_next
-- What was asked for first and is not answered: pole, weeks, asked.
SELECT pole_id, weeks, asked FROM plan WHERE asked > answered ORDER BY asked_at, pole_id LIMIT 1;

-- name: plan_keep_put
-- The plan of pole $1 that answers $2, made at $3: worth, bound, kept, unqualified, trainers, dates.
UPDATE plan SET answered = $2, made_at = $3, worth = $4, bound = $5, kept = $6, unqualified = $7,
    trainers = $8, dates = $9, is_failed = 0 WHERE pole_id = $1;

-- name: plan_keep_fail
-- What was asked of pole $1 ($2) could not be made.
UPDATE plan SET answered = $2, is_failed = 1 WHERE pole_id = $1;

-- name: plan_keep_no_sessions
-- Forgets the planned sessions of pole $1.
DELETE FROM plan_session WHERE pole_id = $1;

-- name: plan_keep_no_needs
-- Forgets what the plan of pole $1 was for.
DELETE FROM plan_need WHERE pole_id = $1;

-- name: plan_keep_session
-- A session of the plan of pole $1.
INSERT INTO plan_session (pole_id, position, skill_id, level, seats, starts_at, ends_at, room_id,
    commune, trainer_id, trainer_level, times_left, second_id, group_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: plan_keep_need
-- What somebody asks of pole $1, and the session it is planned in.
INSERT INTO plan_need (pole_id, need_id, person_id, skill_id, position, reason, group_id)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: plan_keep_waiting
-- One row: how many planned sessions of pole $1 begin after $2 and are served by no session yet.
SELECT COUNT(*) FROM plan_session p WHERE p.pole_id = $1 AND p.starts_at > $2
    AND NOT EXISTS (SELECT 1 FROM plan_served v
        WHERE v.pole_id = p.pole_id AND v.position = p.position);

-- name: plan_keep_news
-- Of the poles person $1 keeps, weekly plans made after $2: how many sessions after $3 are served by no
-- session yet (above 0), key and name of the pole.
SELECT COUNT(*), o.key, o.name FROM plan l JOIN pole o ON o.id = l.pole_id
    JOIN plan_session p ON p.pole_id = l.pole_id
WHERE l.is_weekly = 1 AND l.made_at > $2 AND p.starts_at > $3
    AND EXISTS (SELECT 1 FROM pole_facilitator f WHERE f.pole_id = l.pole_id AND f.person_id = $1)
    AND NOT EXISTS (SELECT 1 FROM plan_served v
        WHERE v.pole_id = p.pole_id AND v.position = p.position)
GROUP BY o.id, o.key, o.name ORDER BY o.name;
