-- name: introduction_get
-- Introduction $1: every column.
SELECT id, need_id, asker_id, resource_id, wave, state, words, answer, reason, suggested,
    asker_shows, resource_shows, created_at, expires_at, answered_at
FROM introduction WHERE id = $1;

-- name: introduction_of_need
-- Introductions of need $1, oldest first: every column.
SELECT id, need_id, asker_id, resource_id, wave, state, words, answer, reason, suggested,
    asker_shows, resource_shows, created_at, expires_at, answered_at
FROM introduction WHERE need_id = $1 ORDER BY id LIMIT $2;

-- name: introduction_of_resource
-- What resource person $1 was asked, latest first, at most $2: every column.
SELECT id, need_id, asker_id, resource_id, wave, state, words, answer, reason, suggested,
    asker_shows, resource_shows, created_at, expires_at, answered_at
FROM introduction WHERE resource_id = $1 ORDER BY id DESC LIMIT $2;

-- name: introduction_of_asker
-- What person $1 asked for herself or was answered, latest first, at most $2: every column.
SELECT id, need_id, asker_id, resource_id, wave, state, words, answer, reason, suggested,
    asker_shows, resource_shows, created_at, expires_at, answered_at
FROM introduction WHERE asker_id = $1 AND (wave = 0 OR state IN (1, 5))
ORDER BY id DESC LIMIT $2;

-- name: introduction_due
-- Asked and past their time at $1, at most $2: every column.
SELECT id, need_id, asker_id, resource_id, wave, state, words, answer, reason, suggested,
    asker_shows, resource_shows, created_at, expires_at, answered_at
FROM introduction WHERE state = 0 AND expires_at <= $1 ORDER BY id LIMIT $2;

-- name: introduction_add
-- Adds an introduction; parameters in the order of the columns.
INSERT INTO introduction (id, need_id, asker_id, resource_id, wave, state, words, answer, reason,
    suggested, asker_shows, resource_shows, created_at, expires_at, answered_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: introduction_change
-- Introduction $1 becomes $2 with answer $3, reason $4, suggested $5, shown by the asker $6 and by
-- the resource person $7, answered at $8, if it is still $9. Changes 0 or 1 row.
UPDATE introduction SET state = $2, answer = $3, reason = $4, suggested = $5, asker_shows = $6,
    resource_shows = $7, answered_at = $8 WHERE id = $1 AND state = $9;

-- name: introduction_withdraw_need
-- What was asked for need $1 and not answered yet is withdrawn.
UPDATE introduction SET state = 4 WHERE need_id = $1 AND state IN (0, 3);

-- name: introduction_count_resource
-- One row: contacts since $2 of all cards of the human of card $1; refusals cost nothing.
SELECT COUNT(*) FROM introduction WHERE created_at >= $2 AND state IN (0, 1, 3, 5)
AND resource_id IN (SELECT $1 UNION SELECT other.id FROM person one
    JOIN person other ON other.email_folded = one.email_folded WHERE one.id = $1);

-- name: introduction_count_asker
-- One row: how many asker $1 asked for herself since $2.
SELECT COUNT(*) FROM introduction WHERE asker_id = $1 AND wave = 0 AND created_at >= $2;

-- name: introduction_open_between
-- One row: how many contacts of asker $1 with resource person $2 are asked or accepted.
SELECT COUNT(*) FROM introduction WHERE asker_id = $1 AND resource_id = $2 AND state IN (0, 1);

-- name: introduction_refused_since
-- One row: how often person $1 said "not now" or did not answer since $2.
SELECT COUNT(*) FROM introduction WHERE resource_id = $1 AND created_at >= $2
AND (state = 3 OR (state = 2 AND reason = 'not_now'));

-- name: introduction_was_asked
-- One row: whether the human of card $2 was asked for need $1 before.
SELECT COUNT(*) FROM introduction WHERE need_id = $1
AND resource_id IN (SELECT $2 UNION SELECT other.id FROM person one
    JOIN person other ON other.email_folded = one.email_folded WHERE one.id = $2);

-- name: introduction_last_wave
-- One row: the number of the last wave of need $1.
SELECT COALESCE(MAX(wave), 0) FROM introduction WHERE need_id = $1;

-- name: relay_add
-- Adds a relayed message $1 from $2 to $3 in introduction $4 or session $5: words $6, at $7.
INSERT INTO relay (id, from_id, to_id, introduction_id, session_id, words, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: relay_same
-- One row: how many messages from $1 in introduction $2 or session $3 have the words $4, after $5.
SELECT COUNT(*) FROM relay WHERE from_id = $1 AND COALESCE(introduction_id, 0) = $2
    AND COALESCE(session_id, 0) = $3 AND words = $4 AND created_at > $5;

-- name: relay_list
-- The messages of introduction $1, oldest first, $2 at most: from, words, at.
SELECT from_id, words, created_at FROM relay WHERE introduction_id = $1 ORDER BY id LIMIT $2;

-- name: relay_forget
-- Messages relayed before $1 lose their words.
UPDATE relay SET words = NULL WHERE words IS NOT NULL AND created_at < $1;

-- name: relay_count
-- One row: messages from $1 in introduction $2 since $3.
SELECT COUNT(*) FROM relay WHERE from_id = $1 AND introduction_id = $2 AND created_at >= $3;

-- name: need_due
-- Needs open, of their own and followed less than step $1, stated at $2 or before, by people the
-- site knows (not only an import), with a life of $4 seconds at most: id, at most $3.
SELECT n.id FROM need n WHERE n.state < 3 AND n.followed < $1 AND n.created_at <= $2
AND n.expires_at - n.created_at <= $4 AND n.merged_into IS NULL AND (n.external_id IS NULL
    OR n.person_id IN (SELECT person_id FROM account WHERE person_id IS NOT NULL))
ORDER BY n.id LIMIT $3;

-- name: need_ended
-- Needs still open though their time ended at $1 or before, as in need_due: id, at most $2.
SELECT n.id FROM need n WHERE n.state < 3 AND n.expires_at <= $1 AND n.merged_into IS NULL
AND (n.external_id IS NULL
    OR n.person_id IN (SELECT person_id FROM account WHERE person_id IS NOT NULL))
ORDER BY n.id LIMIT $2;

-- name: need_of_person
-- Needs of person $1, latest first, at most $2: id.
SELECT id FROM need WHERE person_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2;

-- name: need_supported_by
-- Needs that person $1 supports, latest first, at most $2: id.
SELECT n.id FROM need n JOIN need_support s ON s.need_id = n.id WHERE s.person_id = $1
GROUP BY n.id ORDER BY n.created_at DESC, n.id DESC LIMIT $2;

-- name: need_wait_count
-- One row: how many needs of pole $1 were answered since $2.
SELECT COUNT(*) FROM need WHERE pole_id = $1 AND answered_at >= $2;

-- name: need_wait_nth
-- One row: the wait in seconds of the one number $3 of these, shortest first.
SELECT answered_at - created_at FROM need WHERE pole_id = $1 AND answered_at >= $2
ORDER BY answered_at - created_at LIMIT 1 OFFSET $3;

-- name: need_coming_sessions
-- Coming sessions (a date ends after $2) on need $1, soonest first, at most $3: id.
SELECT s.id FROM session s JOIN session_need n ON n.session_id = s.id
JOIN session_date d ON d.session_id = s.id
WHERE n.need_id = $1 AND s.state < 2 AND d.ends_at > $2
GROUP BY s.id ORDER BY MIN(d.starts_at), s.id LIMIT $3;
