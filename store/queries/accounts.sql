-- name: login_add
-- A link and a code that were asked for.
INSERT INTO login (id, email, lang, token_hash, code_hash, browser_hash, address_hash, created_at,
    expires_at, tries, used_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, NULL);

-- name: login_count_email
-- How many were asked for the e-mail address $1 since $2.
SELECT count(*) FROM login WHERE email = $1 AND created_at > $2;

-- name: login_count_address
-- How many were asked from the network address with the hash $1 since $2.
SELECT count(*) FROM login WHERE address_hash = $1 AND created_at > $2;

-- name: login_by_token
-- The one with the token hash $1: every column but that.
SELECT id, email, lang, code_hash, browser_hash, expires_at, tries, used_at FROM login
WHERE token_hash = $1;

-- name: login_of_browser
-- The last one asked for in the browser with the hash $1.
SELECT id, email, lang, code_hash, browser_hash, expires_at, tries, used_at FROM login
WHERE browser_hash = $1 ORDER BY created_at DESC, id DESC LIMIT 1;

-- name: login_use
-- Uses up the one with the id $1 at $2, once.
UPDATE login SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2;

-- name: login_tried
-- One wrong code more for the id $1.
UPDATE login SET tries = tries + 1 WHERE id = $1;

-- name: login_forget
-- Those asked for before $1 go.
DELETE FROM login WHERE created_at < $1;

-- name: account_by_email
-- The account with the e-mail address $1.
SELECT id, email, lang, created_at, seen_at, person_id FROM account WHERE email = $1;

-- name: account_add
-- A new account.
INSERT INTO account (id, email, lang, created_at, seen_at) VALUES ($1, $2, $3, $4, $4);

-- name: account_make
-- An account of someone who has not come in yet: id $1, address $2, language $3, made at $4.
INSERT INTO account (id, email, lang, created_at, seen_at)
VALUES ($1, $2, $3, CAST($4 AS BIGINT), CAST($4 AS BIGINT) - 1);

-- name: account_seen
-- The account $1 came in at $2 in the language $3.
UPDATE account SET seen_at = $2, lang = $3 WHERE id = $1;

-- name: signed_in_add
-- A browser that has come in.
INSERT INTO signed_in (id, account_id, token_hash, device, created_at, seen_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $5, $6);

-- name: signed_in_by_token
-- Who came in with the cookie hash $1, still good at $2: id, account, seen, then the account.
SELECT s.id, s.seen_at, a.id, a.email, a.lang, a.created_at, a.seen_at, a.person_id
FROM signed_in s JOIN account a ON a.id = s.account_id
WHERE s.token_hash = $1 AND s.expires_at > $2;

-- name: signed_in_seen
-- The browser $1 was seen at $2 and stays good until $3.
UPDATE signed_in SET seen_at = $2, expires_at = $3 WHERE id = $1;

-- name: signed_in_list
-- The browsers of the account $1 still good at $2, latest first.
SELECT id, device, created_at, seen_at FROM signed_in
WHERE account_id = $1 AND expires_at > $2 ORDER BY seen_at DESC, id DESC;

-- name: signed_in_end
-- Ends the browser $1 of the account $2.
DELETE FROM signed_in WHERE id = $1 AND account_id = $2;

-- name: signed_in_forget
-- Those past their time at $1 go.
DELETE FROM signed_in WHERE expires_at <= $1;

-- name: outbox_add
-- A mail to send: id, recipient, template, content, at.
INSERT INTO outbox (id, recipient, template, content, created_at, send_after, tries, sent_at, error)
VALUES ($1, $2, $3, $4, $5, $5, 0, NULL, NULL);

-- name: outbox_next
-- The next mail to send at $1 that was tried fewer than $2 times.
SELECT id, recipient, template, content, created_at, tries FROM outbox
WHERE sent_at IS NULL AND send_after <= $1 AND tries < $2 ORDER BY send_after, id LIMIT 1;

-- name: outbox_sent
-- The mail $1 left at $2; its words are forgotten.
UPDATE outbox SET sent_at = $2, error = NULL, content = '{}' WHERE id = $1;

-- name: outbox_failed
-- The mail $1 could not leave: tried once more, again after $2, for the reason $3.
UPDATE outbox SET tries = tries + 1, send_after = $2, error = $3 WHERE id = $1;

-- name: outbox_forget
-- Mails sent before $1 go.
DELETE FROM outbox WHERE sent_at IS NOT NULL AND sent_at < $1;
