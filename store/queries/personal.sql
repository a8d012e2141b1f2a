-- name: personal_person
-- The card of person $1.
SELECT p.id, p.name, p.email, p.phone, s.name AS structure, p.external_id, p.commune, p.headline,
    p.about, p.languages, p.access, p.formats, p.quota_month, p.pause_until,
    CASE p.state WHEN 0 THEN 'draft' WHEN 1 THEN 'published' ELSE 'hidden' END AS state,
    CASE p.visibility WHEN 0 THEN 'public' WHEN 1 THEN 'members' ELSE 'structure' END AS visibility,
    p.is_indexable, p.invited_at, p.declined_at, p.confirmed_at, p.created_at, p.updated_at
FROM person p LEFT JOIN structure s ON s.id = p.structure_id WHERE p.id = $1;

-- name: personal_skill
-- The skills of person $1.
SELECT label, level, shares AS is_shared, formats FROM person_skill WHERE person_id = $1
ORDER BY position;

-- name: personal_pole
-- The poles of person $1.
SELECT o.name AS pole FROM person_pole m JOIN pole o ON o.id = m.pole_id WHERE m.person_id = $1
ORDER BY m.position;

-- name: personal_time
-- The weekly times of person $1.
SELECT weekday, start_min, end_min FROM availability WHERE person_id = $1 ORDER BY position;

-- name: personal_keeper
-- The poles that person $1 keeps or stands in for.
SELECT o.name AS pole FROM pole_facilitator f JOIN pole o ON o.id = f.pole_id
WHERE f.person_id = $1 ORDER BY o.id;

-- name: personal_need
-- The needs of person $1.
SELECT n.id, n.text AS words, n.level,
    CASE n.state WHEN 0 THEN 'stated' WHEN 1 THEN 'qualified' WHEN 2 THEN 'grouped' WHEN 3 THEN 'met'
        ELSE 'given_up' END AS state,
    n.commune, n.could_pass_on, n.email, n.is_private, n.created_at, n.expires_at, n.closed_at
FROM need n WHERE n.person_id = $1 ORDER BY n.id;

-- name: personal_need_mail
-- Needs stated with the address $1 that have no author.
SELECT n.id, n.text AS words, n.level,
    CASE n.state WHEN 0 THEN 'stated' WHEN 1 THEN 'qualified' WHEN 2 THEN 'grouped' WHEN 3 THEN 'met'
        ELSE 'given_up' END AS state,
    n.commune, n.could_pass_on, n.email, n.is_private, n.created_at, n.expires_at, n.closed_at
FROM need n WHERE n.email_folded = $1 AND n.person_id IS NULL ORDER BY n.id;

-- name: personal_window
-- When person $1 could come for her needs.
SELECT n.id AS need, w.weekday, w.start_min, w.end_min FROM need_window w
JOIN need n ON n.id = w.need_id WHERE n.person_id = $1 ORDER BY n.id, w.position;

-- name: personal_support
-- What person $1 said under needs.
SELECT u.need_id AS need, n.text AS of_need, u.words, u.created_at FROM need_support u
JOIN need n ON n.id = u.need_id WHERE u.person_id = $1 ORDER BY u.created_at;

-- name: personal_asked
-- Contacts that person $1 asked for.
SELECT i.id, r.name AS with_whom, i.need_id AS need, i.words, i.answer, i.reason,
    i.asker_shows AS is_address_shown, i.created_at, i.answered_at
FROM introduction i JOIN person r ON r.id = i.resource_id WHERE i.asker_id = $1 ORDER BY i.id;

-- name: personal_answered
-- Contacts that person $1 was asked for.
SELECT i.id, r.name AS with_whom, i.need_id AS need, i.words, i.answer, i.reason, i.suggested,
    i.resource_shows AS is_address_shown, i.created_at, i.answered_at
FROM introduction i JOIN person r ON r.id = i.asker_id WHERE i.resource_id = $1 ORDER BY i.id;

-- name: personal_relay_from
-- Messages that person $1 sent.
SELECT r.id, p.name AS with_whom, r.words, r.created_at FROM relay r JOIN person p ON p.id = r.to_id
WHERE r.from_id = $1 ORDER BY r.id;

-- name: personal_relay_to
-- Messages that person $1 got.
SELECT r.id, p.name AS with_whom, r.words, r.created_at FROM relay r JOIN person p ON p.id = r.from_id
WHERE r.to_id = $1 ORDER BY r.id;

