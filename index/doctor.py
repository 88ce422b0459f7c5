"""Everything in a home looked at, and mended where that is asked for and possible."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from archive.access.access import KEY_FILE, is_key_damaged, rotate_key
from archive.database import Database, open_database
from archive.errors import HomeMissingError, NotFoundError, StoreError, ZhengwenError
from archive.intake import Archive, open_archive
from archive.originals import Originals
from archive.refusals import IngestError
from archive.safekeeping.checkup import (
    Finding,
    Weight,
    check_originals,
    check_rows,
    check_structure,
    is_in_use,
    list_leftovers,
    wanted_originals,
)
from archive.safekeeping.journal import list_damaged_journals, look_at_journal, set_aside_journal
from archive.safekeeping.mending import (
    accept_as_it_is,
    admit_unused,
    drop_document,
    drop_orphans,
    expected_ids,
    mend_document,
    rebuild_indexes,
    salvage,
)
from archive.settings import Settings
from archive.store import Store
from index.builds import LiveIndex
from index.checkup import check_index, list_index_notes
from index.indexer import index_pending, rebuild

ROUNDS = 3
"""Mending one thing may bring another to light: a row whose id was damaged hid the right one."""

_log = logging.getLogger(__name__)


def examine(settings: Settings, *, is_repairing: bool = False) -> list[Finding]:
    """What is wrong with an archive, and what was mended.

    Raises: HomeMissingError if there is nothing to look at.
    """
    if not settings.database.exists() and not settings.originals.exists():
        raise HomeMissingError(home=settings.home)
    if not settings.database.exists() and not is_repairing:
        # Not opened, because that would make a new one and hide that the old one is gone.
        return [Finding("database_missing", settings.database.name)]
    if settings.database.exists():
        # Before anything reads the database: the last to close it takes the log away.
        look_at_journal(settings.database)
    try:
        findings, is_lossy = _examine_file(settings, is_repairing)
    except StoreError as error:
        return [*_unusable(settings, error)]
    journals = list(_examine_journals(settings, is_repairing))
    findings, is_lossy = [*findings, *journals], is_lossy or bool(journals and is_repairing)
    try:
        database = open_database(settings.database)
    except StoreError as error:
        return [*findings, *_unusable(settings, error)]
    with closing(database), open_archive(settings) as archive:
        try:
            findings += _examine_rows(archive, database, is_repairing)
            if is_lossy:
                findings += _admit_lost(archive, database)
            findings += _examine_originals(archive, database, is_repairing)
        except StoreError as error:
            facts = dict(error.facts)
            findings.append(Finding("database_unusable", settings.database.name, facts=facts))
        findings += _examine_key(settings, is_repairing)
        findings += _examine_leftovers(settings, is_repairing)
        with closing(LiveIndex(settings.search)) as live:
            findings += _examine_index(archive.store, live, is_repairing)
    return findings


def _unusable(settings: Settings, error: StoreError) -> Iterator[Finding]:
    yield Finding("database_unusable", settings.database.name, facts=dict(error.facts))
    yield from check_originals(Originals(settings.originals), {})


def _examine_file(settings: Settings, is_repairing: bool) -> tuple[list[Finding], bool]:
    """What SQLite finds wrong with its file, and whether rows were lost in mending it."""
    path = settings.database
    if not path.exists():
        return [Finding("database_missing", path.name, Weight.MENDED)], True
    problems = check_structure(path)
    if not problems:
        return [], False
    found = Finding("database_damaged", path.name, facts={"problem": problems[0]})
    if not is_repairing:
        return [found], False
    rebuild_indexes(path)
    if not check_structure(path):
        return [replace(found, weight=Weight.MENDED)], False
    if is_in_use(path):
        # What others write into the damaged file from now on would be lost.
        return [replace(found, code="database_in_use")], False
    damaged = salvage(settings)
    facts = {"problem": problems[0], "damaged": damaged.name}
    return [Finding("database_salvaged", path.name, Weight.MENDED, facts)], True


def _examine_journals(settings: Settings, is_repairing: bool) -> Iterator[Finding]:
    """Logs of the database that were damaged; what is lost is told once."""
    for journal in list_damaged_journals(settings.database):
        if is_repairing:
            kept = set_aside_journal(journal)
            yield Finding("journal_damaged", kept.name, Weight.MENDED)
        else:
            yield Finding("journal_damaged", journal.name)


def _examine_rows(archive: Archive, database: Database, is_repairing: bool) -> list[Finding]:
    found = list(check_rows(database))
    if not is_repairing:
        return found
    tried: dict[tuple[str, str], Finding] = {}
    for _ in range(ROUNDS):
        for finding in found:
            tried[finding.code, finding.subject] = finding
            _mend(finding, archive, database)
        found = list(check_rows(database))
    left = {(finding.code, finding.subject) for finding in found}
    mended = [one for key, one in tried.items() if key not in left]
    return [*found, *(replace(finding, weight=Weight.MENDED) for finding in mended)]


def _mend(finding: Finding, archive: Archive, database: Database) -> None:
    """Mends what can be; a finding that stays is found again."""
    try:
        match finding.code:
            case "orphans":
                drop_orphans(database)
            case "document":
                mend_document(archive, database, finding.subject)
            case "decisions":
                _require_readable(archive.store, finding.subject)
                accept_as_it_is(database, f"people/{finding.subject}")
            case "row":
                accept_as_it_is(database, f"row/{finding.subject}")
    except NotFoundError:
        if finding.subject not in expected_ids(database):
            drop_document(database, finding.subject)
    except Exception:
        # Whatever a damaged row holds instead of values; it stays found, and named.
        _log.info("not mended subject=%s", finding.subject, exc_info=True)


def _require_readable(store: Store, document_id: str) -> None:
    """Raises what reading them raises, if decisions are damaged so that they mean nothing now."""
    store.list_edits(document_id)
    store.list_choices(document_id)
    store.find_stated(document_id)


def _admit_lost(archive: Archive, database: Database) -> Iterator[Finding]:
    """Documents whose rows are lost, made again of their originals."""
    wanted = wanted_originals(database)
    for sha256 in sorted(set(archive.originals.list_kept()) - wanted.keys()):
        try:
            document_id = admit_unused(archive, database, sha256)
            yield Finding("document_admitted", document_id, Weight.MENDED)
        except (IngestError, StoreError):
            # A file that never became a document; it is named among those that are unused.
            continue


def _examine_originals(
    archive: Archive, database: Database, is_repairing: bool
) -> Iterator[Finding]:
    for finding in check_originals(archive.originals, wanted_originals(database)):
        if is_repairing and finding.code == "original_damaged":
            archive.originals.set_aside(finding.subject)
        yield finding


def _examine_key(settings: Settings, is_repairing: bool) -> Iterator[Finding]:
    """Whether cookies are signed with the key that was made."""
    if is_key_damaged(settings.home):
        if is_repairing:
            rotate_key(settings.home)
        yield Finding("key_damaged", KEY_FILE, Weight.MENDED if is_repairing else Weight.WRONG)


def _examine_leftovers(settings: Settings, is_repairing: bool) -> Iterator[Finding]:
    for path in list_leftovers(settings):
        name = str(path.relative_to(settings.home))
        if is_repairing:
            _remove(path)
        yield Finding("leftover", name, Weight.MENDED if is_repairing else Weight.NOTE)


def _examine_index(store: Store, live: LiveIndex, is_repairing: bool) -> Iterator[Finding]:
    yield from list_index_notes(live.builds, is_repairing)
    found = list(check_index(store, live))
    if found and is_repairing:
        try:
            _mend_index(store, live, found)
            left = list(check_index(store, live))
        except ZhengwenError as error:
            _log.warning("index not mended code=%s", error.code)
            left = found
        yield from left
        yield from (replace(one, weight=Weight.MENDED) for one in found if one not in left)
    else:
        yield from found


def _mend_index(store: Store, live: LiveIndex, found: list[Finding]) -> None:
    if {finding.code for finding in found} == {"index_behind"}:
        index_pending(store, live)
        return
    try:
        live.builds.live_name()
    except ZhengwenError:
        live.builds.forget_current()
    rebuild(store, live)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
