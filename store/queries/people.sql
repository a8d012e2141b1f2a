-- name: person_range
-- People with ids after $1 up to $2, at most $3, in order of id. One row a person, every column.
SELECT id, structure_id, external_id, name, email, phone, commune, headline, about, languages,
    access, formats, quota_month, pause_until, state, confirmed_at, created_at, updated_at, version,
    visibility, is_indexable, invited_at, declined_at
FROM person WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3;

-- name: person_of
-- People with the ids @ids, in order of id. One row a person, every column.
SELECT id, structure_id, external_id, name, email, phone, commune, headline, about, languages,
    access, formats, quota_month, pause_until, state, confirmed_at, created_at, updated_at, version,
    visibility, is_indexable, invited_at, declined_at
FROM person WHERE id IN (@ids) ORDER BY id;

-- name: person_skill_range
-- Skills of the people with ids from $1 to $2, in order: person, thesaurus id, label, level, shares, formats.
SELECT person_id, skill_id, label, level, shares, formats
FROM person_skill WHERE person_id >= $1 AND person_id <= $2 ORDER BY person_id, position;

-- name: person_skill_of
-- Skills of the people with the ids @ids, in order: person, thesaurus id, label, level, shares, formats.
SELECT person_id, skill_id, label, level, shares, formats
FROM person_skill WHERE person_id IN (@ids) ORDER BY person_id, position;

-- name: person_pole_range
-- Poles of the people with ids from $1 to $2, in order: person, pole.
SELECT person_id, pole_id
FROM person_pole WHERE person_id >= $1 AND person_id <= $2 ORDER BY person_id, position;

-- name: person_pole_of
-- Poles of the people with the ids @ids, in order: person, pole.
SELECT person_id, pole_id
FROM person_pole WHERE person_id IN (@ids) ORDER BY person_id, position;

-- name: availability_range
-- Weekly times of the people with ids from $1 to $2: person, weekday, start and end in minutes.
SELECT person_id, weekday, start_min, end_min
FROM availability WHERE person_id >= $1 AND person_id <= $2 ORDER BY person_id, position;

-- name: availability_of
-- Weekly times of the people with the ids @ids: person, weekday, start and end in minutes.
SELECT person_id, weekday, start_min, end_min
FROM availability WHERE person_id IN (@ids) ORDER BY person_id, position;

-- name: person_count
-- One row: how many people there are, drafts included.
SELECT COUNT(*) FROM person;

-- name: person_add
-- Adds a person; parameters in the order of the columns, version 1, updated when created.
INSERT INTO person (id, structure_id, external_id, name, name_folded, email, email_folded, phone,
    commune, headline, about, languages, access, formats, quota_month, pause_until, state,
    confirmed_at, created_at, updated_at, visibility, is_indexable, invited_at, declined_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
    $21, $22, $23, $24, 1);

-- name: person_change
-- Changes person $1 if her version is still $20. Changes 0 or 1 row.
UPDATE person SET structure_id = $2, external_id = $3, name = $4, name_folded = $5, email = $6,
    email_folded = $7, phone = $8, commune = $9, headline = $10, about = $11, languages = $12,
    access = $13, formats = $14, quota_month = $15, pause_until = $16, state = $17,
    confirmed_at = $18, updated_at = $19, visibility = $21, is_indexable = $22, invited_at = $23,
    declined_at = $24, version = version + 1
WHERE id = $1 AND version = $20;

-- name: person_skill_add
-- Adds skill number $2 of person $1: thesaurus id $3, label $4, level $5, shares $6, formats $7.
INSERT INTO person_skill (person_id, position, skill_id, label, level, shares, formats)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: person_pole_add
-- Puts person $1 into pole $3, her pole number $2.
INSERT INTO person_pole (person_id, position, pole_id) VALUES ($1, $2, $3);

-- name: availability_add
-- Adds weekly time number $2 of person $1: weekday $3, from $4 to $5 minutes.
INSERT INTO availability (person_id, position, weekday, start_min, end_min)
VALUES ($1, $2, $3, $4, $5);

-- name: person_skill_drop
-- Drops the skills of person $1.
DELETE FROM person_skill WHERE person_id = $1;

-- name: person_pole_drop
-- Takes person $1 out of her poles.
DELETE FROM person_pole WHERE person_id = $1;

-- name: availability_drop
-- Drops the weekly times of person $1.
DELETE FROM availability WHERE person_id = $1;

-- name: person_facilitator_drop
-- Person $1 keeps no pole any more.
DELETE FROM pole_facilitator WHERE person_id = $1;