-- name: personal_registration
-- The sessions person $1 registered for.
SELECT s.title AS session,
    CASE g.state WHEN 0 THEN 'seated' WHEN 1 THEN 'waiting' WHEN 2 THEN 'left' WHEN 3 THEN 'attended'
        ELSE 'absent' END AS state, g.created_at
FROM registration g JOIN session s ON s.id = g.session_id WHERE g.person_id = $1
ORDER BY g.created_at;

-- name: personal_choice
-- The dates that suit person $1.
SELECT s.title AS session, c.starts_at, c.at AS created_at FROM session_choice c
JOIN session s ON s.id = c.session_id WHERE c.person_id = $1 ORDER BY c.starts_at;

-- name: personal_feedback
-- What person $1 thought of sessions.
SELECT s.title AS session, f.useful, f.could_show AS is_able_to_show, f.words, f.at AS created_at
FROM session_feedback f JOIN session s ON s.id = f.session_id WHERE f.person_id = $1 ORDER BY f.at;

-- name: personal_trainer
-- The sessions person $1 gives.
SELECT s.title AS session FROM session_trainer t JOIN session s ON s.id = t.session_id
WHERE t.person_id = $1 ORDER BY s.id;

-- name: personal_made
-- The sessions person $1 proposed.
SELECT title AS session, created_at FROM session WHERE created_by = $1 ORDER BY id;

-- name: personal_pledge
-- What person $1 promised to pay with others.
SELECT f.title AS training, g.amount, g.comes, g.at AS created_at FROM funding_pledge g
JOIN funding f ON f.id = g.funding_id WHERE g.person_id = $1 AND g.structure_id IS NULL ORDER BY g.id;

-- name: erase_pledge
-- Takes back what person $1 promised.
DELETE FROM funding_pledge WHERE person_id = $1 AND structure_id IS NULL;

-- name: personal_pledge_for
-- What person $1 promised for structures.
SELECT f.title AS training, s.name AS structure, g.amount, g.at AS created_at FROM funding_pledge g
JOIN funding f ON f.id = g.funding_id JOIN structure s ON s.id = g.structure_id
WHERE g.person_id = $1 ORDER BY g.id;

-- name: erase_pledge_for
-- What person $1 promised for structures stays: it is theirs.
UPDATE funding_pledge SET person_id = NULL WHERE person_id = $1 AND structure_id IS NOT NULL;

-- name: erase_known
-- Saved searches forget that person $1 answered them.
UPDATE saved_search SET known = TRIM(REPLACE(' ' || known || ' ', ' ' || CAST($1 AS TEXT) || ' ', ' '))
WHERE ' ' || known || ' ' LIKE '% ' || CAST($1 AS TEXT) || ' %';

-- name: personal_funding
-- The collective fundings person $1 opened.
SELECT title AS training, created_at FROM funding WHERE created_by = $1 ORDER BY id;

-- name: erase_funding
-- Those fundings stay, without her.
UPDATE funding SET created_by = NULL WHERE created_by = $1;

-- name: personal_consent
-- What person $1 agreed to.
SELECT kind AS agreed_to, is_given, text_version, actor AS noted_by, at AS created_at FROM consent
WHERE person_id = $1 ORDER BY at, id;

-- name: personal_note
-- What person $1 wrote into notebooks of poles.
SELECT o.name AS pole, n.text AS words, n.at AS created_at FROM pole_note n
JOIN pole o ON o.id = n.pole_id WHERE n.author_id = $1 ORDER BY n.at;

-- name: personal_refusal
-- Poles that plan without person $1 for a while.
SELECT o.name AS pole, r.until_at AS until_at FROM plan_refusal r
JOIN pole o ON o.id = r.pole_id WHERE r.person_id = $1 ORDER BY r.until_at;

-- name: personal_planned
-- Sessions that a plan would have person $1 give.
SELECT o.name AS pole,
    (SELECT l.text FROM skill_label l WHERE l.skill_id = p.skill_id ORDER BY l.position LIMIT 1) AS skill,
    p.starts_at AS starts_at FROM plan_session p JOIN pole o ON o.id = p.pole_id
WHERE p.trainer_id = $1 ORDER BY p.starts_at;

-- name: personal_planned_second
-- Sessions that a plan would have person $1 give with somebody.
SELECT o.name AS pole,
    (SELECT l.text FROM skill_label l WHERE l.skill_id = p.skill_id ORDER BY l.position LIMIT 1) AS skill,
    p.starts_at AS starts_at FROM plan_session p JOIN pole o ON o.id = p.pole_id
