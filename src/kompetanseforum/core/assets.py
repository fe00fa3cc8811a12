"""Static files: named by content where they have been collected, plain where they have not (development, tests)."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class AssetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    # A page with a plain file name beats a page that fails, where `collectstatic` has not run.
    manifest_strict = False

    def stored_name(self, name: str) -> str:
        if not self.hashed_files:
            return name
        return str(super().stored_name(name))
