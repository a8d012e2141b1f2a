-- name: need_merge
-- Need $1 becomes part of need $2 at $3; its state before is kept.
UPDATE need SET merged_into = $2, merged_state = state, state = 2, updated_at = $3,
    version = version + 1
WHERE id = $1;

-- name: need_split
-- Need $1 stands alone again at $2, in its state before unless it was closed meanwhile.
UPDATE need SET state = CASE WHEN state = 2 THEN COALESCE(merged_state, 1) ELSE state END,
    merged_into = NULL, merged_state = NULL, updated_at = $2, version = version + 1
WHERE id = $1 AND merged_into IS NOT NULL;

-- name: need_split_all
-- The needs merged into $1 stand alone again, in their state before.
UPDATE need SET state = CASE WHEN state = 2 THEN COALESCE(merged_state, 1) ELSE state END,
    merged_into = NULL, merged_state = NULL, version = version + 1
WHERE merged_into = $1;

-- name: need_sessions_move
-- Sessions on need $1 that are not over serve need $2 instead.
UPDATE session_need SET need_id = $2
WHERE need_id = $1 AND session_id IN (SELECT id FROM session WHERE state < 2);

-- name: need_merged_into
-- One row: the need that $1 is part of.
SELECT merged_into FROM need WHERE id = $1;

-- name: need_merged
-- Needs merged into $1, oldest first, $2 at most: id.
SELECT id FROM need WHERE merged_into = $1 ORDER BY created_at, id LIMIT $2;

-- name: need_words
-- Needs of pole $1 (0: of none) open at $2 that stand alone, neither private, oldest first, $3 at
-- most: id, skill, stated at, people, holds others, text.
SELECT n.id, n.skill_id, n.created_at,
    @people_of(n.id),
    (SELECT COUNT(*) FROM need m WHERE m.merged_into = n.id), n.text
FROM need n
WHERE COALESCE(n.pole_id, 0) = $1 AND n.state < 3 AND n.expires_at > $2 AND n.is_private = 0
    AND n.merged_into IS NULL
ORDER BY n.created_at, n.id LIMIT $3;

-- name: desk_to_qualify
-- Needs to qualify: stated, of the pole or of none.
-- Of pole $1 at $2, from before $3 and after $4; ticks count from $5 on; at most $6. Each: id,
-- title, other, at, number, most, link, ticked at, how many in all, how many ticked.
SELECT y.id, y.title, y.other, y.at,
    @people_of(y.id),
    0, y.link_id, y.seen_at, y.total, y.ticked
FROM (SELECT x.id, x.title, x.other, x.at, x.link_id, x.seen_at, COUNT(*) OVER () AS total,
    COUNT(x.seen_at) OVER () AS ticked
FROM (SELECT n.id AS id, n.text AS title, t.name AS other, n.created_at AS at,
        n.pole_id AS link_id,
        (SELECT k.at FROM basket_seen k WHERE k.pole_id = $1 AND k.basket = 0
            AND k.subject_id = n.id AND k.at >= $5) AS seen_at
    FROM need n LEFT JOIN structure t ON t.id = n.structure_id
    WHERE (n.pole_id = $1 OR n.pole_id IS NULL) AND n.state = 0 AND n.expires_at > $2
        AND n.created_at <= $3 AND n.created_at > $4 AND n.merged_into IS NULL) x
ORDER BY x.seen_at IS NOT NULL, x.at, x.id LIMIT $6) y
ORDER BY y.seen_at IS NOT NULL, y.at, y.id;

-- name: desk_no_reply
-- Needs without an answer.
-- Of pole $1 at $2, from before $3 and after $4; ticks count from $5 on; at most $6. Each: id,
-- title, other, at, number, most, link, ticked at, how many in all, how many ticked.
SELECT y.id, y.title, y.other, y.at,
    @people_of(y.id),
    (SELECT COUNT(*) FROM introduction i WHERE i.need_id = y.id), y.link_id, y.seen_at, y.total, y.ticked
FROM (SELECT x.id, x.title, x.other, x.at, x.link_id, x.seen_at, COUNT(*) OVER () AS total,
    COUNT(x.seen_at) OVER () AS ticked
FROM (SELECT n.id AS id, n.text AS title, NULL AS other, n.created_at AS at,
        n.pole_id AS link_id,
        (SELECT k.at FROM basket_seen k WHERE k.pole_id = $1 AND k.basket = 1
            AND k.subject_id = n.id AND k.at >= $5) AS seen_at
    FROM need n
    WHERE n.pole_id = $1 AND n.state < 3 AND n.expires_at > $2 AND n.created_at <= $3
        AND n.created_at > $4 AND n.answered_at IS NULL AND n.merged_into IS NULL
        AND NOT EXISTS (SELECT 1 FROM session_need d JOIN session s ON s.id = d.session_id
            WHERE d.need_id = n.id AND s.state < 3)) x
ORDER BY x.seen_at IS NOT NULL, x.at, x.id LIMIT $6) y
ORDER BY y.seen_at IS NOT NULL, y.at, y.id;