WHERE p.second_id = $1 ORDER BY p.starts_at;

-- name: personal_planned_for
-- What person $1 asks for that a plan of a pole counted.
SELECT o.name AS pole,
    (SELECT l.text FROM skill_label l WHERE l.skill_id = p.skill_id ORDER BY l.position LIMIT 1) AS skill
FROM plan_need p JOIN pole o ON o.id = p.pole_id
WHERE p.person_id = $1 ORDER BY o.name, p.need_id;

-- name: personal_audit
-- What was done about person $1.
SELECT verb AS what, detail, actor AS noted_by, at AS created_at FROM audit WHERE person_id = $1
ORDER BY at;

-- name: personal_audit_account
-- What the account $1 did.
SELECT verb AS what, detail, at AS created_at FROM audit WHERE account_id = $1 ORDER BY at;

-- name: personal_link
-- Links that let person $1 act.
SELECT purpose, email, created_at, expires_at, used_at FROM link WHERE person_id = $1 ORDER BY id;

-- name: personal_link_mail
-- Links that were sent to the address $1.
SELECT purpose, payload AS words, created_at, expires_at, used_at FROM link
WHERE email = $1 AND person_id IS NULL ORDER BY id;

-- name: personal_mail_setting
-- What the address $1 wants by mail.
SELECT email, digest AS is_digest_wanted, digested_at, stopped_at FROM mail_setting WHERE email = $1;

-- name: personal_saved_search
-- The searches the address $1 saved.
SELECT words, filters, told_at, created_at FROM saved_search WHERE email = $1 ORDER BY id;

-- name: personal_login
-- Links to come in asked for with the address $1.
SELECT email, created_at, expires_at, used_at FROM login WHERE email = $1 ORDER BY id;

-- name: personal_outbox
-- Mails to the address $1.
SELECT recipient AS email, template AS what, created_at, sent_at FROM outbox
WHERE recipient = $1 ORDER BY id;

-- name: personal_role
-- The roles of account $1.
SELECT CASE r.kind WHEN 1 THEN 'manager' ELSE 'admin' END AS role, s.name AS structure,
    r.granted_at AS created_at
FROM role r LEFT JOIN structure s ON s.id = r.structure_id WHERE r.account_id = $1 ORDER BY r.id;

-- name: personal_granted
-- The roles account $1 granted.
SELECT CASE kind WHEN 1 THEN 'manager' ELSE 'admin' END AS role, granted_at AS created_at
FROM role WHERE granted_by = $1 ORDER BY id;

-- name: personal_browser
-- The browsers of account $1.
SELECT device, created_at, seen_at, expires_at FROM signed_in WHERE account_id = $1 ORDER BY id;

-- name: personal_account
-- The account with the address $1.
SELECT id, email, lang, created_at, seen_at, warned_at FROM account WHERE email = $1;

-- name: erase_skill
-- Erases the skills of person $1.
DELETE FROM person_skill WHERE person_id = $1;

-- name: erase_pole
-- Takes person $1 out of her poles.
DELETE FROM person_pole WHERE person_id = $1;

-- name: erase_time
-- Erases the weekly times of person $1.
DELETE FROM availability WHERE person_id = $1;

-- name: erase_keeper
-- Person $1 keeps no pole any more.
DELETE FROM pole_facilitator WHERE person_id = $1;

-- name: erase_support
-- Erases what person $1 said under needs.
DELETE FROM need_support WHERE person_id = $1;

-- name: erase_relay_from
-- Erases the messages of person $1, and those of her contacts.
DELETE FROM relay WHERE from_id = $1 OR introduction_id IN
    (SELECT id FROM introduction WHERE asker_id = $1 OR resource_id = $1);

-- name: erase_relay_to
-- Erases the messages to person $1.
DELETE FROM relay WHERE to_id = $1;

-- name: erase_asked
-- Erases the contacts person $1 asked for.
DELETE FROM introduction WHERE asker_id = $1;

-- name: erase_answered
-- Erases the contacts person $1 was asked for.
DELETE FROM introduction WHERE resource_id = $1;

-- name: erase_registration
-- Erases the registrations of person $1.
DELETE FROM registration WHERE person_id = $1;

-- name: erase_choice
-- Erases the dates person $1 chose.
DELETE FROM session_choice WHERE person_id = $1;

-- name: erase_feedback
-- Erases what person $1 thought of sessions.
DELETE FROM session_feedback WHERE person_id = $1;

-- name: erase_refusal
-- Nobody plans without person $1: she is gone.
DELETE FROM plan_refusal WHERE person_id = $1;

