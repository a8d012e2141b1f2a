-- name: consent_add
-- A consent: id, person, kind, given or taken back, version of the sentence, who said so, when.
INSERT INTO consent (id, person_id, kind, is_given, text_version, actor, at)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: card_links_move
-- The links of purpose $3 to card $1 lead to card $2.
UPDATE link SET subject_id = $2, person_id = $2 WHERE purpose = $3 AND subject_id = $1;

-- name: card_invite
-- The invitation of draft $1 left at $2, when it had not before.
UPDATE person SET invited_at = $2, asked_at = $2, version = version + 1
WHERE id = $1 AND state = 0 AND invited_at IS NULL AND declined_at IS NULL;

-- name: card_ask
-- Person $1 was asked about her card at $2.
UPDATE person SET asked_at = $2 WHERE id = $1;

-- name: card_asked_at
-- One row: when person $1 was last asked about her card.
SELECT asked_at FROM person WHERE id = $1;

-- name: card_remind_due
-- Drafts invited at $1 or before, after $2, and not reminded yet, $3 at most: id.
SELECT id FROM person
WHERE state = 0 AND invited_at <= $1 AND invited_at > $2 AND asked_at <= invited_at
    AND declined_at IS NULL AND email IS NOT NULL
ORDER BY id LIMIT $3;

-- name: card_confirm_due
-- Published cards with an address to ask about, $4 at most: confirmed (else made) $1, $2 or $3
-- seconds before now or more, and not asked about since that age; made at $6 or before; $5 is
-- now: id.
SELECT id FROM person
WHERE state = 1 AND email IS NOT NULL AND created_at <= $6 AND
    ((COALESCE(confirmed_at, created_at) + $1 <= $5
        AND COALESCE(asked_at, 0) < COALESCE(confirmed_at, created_at) + $1) OR
     (COALESCE(confirmed_at, created_at) + $2 <= $5
        AND COALESCE(asked_at, 0) < COALESCE(confirmed_at, created_at) + $2) OR
     (COALESCE(confirmed_at, created_at) + $3 <= $5
        AND COALESCE(asked_at, 0) < COALESCE(confirmed_at, created_at) + $3))
ORDER BY id LIMIT $4;

-- name: card_structure
-- One row: the structure of person $1.
SELECT structure_id FROM person WHERE id = $1;