-- name: desk_at_risk
-- Needs without an answer for long.
-- Of pole $1 at $2, from before $3 and after $4; ticks count from $5 on; at most $6. Each: id,
-- title, other, at, number, most, link, ticked at, how many in all, how many ticked.
SELECT y.id, y.title, y.other, y.at,
    @people_of(y.id),
    (SELECT COUNT(*) FROM introduction i WHERE i.need_id = y.id), y.link_id, y.seen_at, y.total, y.ticked
FROM (SELECT x.id, x.title, x.other, x.at, x.link_id, x.seen_at, COUNT(*) OVER () AS total,
    COUNT(x.seen_at) OVER () AS ticked
FROM (SELECT n.id AS id, n.text AS title, NULL AS other, n.created_at AS at,
        n.pole_id AS link_id,
        (SELECT k.at FROM basket_seen k WHERE k.pole_id = $1 AND k.basket = 2
            AND k.subject_id = n.id AND k.at >= $5) AS seen_at
    FROM need n
    WHERE n.pole_id = $1 AND n.state < 3 AND n.expires_at > $2 AND n.created_at <= $3
        AND n.created_at > $4 AND n.answered_at IS NULL AND n.merged_into IS NULL
        AND NOT EXISTS (SELECT 1 FROM session_need d JOIN session s ON s.id = d.session_id
            WHERE d.need_id = n.id AND s.state < 3)) x
ORDER BY x.seen_at IS NOT NULL, x.at, x.id LIMIT $6) y
ORDER BY y.seen_at IS NOT NULL, y.at, y.id;

-- name: desk_under_threshold
-- Sessions with fewer people than their threshold, before they are decided.
-- Of pole $1 at $2, from before $3 and after $4; ticks count from $5 on; at most $6. Each: id,
-- title, other, at, number, most, link, ticked at, how many in all, how many ticked.
SELECT x.id, x.title, x.other, x.at, x.number, x.most, x.link_id, x.seen_at, COUNT(*) OVER (),
    COUNT(x.seen_at) OVER ()
FROM (SELECT s.id AS id, s.title AS title, NULL AS other, s.decide_at AS at,
        (SELECT COUNT(*) FROM registration r WHERE r.session_id = s.id AND r.state = 0) AS number,
        s.threshold AS most, s.pole_id AS link_id,
        (SELECT k.at FROM basket_seen k WHERE k.pole_id = $1 AND k.basket = 3
            AND k.subject_id = s.id AND k.at >= $5) AS seen_at
    FROM session s
    WHERE s.pole_id = $1 AND s.state < 2 AND s.decide_at > $2 AND s.decide_at <= $3
        AND s.created_at > $4
        AND s.threshold > (SELECT COUNT(*) FROM registration r
            WHERE r.session_id = s.id AND r.state = 0)) x
ORDER BY x.seen_at IS NOT NULL, x.at, x.id LIMIT $6;

-- name: desk_silent
-- Cards of the pole invited and not confirmed since, or not confirmed for long.
-- Of pole $1 at $2, from before $3 and after $4; ticks count from $5 on; at most $6. Each: id,
-- title, other, at, number, most, link, ticked at, how many in all, how many ticked.
SELECT x.id, x.title, x.other, x.at, x.number, x.most, x.link_id, x.seen_at, COUNT(*) OVER (),
    COUNT(x.seen_at) OVER ()
FROM (SELECT p.id AS id, p.name AS title, t.name AS other,
        CASE WHEN p.invited_at > COALESCE(p.confirmed_at, 0) THEN p.invited_at
            ELSE COALESCE(p.confirmed_at, p.created_at) END AS at,
        CASE WHEN p.invited_at > COALESCE(p.confirmed_at, 0) THEN 1 ELSE 0 END AS number,
        CASE WHEN p.email IS NULL THEN -1 ELSE COALESCE(p.asked_at, 0) END AS most,
        p.confirmed_at AS link_id,
        (SELECT k.at FROM basket_seen k WHERE k.pole_id = $1 AND k.basket = 4
            AND k.subject_id = p.id AND k.at >= $5) AS seen_at
    FROM person p LEFT JOIN structure t ON t.id = p.structure_id
    WHERE p.id IN (SELECT b.person_id FROM person_pole b WHERE b.pole_id = $1)
        AND p.declined_at IS NULL
        AND ((p.invited_at > COALESCE(p.confirmed_at, 0) AND p.invited_at <= $2 - 9 * 86400)
            OR (p.state = 1 AND COALESCE(p.confirmed_at, p.created_at) <= $3))
        AND COALESCE(p.confirmed_at, p.created_at) > $4) x
