"""The one room that knows SQLite: the append-only log, snapshots, migrations, backups."""
