-- name: link_add
-- A link that was made: id, hash, purpose, subject, person, address, payload, language, at, until,
-- network address.
INSERT INTO link (id, token_hash, purpose, subject_id, person_id, email, payload, lang, created_at,
    expires_at, address_hash, used_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL);

-- name: link_count_email
-- One row: how many links the address $1 was asked for since $2 by visitors.
SELECT COUNT(*) FROM link WHERE email = $1 AND created_at > $2 AND address_hash IS NOT NULL;

-- name: link_count_address
-- One row: how many links the network address with the hash $1 asked for since $2.
SELECT COUNT(*) FROM link WHERE address_hash = $1 AND created_at > $2;

-- name: link_find
-- The link with the hash $1: every column but that.
SELECT id, purpose, subject_id, person_id, email, payload, lang, created_at, expires_at, used_at
FROM link WHERE token_hash = $1;

-- name: link_use
-- Uses up link $1 at $2, once.
UPDATE link SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2;

-- name: link_revoke
-- Links of purpose $1 of person $2 about subject $3 (0: whatever) go.
DELETE FROM link WHERE purpose = $1 AND person_id = $2 AND ($3 = 0 OR subject_id = $3);

-- name: link_revoke_all
-- All links of purpose $1 go.
DELETE FROM link WHERE purpose = $1;

-- name: link_forget
-- Links whose time ended before $1 go.
DELETE FROM link WHERE expires_at < $1;

-- name: mail_setting_find
-- What the address $1 wants by mail: digest, last one, stopped.
SELECT digest, digested_at, stopped_at FROM mail_setting WHERE email = $1;

-- name: mail_setting_put
-- The address $1 wants: digest $2, last one $3, stopped $4.
INSERT INTO mail_setting (email, digest, digested_at, stopped_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (email) DO UPDATE SET digest = excluded.digest, digested_at = excluded.digested_at,
    stopped_at = excluded.stopped_at;

-- name: link_count_purpose
-- One row: how many links of purpose $3 were made for the address $1 since $2.
SELECT COUNT(*) FROM link WHERE email = $1 AND created_at > $2 AND purpose = $3;

-- name: link_waiting
-- One row: how many links of purpose $1 about $2 may still be used at $3.
SELECT COUNT(*) FROM link WHERE purpose = $1 AND subject_id = $2 AND used_at IS NULL AND expires_at > $3;