ORDER BY x.seen_at IS NOT NULL, x.number DESC, x.at, x.id LIMIT $6;

-- name: desk_unanswered
-- Contacts of the pole that wait for an answer.
-- Of pole $1 at $2, from before $3 and after $4; ticks count from $5 on; at most $6. Each: id,
-- title, other, at, number, most, link, ticked at, how many in all, how many ticked.
SELECT x.id, x.title, x.other, x.at, x.number, x.most, x.link_id, x.seen_at, COUNT(*) OVER (),
    COUNT(x.seen_at) OVER ()
FROM (SELECT i.id AS id, COALESCE(n.text, i.words) AS title, p.name AS other, i.created_at AS at,
        i.wave AS number, i.expires_at AS most, i.need_id AS link_id,
        (SELECT k.at FROM basket_seen k WHERE k.pole_id = $1 AND k.basket = 5
            AND k.subject_id = i.id AND k.at >= $5) AS seen_at
    FROM introduction i JOIN person p ON p.id = i.resource_id LEFT JOIN need n ON n.id = i.need_id
    WHERE i.state = 0 AND i.expires_at > $2 AND i.created_at <= $3 AND i.created_at > $4
        AND (n.pole_id = $1 OR (n.id IS NULL AND p.id IN (SELECT b.person_id FROM person_pole b
            WHERE b.pole_id = $1)))) x
ORDER BY x.seen_at IS NOT NULL, x.at, x.id LIMIT $6;

-- name: desk_seen
-- What was ticked in basket $2 of pole $1 since $3: id.
SELECT subject_id FROM basket_seen WHERE pole_id = $1 AND basket = $2 AND at >= $3
ORDER BY subject_id;

-- name: desk_tick
-- Ticks $3 in basket $2 of pole $1 at $4.
INSERT INTO basket_seen (pole_id, basket, subject_id, at) VALUES ($1, $2, $3, $4)
ON CONFLICT (pole_id, basket, subject_id) DO UPDATE SET at = excluded.at;

-- name: desk_untick
-- $3 in basket $2 of pole $1 is not ticked any more.
DELETE FROM basket_seen WHERE pole_id = $1 AND basket = $2 AND subject_id = $3;

-- name: desk_open_needs
-- One row: how many needs of pole $1 are open at $2, merged ones apart.
SELECT COUNT(*) FROM need WHERE pole_id = $1 AND state < 3 AND expires_at > $2
    AND merged_into IS NULL;

-- name: desk_waits
-- Needs of pole $1 stated from $2 on and before $3: how long each waited for its first answer,
-- shortest first.
SELECT answered_at - created_at FROM need
WHERE pole_id = $1 AND created_at >= $2 AND created_at < $3 AND answered_at IS NOT NULL
ORDER BY 1;

-- name: desk_live_people
-- One row: published people of pole $1 who share something, confirmed since $3 and not pausing at $2.
SELECT COUNT(*) FROM person p
WHERE p.state = 1 AND p.confirmed_at > $3 AND COALESCE(p.pause_until, 0) <= $2
    AND p.id IN (SELECT b.person_id FROM person_pole b WHERE b.pole_id = $1)
    AND EXISTS (SELECT 1 FROM person_skill k WHERE k.person_id = p.id AND k.shares = 1);

-- name: desk_last_action
-- One row: when the last action of pole $1 was; NULL when there is none.
SELECT MAX(at) FROM audit WHERE pole_id = $1;

-- name: desk_first_change
-- One row: when pole $1 was first there.
SELECT COALESCE((SELECT MIN(at) FROM change WHERE thing = 4 AND thing_id = $1),
    (SELECT at FROM change ORDER BY number LIMIT 1));

-- name: desk_notes
-- The notebook of pole $1, latest first, $2 at most: id, at, author, text.
SELECT n.id, n.at, p.name, n.text FROM pole_note n LEFT JOIN person p ON p.id = n.author_id
WHERE n.pole_id = $1 ORDER BY n.at DESC, n.id DESC LIMIT $2;

