-- name: check_change_gap
-- Numbers of the change log after which one is missing: number. Up to 10 rows, as all below.
SELECT number FROM change c
WHERE number < (SELECT MAX(number) FROM change)
    AND NOT EXISTS (SELECT 1 FROM change n WHERE n.number = c.number + 1)
ORDER BY number LIMIT 10;

-- name: check_change_first
-- The first number of the change log where it is not 1: number.
SELECT MIN(number) FROM change HAVING MIN(number) > 1;

-- name: check_person_change
-- People whom the change log never names, alone or with all: id.
SELECT id FROM person WHERE id NOT IN (SELECT thing_id FROM change WHERE thing = 0)
    AND NOT EXISTS (SELECT 1 FROM change WHERE thing = 0 AND thing_id = 0) ORDER BY id LIMIT 10;

-- name: check_skill_change
-- Skills that the change log never names: id.
SELECT id FROM skill WHERE id NOT IN (SELECT thing_id FROM change WHERE thing = 1)
    AND NOT EXISTS (SELECT 1 FROM change WHERE thing = 1 AND thing_id = 0) ORDER BY id LIMIT 10;

-- name: check_need_change
-- Needs that the change log never names: id.
SELECT id FROM need WHERE id NOT IN (SELECT thing_id FROM change WHERE thing = 2)
    AND NOT EXISTS (SELECT 1 FROM change WHERE thing = 2 AND thing_id = 0) ORDER BY id LIMIT 10;

-- name: check_session_change
-- Sessions that the change log never names: id.
SELECT id FROM session WHERE id NOT IN (SELECT thing_id FROM change WHERE thing = 3)
    AND NOT EXISTS (SELECT 1 FROM change WHERE thing = 3 AND thing_id = 0) ORDER BY id LIMIT 10;

-- name: check_seats
-- Sessions where more people are seated or attended than there are seats: id.
SELECT s.id FROM session s JOIN registration r ON r.session_id = s.id
WHERE r.state IN (0, 3) GROUP BY s.id, s.seats HAVING COUNT(*) > s.seats ORDER BY s.id LIMIT 10;

-- name: check_threshold
-- Sessions whose threshold is above their seats: id.
SELECT id FROM session WHERE threshold > seats ORDER BY id LIMIT 10;

-- name: check_person_twice
-- People who bear the same id from outside as another of the same structure: id.
SELECT p.id FROM person p JOIN person o ON o.external_id = p.external_id AND o.id < p.id
WHERE COALESCE(o.structure_id, 0) = COALESCE(p.structure_id, 0) ORDER BY p.id LIMIT 10;

-- name: check_window
-- People with a weekly time that ends before it begins: id.
SELECT DISTINCT person_id FROM availability WHERE end_min <= start_min ORDER BY person_id LIMIT 10;

-- name: check_parent
-- Skills whose parent is of another source: id.
SELECT s.id FROM skill s JOIN skill p ON p.id = s.parent_id WHERE p.source <> s.source
ORDER BY s.id LIMIT 10;

-- name: check_label
-- Skills without a label: id.
SELECT id FROM skill WHERE id NOT IN (SELECT skill_id FROM skill_label) ORDER BY id LIMIT 10;

-- name: check_sequence_person
-- People whose id was not given out by the sequence: id.
SELECT id FROM person WHERE id > COALESCE((SELECT last FROM sequence WHERE name = 'person'), 0)
ORDER BY id LIMIT 10;

-- name: check_sequence_skill
-- Skills whose id was not given out: id.
SELECT id FROM skill WHERE id > COALESCE((SELECT last FROM sequence WHERE name = 'skill'), 0)
ORDER BY id LIMIT 10;

-- name: check_sequence_need
-- Needs whose id was not given out: id.
SELECT id FROM need WHERE id > COALESCE((SELECT last FROM sequence WHERE name = 'need'), 0)
ORDER BY id LIMIT 10;

-- name: check_sequence_session
-- Sessions whose id was not given out: id.
SELECT id FROM session WHERE id > COALESCE((SELECT last FROM sequence WHERE name = 'session'), 0)
ORDER BY id LIMIT 10;

-- name: check_person_folded
-- What is folded of people after id $1, up to $2 rows: id, name, folded, address, folded.
SELECT id, name, name_folded, email, email_folded FROM person WHERE id > $1 ORDER BY id LIMIT $2;

-- name: check_label_folded
-- What is folded of labels after number $2 of skill $1, up to $3 rows: skill, number, label, folded.
SELECT skill_id, position, text, folded FROM skill_label WHERE (skill_id, position) > ($1, $2)
ORDER BY skill_id, position LIMIT $3;
