"""The whole forum in one file, and back: `kompetanseforum backup` and `restore`.

The file is a zip: every table as JSON lines, every stored file, the forum's secret, and a manifest that says which
state of the tables it is of. It knows nothing of the database it came from, so a forum moves from SQLite to
PostgreSQL and back with it, and one of an older version is brought up to date when it is read.
"""

from kompetanseforum.core.backup.archive import BackupError, Manifest, read_manifest
from kompetanseforum.core.backup.restoring import Restored, restore
from kompetanseforum.core.backup.writing import last_backup_at, write_backup

__all__ = ["BackupError", "Manifest", "Restored", "last_backup_at", "read_manifest", "restore", "write_backup"]
