"""The arrows of the house and the single homes, as ARCHITECTURE.md draws them."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]

ROOMS = ("archive", "index", "webui", "scripts")
HOMES = {
    "bs4": ("archive/formats",),
    "lxml": ("archive/formats",),
    "docx": ("archive/formats",),
    "pypdfium2": ("archive/formats",),
    "sqlalchemy": ("archive",),
    "rensa": ("archive/duplicates.py",),
    "filelock": ("index/locks.py",),
    "platformdirs": ("archive/settings.py", "scripts/commands/demo.py"),
    "jieba": ("index/analysis.py", "scripts/bench/search"),
    "rjieba": ("index/analysis.py",),
    "rapidfuzz": ("index/nearness.py", "index/query/conditions.py"),
    "pypinyin": ("index/nearness.py",),
    "whoosh": ("index/engines/whoosh", "scripts/bench/search"),
    "tantivy": ("scripts/bench/search",),
    "xapian": ("scripts/bench/search",),
    "atheris": ("scripts/bench/fuzz_targets.py",),
    "numpy": ("index", "scripts/bench/search"),
    "prometheus_client": ("webui/metrics.py",),
    "babel": ("webui/language.py",),
    "flask_babel": ("webui",),
    "flask_compress": ("webui/statics.py",),
    "flask": (
        "webui",
        "scripts/serving.py",
        "scripts/commands/demo.py",
        "scripts/commands/serve.py",
    ),
    "werkzeug": ("webui", "archive/access/passwords.py"),
    "itsdangerous": ("webui/protection/sessions.py",),
    "jinja2": ("webui",),
    "markupsafe": ("webui",),
    "waitress": ("scripts/serving.py",),
    "xlsxwriter": ("webui/takeaway/spreadsheet.py",),
    "click": ("scripts",),
    "watchfiles": ("scripts/watching.py",),
    "rich": ("scripts",),
}


def sources() -> list[Path]:
    return [path for room in ROOMS for path in sorted((REPOSITORY / room).rglob("*.py"))]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def relative(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


@pytest.mark.parametrize("path", sources(), ids=relative)
def test_a_module_imports_only_its_own_room_and_those_to_the_right(path):
    rank = ROOMS.index(path.relative_to(REPOSITORY).parts[0])

    imported = {name.split(".")[0] for name in imports(path)} & set(ROOMS)

    assert {room for room in imported if ROOMS.index(room) > rank} == set()


@pytest.mark.parametrize("path", sources(), ids=relative)
def test_a_library_is_imported_only_at_home(path):
    strays = {
        name
        for name in imports(path)
        if not relative(path).startswith(HOMES.get(name.split(".")[0], ("",)))
    }

    assert strays == set()


@pytest.mark.parametrize("path", sources(), ids=relative)
def test_the_environment_is_read_in_the_settings_only(path):
    text = path.read_text("utf-8")

    assert relative(path) == "archive/settings.py" or "environ" not in text


@pytest.mark.parametrize("path", [p for p in sources() if not relative(p).startswith("scripts")])
def test_only_scripts_print(path):
    calls = [
        node.func.id
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]

    assert "print" not in calls


@pytest.mark.parametrize(
    "path", [p for p in sources() if relative(p) != "webui/filters.py"], ids=relative
)
def test_text_becomes_html_in_one_filter_only(path):
    assert "Markup(" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", sources(), ids=relative)
def test_files_and_functions_keep_their_size(path):
    text = path.read_text("utf-8")
    long = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 60
    ]

    assert text.count("\n") <= 450
    assert long == []


def test_the_command_line_starts_without_the_heavy_libraries():
    heavy = {
        "jieba",
        "rjieba",
        "flask",
        "whoosh",
        "numpy",
        "sqlalchemy",
        "bs4",
        "rich",
        "pypinyin",
        "rensa",
    }
    code = "import sys, scripts.cli; print(*sys.modules)"

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    assert heavy & set(loaded) == set()
