-- Of those for whom no session is coming, those for whom one is proposed to who would give it. All is
-- counted anew by the program that knows of it.
ALTER TABLE gap_demand ADD COLUMN proposed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE gap_share ADD COLUMN proposed INTEGER NOT NULL DEFAULT 0;
