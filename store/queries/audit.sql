-- name: audit_list
-- A page of the audit, latest first: of pole $1 (0: all), verb $2 ('': all), $3 at most after $4:
-- id, at, actor, address of the account, verb, detail, pole, person, her name.
SELECT u.id, u.at, u.actor, a.email, u.verb, u.detail, u.pole_id, u.person_id, p.name
FROM audit u LEFT JOIN account a ON a.id = u.account_id LEFT JOIN person p ON p.id = u.person_id
WHERE ($1 = 0 OR u.pole_id = $1) AND ($2 = '' OR u.verb = $2)
ORDER BY u.id DESC LIMIT $3 OFFSET $4;

-- name: audit_count
-- One row: how many of pole $1 (0: all) and verb $2 ('': all).
SELECT COUNT(*) FROM audit WHERE ($1 = 0 OR pole_id = $1) AND ($2 = '' OR verb = $2);

-- name: audit_verbs
-- Every verb that was noted, $1 at most: the verb.
SELECT DISTINCT verb FROM audit ORDER BY verb LIMIT $1;
