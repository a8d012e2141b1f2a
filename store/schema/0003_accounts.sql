-- Schema 3: who may come in, and how she does: accounts, asked-for links, signed-in browsers.

CREATE TABLE account (
    id INTEGER NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,     -- folded to lower case; never shown to others
    lang TEXT NOT NULL,             -- of mails: "fr" or "en"
    created_at INTEGER NOT NULL,    -- first time she came in
    seen_at INTEGER NOT NULL        -- last time
) STRICT;

CREATE TABLE login (
    id INTEGER NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,            -- as in account, which need not be there yet
    lang TEXT NOT NULL,             -- of the page it was asked on
    token_hash TEXT NOT NULL UNIQUE, -- of the link's 256-bit token
    code_hash TEXT NOT NULL,        -- of the 6 digits, keyed by the browser's token
    browser_hash TEXT NOT NULL,     -- of the cookie of the browser that asked
    address_hash TEXT NOT NULL,     -- of the network address that asked
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,         -- wrong codes so far
    used_at INTEGER                 -- NULL while it is good for one use
) STRICT;
CREATE INDEX login_email ON login (email, created_at);
CREATE INDEX login_address ON login (address_hash, created_at);
CREATE INDEX login_browser ON login (browser_hash, created_at);

CREATE TABLE signed_in (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL UNIQUE, -- of the browser's cookie
    device TEXT NOT NULL,           -- what the browser says it is, cut
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,       -- to the hour
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX signed_in_account ON signed_in (account_id);

-- Accounts and mails are things too: the table is made again with room for kinds to come.
CREATE TABLE change_wider (
    number INTEGER NOT NULL PRIMARY KEY, -- 1, 2, 3 … in the order of commits, without gaps
    thing INTEGER NOT NULL CHECK (thing BETWEEN 0 AND 63), -- enum thing (store/change.h)
    thing_id INTEGER NOT NULL,      -- 0: all of that kind changed
    at INTEGER NOT NULL
) STRICT;
INSERT INTO change_wider (number, thing, thing_id, at)
    SELECT number, thing, thing_id, at FROM change;
DROP TABLE change;
ALTER TABLE change_wider RENAME TO change;