-- name: erase_planned
-- Nobody plans a session with person $1 any more.
DELETE FROM plan_session WHERE trainer_id = $1;

-- name: erase_planned_second
-- Nobody plans person $1 as a second trainer any more.
UPDATE plan_session SET second_id = NULL WHERE second_id = $1;

-- name: erase_planned_for
-- What person $1 asks for is in no plan any more.
DELETE FROM plan_need WHERE person_id = $1;

-- name: erase_trainer
-- Person $1 is trainer of no session any more.
DELETE FROM session_trainer WHERE person_id = $1;

-- name: erase_made
-- Nobody knows that person $1 proposed a session.
UPDATE session SET created_by = NULL WHERE created_by = $1;

-- name: erase_consent
-- Erases what person $1 agreed to.
DELETE FROM consent WHERE person_id = $1;

-- name: erase_note
-- Nobody knows that person $1 wrote into a notebook.
UPDATE pole_note SET author_id = NULL WHERE author_id = $1;

-- name: erase_link
-- Erases the links that let person $1 act, or that others got about her card.
DELETE FROM link WHERE person_id = $1 OR (purpose IN (3, 8) AND subject_id = $1);

-- name: erase_link_mail
-- Erases the links sent to the address $1.
DELETE FROM link WHERE email = $1;

-- name: erase_mail_setting
-- Erases what the address $1 wants by mail.
DELETE FROM mail_setting WHERE email = $1;

-- name: erase_saved_search
-- Erases the searches the address $1 saved.
DELETE FROM saved_search WHERE email = $1;

-- name: erase_login
-- Erases the links to come in asked for with the address $1.
DELETE FROM login WHERE email = $1;

-- name: erase_outbox
-- Erases the mails to the address $1.
DELETE FROM outbox WHERE recipient = $1;

-- name: erase_outbox_naming
-- Erases the mails that wait and hold the words $1.
DELETE FROM outbox WHERE sent_at IS NULL AND replace(content, $1, '') <> content;

-- name: erase_role
-- Erases the roles of account $1.
DELETE FROM role WHERE account_id = $1;

-- name: erase_granted
-- Nobody knows that account $1 granted a role.
UPDATE role SET granted_by = NULL WHERE granted_by = $1;

-- name: erase_browser
-- Erases the browsers of account $1.
DELETE FROM signed_in WHERE account_id = $1;

-- name: erase_account
-- Erases the account with the address $1.
DELETE FROM account WHERE email = $1;

-- name: erase_account_person
-- No account is person $1 any more.
UPDATE account SET person_id = NULL WHERE person_id = $1;

-- name: erase_person
-- Erases the card of person $1.
DELETE FROM person WHERE id = $1;

-- name: erase_need_registration
-- No registration answers need $1 any more.
UPDATE registration SET need_id = NULL WHERE need_id = $1;

-- name: erase_need_relay
-- Erases the messages about need $1.
DELETE FROM relay WHERE introduction_id IN (SELECT id FROM introduction WHERE need_id = $1);

-- name: erase_need_introduction
-- Erases the contacts about need $1.
DELETE FROM introduction WHERE need_id = $1;

-- name: erase_need_link
-- Erases the links to follow need $1.
DELETE FROM link WHERE purpose = 1 AND subject_id = $1;

-- name: erase_need_words
-- Need $1 stays at $3 without author, address and words: those of who shares it, else what its skill
-- is called, else $2.
UPDATE need SET person_id = NULL, email = NULL, email_folded = NULL, external_id = NULL,
    commune = NULL, could_pass_on = NULL, updated_at = $3, version = version + 1,
    text = COALESCE(
        (SELECT u.words FROM need_support u WHERE u.need_id = $1 AND u.words IS NOT NULL
         ORDER BY u.position LIMIT 1),
        (SELECT l.text FROM skill_label l WHERE l.skill_id = need.skill_id ORDER BY l.position LIMIT 1),
        $2)
WHERE id = $1;

-- name: need_shared
-- One row: how many share need $1, or are needs that are part of it.
SELECT (SELECT COUNT(*) FROM need_support WHERE need_id = $1)
    + (SELECT COUNT(*) FROM need WHERE merged_into = $1);

-- name: need_ids_person
-- The needs of person $1: id.
SELECT id FROM need WHERE person_id = $1 ORDER BY id;

-- name: need_ids_mail
-- The needs stated with the address $1 that have no author: id.
SELECT id FROM need WHERE email_folded = $1 AND person_id IS NULL ORDER BY id;

