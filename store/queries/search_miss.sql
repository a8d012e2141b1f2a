-- name: search_miss_known
-- Whether words $1 were noted on day $2, or that day has $3 of them: 1 row then.
SELECT 1 WHERE EXISTS (SELECT 1 FROM search_miss WHERE words = $1 AND day = $2)
    OR (SELECT COUNT(*) FROM search_miss WHERE day = $2) >= $3;

-- name: person_names
-- What everybody is called, folded.
SELECT name_folded FROM person;

-- name: skill_label_words
-- All names of skills, folded.
SELECT folded FROM skill_label;

-- name: search_miss_add
-- Words $1 were searched for in vain on day $2.
INSERT INTO search_miss (words, day) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: search_miss_list
-- Words searched for in vain on at least $1 different days, the most first, $2 at most: words, days, the
-- last day.
SELECT words, COUNT(*), MAX(day) FROM search_miss GROUP BY words HAVING COUNT(*) >= $1
ORDER BY COUNT(*) DESC, MAX(day) DESC, words LIMIT $2;

-- name: search_miss_drop
-- Words $1 are found now.
DELETE FROM search_miss WHERE words = $1;

-- name: search_miss_forget
-- What was searched for before day $1 is forgotten.
DELETE FROM search_miss WHERE day < $1;