-- name: person_need_unlink
-- The needs of person $1 lose their author and address.
UPDATE need SET person_id = NULL, email = NULL, email_folded = NULL WHERE person_id = $1;

-- name: person_support_drop
-- Drops what person $1 said under needs.
DELETE FROM need_support WHERE person_id = $1;

-- name: person_registration_drop
-- Drops the registrations of person $1.
DELETE FROM registration WHERE person_id = $1;

-- name: person_trainer_drop
-- Person $1 is trainer of no session any more.
DELETE FROM session_trainer WHERE person_id = $1;

-- name: person_drop
-- Drops person $1. Changes 0 or 1 row.
DELETE FROM person WHERE id = $1;

-- name: person_find_external
-- The person an import called $1, the lowest id first: id.
SELECT id FROM person WHERE external_id = $1 ORDER BY id LIMIT 2;

-- name: person_find_in_structure
-- The person that structure $1 (0: none) calls $2: id.
SELECT id FROM person WHERE external_id = $2 AND COALESCE(structure_id, 0) = $1
ORDER BY id LIMIT 1;

-- name: person_find_email
-- The person with the address $1 (plain): id; a card of hers before a draft or one she declined.
SELECT id FROM person WHERE email_folded = $1
ORDER BY CASE WHEN state = 0 OR declined_at IS NOT NULL THEN 1 ELSE 0 END, id LIMIT 1;

-- name: person_find_email_in
-- The person of structure $2 with the address $1 (plain): id.
SELECT id FROM person WHERE email_folded = $1 AND structure_id = $2 ORDER BY id LIMIT 1;

-- name: person_find_name
-- Up to two people of structure $1 (0: none) with the folded name $2: id.
SELECT id FROM person WHERE name_folded = $2 AND COALESCE(structure_id, 0) = $1
ORDER BY id LIMIT 2;

-- What follows lists published people to someone who looks: she sees cards of a visibility up to a
-- first number, and with an account (second number, 0: none) her own (third, her person), those of
-- her structure (fourth), of structures she manages, of poles she keeps, and an admin all.

-- name: person_list_all
-- Published people confirmed (else made) after $3 that $4 to $7 may see, by name, $1 at most after
-- the first $2: id.
SELECT p.id FROM person p WHERE p.state = 1 AND COALESCE(p.confirmed_at, p.created_at) > $3
    AND (p.visibility <= $4 OR ($5 <> 0 AND (p.id = $6 OR p.structure_id = $7
        OR EXISTS (SELECT 1 FROM role r WHERE r.account_id = $5
            AND (r.kind = 2 OR r.structure_id = p.structure_id))
        OR EXISTS (SELECT 1 FROM person_pole x JOIN pole_facilitator f ON f.pole_id = x.pole_id
            WHERE x.person_id = p.id AND f.person_id = $6))))
ORDER BY p.name_folded, p.id LIMIT $1 OFFSET $2;

-- name: person_list_all_count
-- One row: how many people are published, confirmed (else made) after $1, that $2 to $5 may see.
SELECT COUNT(*) FROM person p WHERE p.state = 1 AND COALESCE(p.confirmed_at, p.created_at) > $1
    AND (p.visibility <= $2 OR ($3 <> 0 AND (p.id = $4 OR p.structure_id = $5
        OR EXISTS (SELECT 1 FROM role r WHERE r.account_id = $3
            AND (r.kind = 2 OR r.structure_id = p.structure_id))
        OR EXISTS (SELECT 1 FROM person_pole x JOIN pole_facilitator f ON f.pole_id = x.pole_id
            WHERE x.person_id = p.id AND f.person_id = $4))));

-- name: person_list_skill
-- Published people confirmed (else made) after $3 who have skill $4, that $5 to $8 may see, those
-- who share it first, then by level: id.
SELECT p.id FROM person_skill s JOIN person p ON p.id = s.person_id
WHERE s.skill_id = $4 AND p.state = 1 AND COALESCE(p.confirmed_at, p.created_at) > $3
    AND (p.visibility <= $5 OR ($6 <> 0 AND (p.id = $7 OR p.structure_id = $8
        OR EXISTS (SELECT 1 FROM role r WHERE r.account_id = $6
            AND (r.kind = 2 OR r.structure_id = p.structure_id))
        OR EXISTS (SELECT 1 FROM person_pole x JOIN pole_facilitator f ON f.pole_id = x.pole_id
            WHERE x.person_id = p.id AND f.person_id = $7))))
GROUP BY p.id, p.name_folded
ORDER BY MAX(s.shares) DESC, MAX(s.level) DESC, p.name_folded, p.id LIMIT $1 OFFSET $2;

