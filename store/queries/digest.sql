-- name: digest_people
-- People after $1 whose card is published and confirmed, due for the digest of $2, $3 at most: id,
-- address.
SELECT p.id, p.email_folded AS email FROM person p
LEFT JOIN mail_setting m ON m.email = p.email_folded
WHERE p.id > $1 AND p.state = 1 AND p.confirmed_at IS NOT NULL AND p.email IS NOT NULL
    AND COALESCE(m.digest, 1) = 1 AND m.stopped_at IS NULL AND COALESCE(m.digested_at, 0) < $2
ORDER BY p.id LIMIT $3;

-- name: digest_accounts
-- Accounts after $1 due for the digest of $2, $3 at most: id, address, person.
SELECT a.id, a.email, a.person_id FROM account a LEFT JOIN mail_setting m ON m.email = a.email
WHERE a.id > $1
    AND (a.person_id IS NOT NULL OR EXISTS (SELECT 1 FROM saved_search s WHERE s.email = a.email))
    AND COALESCE(m.digest, 1) = 1 AND m.stopped_at IS NULL AND COALESCE(m.digested_at, 0) < $2
ORDER BY a.id LIMIT $3;

-- name: digest_needs
-- Open needs of the skills person $1 passes on that she did not answer in a digest (at all, or "not
-- now" after $3), those of most people first, at $2, $4 at most: id.
SELECT n.id FROM need n
WHERE n.skill_id IN (SELECT skill_id FROM person_skill WHERE person_id = $1 AND shares = 1)
    AND n.state < 3 AND n.expires_at > $2 AND n.is_private = 0 AND n.merged_into IS NULL
    AND COALESCE(n.person_id, 0) <> $1
    AND NOT EXISTS (SELECT 1 FROM link l WHERE l.purpose = 9 AND l.person_id = $1
        AND l.subject_id = n.id AND l.used_at IS NOT NULL
        AND (l.payload <> '"not_now"' OR l.used_at > $3))
    AND NOT EXISTS (SELECT 1 FROM introduction i WHERE i.need_id = n.id AND i.resource_id = $1)
    AND NOT EXISTS (SELECT 1 FROM need_support u WHERE u.need_id = n.id AND u.person_id = $1)
ORDER BY (SELECT COUNT(*) FROM need_support u WHERE u.need_id = n.id) DESC, n.created_at DESC, n.id
LIMIT $4;

-- name: digest_answered
-- One row: how many links of digests person $1 has used about need $2 ("not now" after $3 only).
SELECT COUNT(*) FROM link WHERE purpose = 9 AND person_id = $1 AND subject_id = $2
    AND used_at IS NOT NULL AND (payload <> '"not_now"' OR used_at > $3);

-- name: digest_answer
-- The link $1 of a digest was answered at $2: $3.
UPDATE link SET used_at = $2, payload = $3 WHERE id = $1;

-- name: digest_sessions
-- Sessions of the poles of person $1 that she neither gives nor registered for, to come at $2 and
-- before $3, or proposed since $5 however far: newly proposed ones first, $4 at most: id.
SELECT s.id FROM session s JOIN session_date d ON d.session_id = s.id
WHERE s.pole_id IN (SELECT pole_id FROM person_pole WHERE person_id = $1) AND s.state < 2
    AND d.starts_at > $2 AND (d.starts_at < $3 OR s.created_at >= $5)
    AND (d.is_fixed = 1 OR NOT EXISTS (SELECT 1 FROM session_date f
        WHERE f.session_id = s.id AND f.is_fixed = 1))
    AND NOT EXISTS (SELECT 1 FROM registration r WHERE r.session_id = s.id AND r.person_id = $1)
    AND NOT EXISTS (SELECT 1 FROM session_trainer t WHERE t.session_id = s.id AND t.person_id = $1)
GROUP BY s.id ORDER BY CASE WHEN s.created_at >= $5 THEN 0 ELSE 1 END, MIN(d.starts_at), s.id LIMIT $4;

-- name: digest_news
-- Open needs of person $1 that others joined, or that were answered, since $2, at $3, $4 at most: id.
SELECT n.id FROM need n WHERE n.person_id = $1 AND n.state < 3 AND n.expires_at > $3
    AND (n.answered_at > $2
        OR EXISTS (SELECT 1 FROM need_support u WHERE u.need_id = n.id AND u.created_at > $2))
ORDER BY n.id LIMIT $4;

-- name: digest_waiting
-- One row: how many contacts wait at $2 for an answer of person $1.
SELECT COUNT(*) FROM introduction WHERE resource_id = $1 AND state = 0 AND expires_at > $2;

-- name: digest_done
-- The address $1 had its turn of the digest at $2.
INSERT INTO mail_setting (email, digest, digested_at, stopped_at) VALUES ($1, 1, $2, NULL)
ON CONFLICT (email) DO UPDATE SET digested_at = excluded.digested_at;
