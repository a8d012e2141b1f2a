-- name: sitemap_person
-- Published public cards that search engines may show, confirmed (or made) after $1, at most $2: id, name.
SELECT id, name FROM person
WHERE state = 1 AND is_indexable = 1 AND visibility = 0
    AND COALESCE(confirmed_at, created_at) > $1
ORDER BY id LIMIT $2;

-- name: sitemap_session
-- Sessions with a date that ends after $1, at most $2, the latest first: id, title.
SELECT s.id, s.title FROM session s
WHERE EXISTS (SELECT 1 FROM session_date d WHERE d.session_id = s.id AND d.ends_at > $1)
ORDER BY s.id DESC LIMIT $2;

-- name: sitemap_need
-- Needs open at $1 that are not private nor part of another, at most $2, the latest first: id, text.
SELECT id, text FROM need
WHERE state < 3 AND expires_at > $1 AND is_private = 0 AND merged_into IS NULL
ORDER BY id DESC LIMIT $2;

-- name: sitemap_skill
-- Skills that public cards confirmed (or made) after $1, sessions or needs name, at most $2: id, French name.
SELECT s.id, (SELECT l.text FROM skill_label l WHERE l.skill_id = s.id
    ORDER BY l.kind, CASE WHEN l.lang = 'fr' THEN 0 ELSE 1 END, l.position LIMIT 1)
FROM skill s WHERE s.id IN (
    SELECT k.skill_id FROM person_skill k JOIN person p ON p.id = k.person_id
    WHERE p.state = 1 AND p.visibility = 0 AND COALESCE(p.confirmed_at, p.created_at) > $1
    UNION SELECT skill_id FROM session
    UNION SELECT skill_id FROM need WHERE state < 3 AND is_private = 0)
ORDER BY s.id LIMIT $2;