-- name: need_ids_support
-- The needs person $1 shares: id.
SELECT DISTINCT need_id FROM need_support WHERE person_id = $1 ORDER BY need_id;

-- name: need_touch
-- Need $1 is another version.
UPDATE need SET version = version + 1 WHERE id = $1;

-- name: session_ids_person
-- The sessions that name person $1: id.
SELECT session_id FROM registration WHERE person_id = $1
UNION SELECT session_id FROM session_trainer WHERE person_id = $1
UNION SELECT id FROM session WHERE created_by = $1;

-- name: session_ids_alone
-- Sessions after $2 that person $1 alone gives: id.
SELECT t.session_id FROM session_trainer t JOIN session s ON s.id = t.session_id
WHERE t.person_id = $1 AND s.state < 2
    AND EXISTS (SELECT 1 FROM session_date d WHERE d.session_id = s.id AND d.starts_at > $2)
    AND NOT EXISTS (SELECT 1 FROM session_trainer o WHERE o.session_id = s.id AND o.person_id <> $1)
ORDER BY t.session_id;

-- name: session_ids_seated
-- Sessions after $2 where person $1 has a seat or waits: id.
SELECT r.session_id FROM registration r JOIN session s ON s.id = r.session_id
WHERE r.person_id = $1 AND r.state < 2 AND s.state < 2
    AND EXISTS (SELECT 1 FROM session_date d WHERE d.session_id = s.id AND d.starts_at > $2)
ORDER BY r.session_id;

-- name: session_touch
-- Session $1 is another version.
UPDATE session SET version = version + 1 WHERE id = $1;

-- name: erased_add
-- Person $1 is erased at $2.
INSERT INTO erased (person_id, at) VALUES ($1, $2)
ON CONFLICT (person_id) DO UPDATE SET at = excluded.at;

-- name: erased_all
-- Who is erased: person, at.
SELECT person_id, at FROM erased ORDER BY person_id;

-- name: person_before
-- The person $1 if she was made at $2 or before: id.
SELECT id FROM person WHERE id = $1 AND created_at <= $2;

-- name: person_mail
-- People with the address $1 (lower case): id.
SELECT id FROM person WHERE email_folded = $1 ORDER BY id LIMIT 20;

-- name: person_mail_others
-- One row: how many people but $1 have the address $2, or an account with it.
SELECT (SELECT COUNT(*) FROM person WHERE email_folded = $2 AND id <> $1)
    + (SELECT COUNT(*) FROM account WHERE email = $2 AND person_id <> $1);

-- name: account_named
-- The account of person $1: id, address.
SELECT id, email FROM account WHERE person_id = $1 ORDER BY id;

-- name: account_before
-- The account $1 if it was made at $2 or before: id.
SELECT id FROM account WHERE id = $1 AND created_at <= $2;

-- name: account_address
-- The address of account $1.
SELECT email FROM account WHERE id = $1;

-- name: erased_since
-- One row: how many people were erased at $1 or after.
SELECT COUNT(*) FROM erased WHERE at >= $1;

-- name: person_silent
-- Drafts invited at $1 or before, neither confirmed nor tied to an account, $2 at most: id.
SELECT p.id FROM person p
WHERE p.state = 0 AND p.invited_at <= $1 AND p.confirmed_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id)
ORDER BY p.id LIMIT $2;

-- name: account_inactive
-- Accounts not seen since $1, not warned since they were last seen: id, address, lang.
SELECT id, email, lang FROM account
WHERE seen_at <= $1 AND COALESCE(warned_at, 0) <= seen_at
ORDER BY id LIMIT 100;

-- name: account_warn
-- Account $1 was warned at $2.
UPDATE account SET warned_at = $2 WHERE id = $1;

-- name: account_gone
-- Accounts warned at $1 or before that did not come in since: address.
SELECT email FROM account WHERE warned_at <= $1 AND warned_at > seen_at ORDER BY id LIMIT 100;

-- name: need_forget_mail
-- Needs closed (or past their time) before $1 lose their author's address.
UPDATE need SET email = NULL, email_folded = NULL, version = version + 1
WHERE email IS NOT NULL AND COALESCE(closed_at, expires_at) < $1;

-- name: audit_forget
-- What was done before $1 is forgotten.
DELETE FROM audit WHERE at < $1;

-- name: outbox_forget_failed
-- Mails made before $1 that never left are forgotten.
DELETE FROM outbox WHERE sent_at IS NULL AND created_at < $1;
