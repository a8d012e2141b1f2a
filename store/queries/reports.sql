-- name: report_asks
-- Who asked from $1 on and before $2: pole, structure of who asks, who (a person, or a negative number that
-- nobody else has), when, first answered, met so far, whether it is the need itself (once a need).
SELECT n.pole_id, COALESCE(p.structure_id, n.structure_id), COALESCE(n.person_id, -n.id), n.created_at,
    n.answered_at, n.state = 3, TRUE
FROM need n LEFT JOIN person p ON p.id = n.person_id WHERE n.created_at >= $1 AND n.created_at < $2
UNION ALL
SELECT n.pole_id, p.structure_id, COALESCE(s.person_id, -(n.id + (s.position + 1) * 1000000000)),
    s.created_at, NULL, FALSE, FALSE
FROM need_support s JOIN need n ON n.id = s.need_id LEFT JOIN person p ON p.id = s.person_id
WHERE s.created_at >= $1 AND s.created_at < $2;

-- name: report_sessions
-- Sessions held from $1 on and before $2: pole, structure, when, people who came.
SELECT s.pole_id, s.structure_id, t.starts_at,
    (SELECT COUNT(*) FROM registration r WHERE r.session_id = s.id AND r.state = 3)
FROM (SELECT session_id, MIN(starts_at) AS starts_at FROM session_date GROUP BY session_id) t
    JOIN session s ON s.id = t.session_id
WHERE s.state = 2 AND t.starts_at >= $1 AND t.starts_at < $2;

-- name: report_gaps_of_poles
-- What is asked for in a pole and nobody live answers, as it was counted last: pole, skill or minus a group.
SELECT d.pole_id, d.skill_id FROM gap_demand d JOIN gap_supply s ON s.skill_id = d.skill_id
WHERE d.pole_id > 0 AND d.waiting > 0 AND s.live = 0;

-- name: report_gaps_of_structures
-- The same for people of a structure, whatever the pole: structure, skill or minus a group.
SELECT DISTINCT h.of_id, h.skill_id FROM gap_share h JOIN gap_supply s ON s.skill_id = h.skill_id
WHERE h.scope > 0 AND h.of_id > 0 AND h.waiting > 0 AND s.live = 0;
