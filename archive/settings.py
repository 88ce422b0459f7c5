"""The settings of an archive: one table, read in one place.

A value comes from the last of these that gives one: the default, the file
`zhengwen.ini` in the home, the environment (`ZHENGWEN_PORT` for `port`), an argument.
"""

from __future__ import annotations

import configparser
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from archive.errors import SettingsError
from archive.logs import FORMATS
from archive.texts import LANGUAGES

SETTINGS_FILE = "zhengwen.ini"


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table.

    Attributes:
        parse: text -> value; raises ValueError if the text makes no sense.
    """

    name: str
    default: str
    parse: Callable[[str], object]


def _parse_port(value: str) -> int:
    port = int(value)
    if not 0 <= port <= 65_535:
        raise ValueError(value)
    return port


def _parse_positive(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError(value)
    return number


def _parse_language(value: str) -> str:
    if value not in LANGUAGES:
        raise ValueError(value)
    return value


def _parse_log_format(value: str) -> str:
    if value not in FORMATS:
        raise ValueError(value)
    return value


def _parse_count(value: str) -> int:
    number = int(value)
    if number < 0:
        raise ValueError(value)
    return number


def _parse_switch(value: str) -> bool:
    if value not in ("yes", "no"):
        raise ValueError(value)
    return value == "yes"


SETTINGS = (
    Setting("host", "127.0.0.1", str),
    Setting("port", "8383", _parse_port),
    Setting("language", "zh", _parse_language),
    Setting("max_upload_mb", "64", _parse_positive),
    Setting("query_seconds", "10", _parse_positive),
    Setting("log_format", "plain", _parse_log_format),
    Setting("private", "no", _parse_switch),
    Setting("hosts", "", str),
    Setting("proxies", "0", _parse_count),
    Setting("requests_per_minute", "1200", _parse_count),
    Setting("session_hours", "12", _parse_positive),
    Setting("idle_seconds", "60", _parse_positive),
    Setting("processes", "0", _parse_count),
)


@dataclass(frozen=True, slots=True)
class Value:
    """A setting's value, and which layer gave it."""

    value: object
    where: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force for one archive."""

    home: Path
    values: Mapping[str, Value]

    def text(self, name: str) -> str:
        """The value of a setting that is words."""
        return str(self.values[name].value)

    def number(self, name: str) -> int:
        """The value of a setting that is a whole number."""
        value = self.values[name].value
        if not isinstance(value, int):
            raise TypeError(name)
        return value

    def is_on(self, name: str) -> bool:
        """Whether a setting that is yes or no is yes."""
        return self.values[name].value is True

    @property
    def database(self) -> Path:
        """The file of documents, paragraphs, revisions and uploads. Back it up."""
        return self.home / "archive.sqlite"

    @property
    def originals(self) -> Path:
        """The folder of the bytes as received. Back it up."""
        return self.home / "originals"

    @property
    def search(self) -> Path:
        """The folder of index builds. It can be rebuilt."""
        return self.home / "search"


def load_settings(
    home: Path | None = None,
    arguments: Mapping[str, object] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """The settings in force.

    Args:
        home: the folder of the archive; without it ZHENGWEN_HOME, then the platform's data folder.
        arguments: name -> value from a command line; None values are left out.
        environment: instead of the process's own, in tests.
    Raises: SettingsError naming the setting, its value and the layer it came from.
    """
    environment = os.environ if environment is None else environment
    folder = home or Path(environment.get("ZHENGWEN_HOME") or _platform_home())
    layers = [
        ("default", {setting.name: setting.default for setting in SETTINGS}),
        ("file", _read_file(folder / SETTINGS_FILE)),
        ("environment", _read_environment(environment)),
        ("argument", {k: str(v) for k, v in (arguments or {}).items() if v is not None}),
    ]
    return Settings(folder, {setting.name: _resolve(setting, layers) for setting in SETTINGS})


def variables_with(added: Mapping[str, str]) -> dict[str, str]:
    """The variables of this process and more, for a process that it begins."""
    return {**os.environ, **added}


def _platform_home() -> str:
    return platformdirs.user_data_dir("zhengwen", appauthor=False)


def _read_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(path.read_text("utf-8"))
    except (configparser.Error, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0]
        raise SettingsError(
            name=SETTINGS_FILE, value=reason, where="file", expected="file"
        ) from error
    values = dict(parser["zhengwen"]) if parser.has_section("zhengwen") else {}
    for name in values.keys() - {setting.name for setting in SETTINGS}:
        raise SettingsError(
            name=name,
            value=values[name],
            where="file",
            expected="name",
            names=" / ".join(setting.name for setting in SETTINGS),
        )
    return values


def _read_environment(environment: Mapping[str, str]) -> dict[str, str]:
    names = {f"ZHENGWEN_{setting.name.upper()}": setting.name for setting in SETTINGS}
    return {names[key]: value for key, value in environment.items() if key in names}


def _resolve(setting: Setting, layers: list[tuple[str, dict[str, str]]]) -> Value:
    where, raw = [(where, given[setting.name]) for where, given in layers if setting.name in given][
        -1
    ]
    try:
        return Value(setting.parse(raw), where)
    except ValueError as error:
        raise SettingsError(
            name=setting.name, value=raw, where=where, expected=setting.name
        ) from error