-- name: person_list_skill_count
-- One row: how many published people confirmed (else made) after $1 have skill $2, that $3 to $6
-- may see.
SELECT COUNT(DISTINCT p.id) FROM person_skill s JOIN person p ON p.id = s.person_id
WHERE s.skill_id = $2 AND p.state = 1 AND COALESCE(p.confirmed_at, p.created_at) > $1
    AND (p.visibility <= $3 OR ($4 <> 0 AND (p.id = $5 OR p.structure_id = $6
        OR EXISTS (SELECT 1 FROM role r WHERE r.account_id = $4
            AND (r.kind = 2 OR r.structure_id = p.structure_id))
        OR EXISTS (SELECT 1 FROM person_pole x JOIN pole_facilitator f ON f.pole_id = x.pole_id
            WHERE x.person_id = p.id AND f.person_id = $5))));

-- name: person_list_pole
-- Published people confirmed (else made) after $3 of pole $4, that $5 to $8 may see, by name: id.
SELECT p.id FROM person_pole m JOIN person p ON p.id = m.person_id
WHERE m.pole_id = $4 AND p.state = 1 AND COALESCE(p.confirmed_at, p.created_at) > $3
    AND (p.visibility <= $5 OR ($6 <> 0 AND (p.id = $7 OR p.structure_id = $8
        OR EXISTS (SELECT 1 FROM role r WHERE r.account_id = $6
            AND (r.kind = 2 OR r.structure_id = p.structure_id))
        OR EXISTS (SELECT 1 FROM person_pole x JOIN pole_facilitator f ON f.pole_id = x.pole_id
            WHERE x.person_id = p.id AND f.person_id = $7))))
ORDER BY p.name_folded, p.id LIMIT $1 OFFSET $2;

-- name: person_list_pole_count
-- One row: how many published people confirmed (else made) after $1 are in pole $2, that $3 to $6
-- may see.
SELECT COUNT(*) FROM person_pole m JOIN person p ON p.id = m.person_id
WHERE m.pole_id = $2 AND p.state = 1 AND COALESCE(p.confirmed_at, p.created_at) > $1
    AND (p.visibility <= $3 OR ($4 <> 0 AND (p.id = $5 OR p.structure_id = $6
        OR EXISTS (SELECT 1 FROM role r WHERE r.account_id = $4
            AND (r.kind = 2 OR r.structure_id = p.structure_id))
        OR EXISTS (SELECT 1 FROM person_pole x JOIN pole_facilitator f ON f.pole_id = x.pole_id
            WHERE x.person_id = p.id AND f.person_id = $5))));

-- name: person_list_structure
-- Published people confirmed (else made) after $3 of structure $4, that $5 to $8 may see, by name:
-- id.
SELECT p.id FROM person p
WHERE p.structure_id = $4 AND p.state = 1 AND COALESCE(p.confirmed_at, p.created_at) > $3
    AND (p.visibility <= $5 OR ($6 <> 0 AND (p.id = $7 OR p.structure_id = $8
        OR EXISTS (SELECT 1 FROM role r WHERE r.account_id = $6
            AND (r.kind = 2 OR r.structure_id = p.structure_id))
        OR EXISTS (SELECT 1 FROM person_pole x JOIN pole_facilitator f ON f.pole_id = x.pole_id
            WHERE x.person_id = p.id AND f.person_id = $7))))
ORDER BY p.name_folded, p.id LIMIT $1 OFFSET $2;

-- name: person_list_structure_count
-- One row: how many published people confirmed (else made) after $1 structure $2 accompanies, that
-- $3 to $6 may see.
SELECT COUNT(*) FROM person p
WHERE p.structure_id = $2 AND p.state = 1 AND COALESCE(p.confirmed_at, p.created_at) > $1
    AND (p.visibility <= $3 OR ($4 <> 0 AND (p.id = $5 OR p.structure_id = $6
        OR EXISTS (SELECT 1 FROM role r WHERE r.account_id = $4
            AND (r.kind = 2 OR r.structure_id = p.structure_id))
        OR EXISTS (SELECT 1 FROM person_pole x JOIN pole_facilitator f ON f.pole_id = x.pole_id
            WHERE x.person_id = p.id AND f.person_id = $5))));

-- name: person_skill_after
-- Skills after number $2 of person $1, up to $3 rows: person, position, thesaurus id, label.
SELECT person_id, position, skill_id, label FROM person_skill
WHERE (person_id, position) > ($1, $2) ORDER BY person_id, position LIMIT $3;

-- name: person_skill_link
-- Links skill number $2 of person $1 to thesaurus entry $3.
UPDATE person_skill SET skill_id = $3 WHERE person_id = $1 AND position = $2;
