"""What must hold of a backup that was killed, and of the one that is made in its place.

Whatever bears the backup's name is whole; it comes back in an empty home, and a worker finds in it
every upload that was acknowledged before the backup began.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from scripts.bench.endurance import Inspector, Site


@dataclass(slots=True)
class KilledBackups:
    """Backups of a site, one a kill.

    Attributes:
        folder: where they are written; of ours alone.
    """

    site: Site
    folder: Path
    _known: list[str] = field(default_factory=list)

    @property
    def target(self) -> Path:
        """The name of the backup under way."""
        return self.folder / "all.zip"

    def begin(self, acknowledged: list[str]) -> None:
        """Starts a backup, which will have to hold these uploads."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        self._known = list(acknowledged)
        self.site.run("backup", "backup", str(self.target))

    def stage(self) -> str:
        """What the backup is doing, by the files that it leaves."""
        if self.target.exists():
            return "ended"
        sizes = [path.stat().st_size for path in self.folder.glob(".unfinished-*")]
        if len(sizes) == 2:
            # The copy of the database goes when it has been packed.
            return "copying the database"
        return "packing originals" if sizes else "before"

    def faults_after_kill(self) -> list[str]:
        """What is wrong with what the kill left, and with a backup made after it."""
        faults = self._faults_of_backup("killed") if self.target.exists() else []
        again = self.site.run("backup", "backup", str(self.target), "--force")
        if again.wait():
            return [*faults, f"no backup after a killed one: {again.returncode}"]
        return [*faults, *self._faults_of_backup("made again")]

    def _faults_of_backup(self, which: str) -> list[str]:
        restored = Site(self.folder / "home")
        shutil.rmtree(restored.home, ignore_errors=True)
        try:
            for arguments in (("restore", str(self.target)), ("worker", "--once")):
                if restored.run("backup", *arguments).wait():
                    return [f"backup {which}: {arguments[0]} failed"]
        finally:
            restored.stop()
        inspector = Inspector(restored.home)
        return [f"backup {which}: {fault}" for fault in inspector.faults(self._known)]
