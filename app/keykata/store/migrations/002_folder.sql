-- How far each file of a synced folder is read or written on this computer; neither log nor derived.
-- `sent`: of this home's own file, the last row of the log it holds. `whole`: the bytes up to its last whole
-- and sound line, `lines` how many lines these are, `ending` a mark of how they end.
CREATE TABLE folder_file (
    folder  TEXT NOT NULL,
    name    TEXT NOT NULL,
    size    INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    whole   INTEGER NOT NULL,
    lines   INTEGER NOT NULL,
    ending  TEXT NOT NULL,
    sent    INTEGER NOT NULL,
    PRIMARY KEY (folder, name)
) STRICT, WITHOUT ROWID;
