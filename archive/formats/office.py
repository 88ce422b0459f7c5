"""Files of older word processors (.doc, .wps, .rtf), through LibreOffice where it is installed.

Each conversion has a profile and a folder of its own, so that several can run at once, nothing of
the user's is touched, and a hostile file finds neither macros that run nor links that are followed.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.formats.docx import read_docx
from archive.limits import CONVERSION_SECONDS
from archive.model import Reading
from archive.refusals import ConversionError, ConverterMissingError

_COMMANDS = ("soffice", "libreoffice")
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_KINDS = {"doc": ".doc, .wps", "rtf": ".rtf"}

# Source: LibreOffice's schema org.openoffice.Office.Common, group Security/Scripting.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def read_with_office(data: bytes, name: str, kind: str) -> Reading:
    """The blocks of a file that LibreOffice makes a Word file of; its kind as the encoding.

    Args:
        kind: "doc" or "rtf".
    Raises: ConverterMissingError, ConversionError, EmptyFileError.
    """
    converter = find_converter()
    if converter is None:
        raise ConverterMissingError(name=name, kind=_KINDS[kind])
    converted = convert(data, kind, "docx", converter)
    if converted is None:
        raise ConversionError(name=name, kind=_KINDS[kind], seconds=CONVERSION_SECONDS)
    return replace(read_docx(converted, name), encoding=kind)


def find_converter() -> str | None:
    """Where LibreOffice's program is, or None if it is not installed."""
    found = (shutil.which(command) for command in (*_COMMANDS, *_USUAL_PLACES))
    return next((path for path in found if path), None)


def convert(
    data: bytes, suffix: str, target: str, converter: str, seconds: float = CONVERSION_SECONDS
) -> bytes | None:
    """The bytes of a file in another format; None if the converter makes nothing of it in time.

    Args:
        suffix, target: the formats by their suffixes, without the dot.
        converter: the program that `find_converter` found.
    """
    # On Windows a process that has just ended may hold its files for a moment longer.
    with TemporaryDirectory(prefix="zhengwen-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        # A name of our own: the file's may hold anything.
        source = home / f"file.{suffix}"
        source.write_bytes(data)
        settings = home / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_PROFILE, "utf-8")
        _run(_command(converter, home, source, target), seconds)
        made = home / "made" / f"file.{target}"
        return made.read_bytes() if made.is_file() else None


def _command(converter: str, home: Path, source: Path, target: str) -> list[str]:
    profile = (home / "profile").as_uri()
    options = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"]
    conversion = ["--convert-to", target, "--outdir", str(home / "made"), str(source)]
    return [converter, f"-env:UserInstallation={profile}", *options, *conversion]


def _run(command: list[str], seconds: float) -> None:
    """Runs a command to its end, or kills it with all its children when its time is over."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        _kill(process)
    except BaseException:
        _kill(process)
        raise


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends a process that still runs; `soffice` is a script whose child would live on."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