-- name: desk_note_add
-- A note: id, pole, author, text, at; unless its author wrote the same after $6.
INSERT INTO pole_note (id, pole_id, author_id, text, at)
SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT 1 FROM pole_note o WHERE o.pole_id = $2
    AND (o.author_id = $3 OR o.author_id IS NULL AND $3 IS NULL) AND o.text = $4 AND o.at > $6);

-- name: desk_figures
-- One row of pole $1 from $2 to before $3: needs stated, answered, met and given up so far,
-- distinct people, sessions held, people who came, contacts asked and accepted.
SELECT (SELECT COUNT(*) FROM need WHERE pole_id = $1 AND created_at >= $2 AND created_at < $3),
    (SELECT COUNT(*) FROM need WHERE pole_id = $1 AND created_at >= $2 AND created_at < $3
        AND answered_at IS NOT NULL),
    (SELECT COUNT(*) FROM need WHERE pole_id = $1 AND created_at >= $2 AND created_at < $3
        AND state = 3),
    (SELECT COUNT(*) FROM need WHERE pole_id = $1 AND created_at >= $2 AND created_at < $3
        AND state = 4),
    (SELECT COUNT(*) FROM (
        SELECT COALESCE(person_id, -id) FROM need
        WHERE pole_id = $1 AND created_at >= $2 AND created_at < $3
        UNION SELECT s.person_id FROM need_support s JOIN need n ON n.id = s.need_id
        WHERE n.pole_id = $1 AND s.person_id IS NOT NULL AND s.created_at >= $2
            AND s.created_at < $3) people),
    (SELECT COUNT(*) FROM session s WHERE s.pole_id = $1 AND s.state = 2
        AND (SELECT MIN(d.starts_at) FROM session_date d WHERE d.session_id = s.id) >= $2
        AND (SELECT MIN(d.starts_at) FROM session_date d WHERE d.session_id = s.id) < $3),
    (SELECT COUNT(*) FROM registration r JOIN session s ON s.id = r.session_id
        WHERE s.pole_id = $1 AND s.state = 2 AND r.state = 3
        AND (SELECT MIN(d.starts_at) FROM session_date d WHERE d.session_id = s.id) >= $2
        AND (SELECT MIN(d.starts_at) FROM session_date d WHERE d.session_id = s.id) < $3),
    (SELECT COUNT(*) FROM introduction i JOIN need n ON n.id = i.need_id
        WHERE n.pole_id = $1 AND i.created_at >= $2 AND i.created_at < $3),
    (SELECT COUNT(*) FROM introduction i JOIN need n ON n.id = i.need_id
        WHERE n.pole_id = $1 AND i.created_at >= $2 AND i.created_at < $3 AND i.state IN (1, 5));

-- name: desk_consent_add
-- Person $2 agreed to $3 aloud, noted by $4 at $5; its id is $1.
INSERT INTO consent (id, person_id, kind, is_given, text_version, actor, at)
VALUES ($1, $2, $3, 1, 'oral', $4, $5);

-- name: desk_noted
-- One row: when $2 was last noted for person $1 with detail $3; NULL: never.
SELECT MAX(at) FROM audit WHERE person_id = $1 AND verb = $2 AND detail = $3;

-- name: desk_keepers
-- Who keeps pole $1, then who stands in: address.
SELECT COALESCE(a.email, p.email) FROM pole_facilitator f JOIN person p ON p.id = f.person_id
    LEFT JOIN account a ON a.person_id = p.id
WHERE f.pole_id = $1 AND COALESCE(a.email, p.email) IS NOT NULL ORDER BY f.position, a.id;

-- name: desk_admins
-- Admins of the site: address.
SELECT DISTINCT a.email FROM role r JOIN account a ON a.id = r.account_id
WHERE r.kind = 2 ORDER BY a.email;

-- name: desk_person_named
-- People whose folded name is $1: of structure $2, or when that is 0 those of pole $3 and those of
-- no structure; two at most: id.
SELECT p.id FROM person p WHERE p.name_folded = $1
    AND (($2 <> 0 AND p.structure_id = $2)
        OR ($2 = 0 AND (p.structure_id IS NULL OR p.id IN (SELECT b.person_id FROM person_pole b
            WHERE b.pole_id = $3))))
ORDER BY p.id LIMIT 2;

-- name: desk_need_same
-- The first need of person $1 that is open at $3 and has the words $2: id.
SELECT id FROM need WHERE person_id = $1 AND text = $2 AND state < 3 AND expires_at > $3
ORDER BY id LIMIT 1;
