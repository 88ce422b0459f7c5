"""All that people read comes from the catalogues, and nothing in the catalogues is left over."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from archive import errors, refusals
from archive.boilerplate import strip
from archive.boilerplate.rules import RULES
from archive.formats import read_file
from archive.metadata.rules import RULES as METADATA
from archive.texts import load_catalogue
from index.query.names import NAMED_VALUES, value_names
from scripts.cli import COMMANDS
from tests.quality.heads.pages import BATCHES, iter_head_pages

REPOSITORY = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((REPOSITORY / "webui" / "templates").rglob("*.*"))
MODULES = sorted((REPOSITORY / "webui").glob("*.py"))
SOURCES = [
    path
    for room in ("archive", "index", "webui", "scripts")
    for path in sorted((REPOSITORY / room).rglob("*.py"))
    if "bench" not in path.parts
]

HAN = re.compile(r"[\u3400-\u9fff]")
SHOWN_ATTRIBUTES = r'(?:title|alt|placeholder|aria-label|aria-description|content)="([^"]*)"'

# Written in every language alike: names of programs, of encodings and of file formats.
ALIKE = {
    "zhengwen unstrip",
    "width=device-width, initial-scale=1",
    "light dark",
    "×",
    "¶",
    "GB/T 7714",
    "BibTeX",
    "RIS",
    "UTF-8",
    "zhengwen",
}


def relative(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def shown_in(template: str) -> Iterator[str]:
    """The words of a template that a reader would see or hear as they stand there."""
    template = re.sub(r"\{#.*?#\}", "", template, flags=re.S)
    template = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "\0", template, flags=re.S)
    attributes = re.findall(SHOWN_ATTRIBUTES, template)
    # An address that is printed for programs is code.
    outside = re.sub(r"<code>.*?</code>", "\0", template, flags=re.S)
    for piece in [*attributes, *re.split(r"<[^>]*>", outside)]:
        yield from (part.strip() for part in re.split(r"[\0\n]", piece))


def is_text(piece: str) -> bool:
    if piece in ALIKE or re.fullmatch(r'&\w+;|[a-z-]+="[^"]*"?', piece):
        return False
    return bool(HAN.search(piece) or re.search(r"[A-Za-z]{2,}", piece))


def test_a_template_with_text_would_be_found():
    sample = '<p title="Hello">{{ t("a.b") }} 你好 {# note #}</p><b>Two words</b>'

    assert {piece for piece in shown_in(sample) if is_text(piece)} == {
        "Hello",
        "你好",
        "Two words",
    }


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_no_template_holds_text_of_its_own(path):
    found = {piece for piece in shown_in(path.read_text("utf-8")) if is_text(piece)}

    assert {
        piece for piece in found if not re.fullmatch(r"[&!]?\w+;|<!doctype html>", piece)
    } == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_no_template_writes_days_or_numbers_in_a_form_of_its_own(path):
    assert re.findall(r"strftime|\|\s*format\(", path.read_text("utf-8")) == []


def strings_of(path: Path) -> Iterator[str]:
    """The string constants of a module that are no documentation."""
    tree = ast.parse(path.read_text("utf-8"))
    notes = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
            yield node.value


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if path.name not in ("examples.py", "metrics.py")],
    ids=relative,
)
def test_no_module_of_the_site_holds_chinese_or_a_sentence(path):
    strings = [one for one in strings_of(path) if "=%s" not in one]  # of the log

    assert [one for one in strings if HAN.search(one)] == []
    assert [one for one in strings if re.search(r"[A-Za-z]{2,} [a-z]+ [a-z]+[ .]", one)] == []


def patterns() -> Iterator[str]:
    """Regular expressions of the keys that the sources name, whole or with holes."""
    for path in SOURCES:
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        joined = [node for node in nodes if isinstance(node, ast.JoinedStr)]
        parts = {id(part) for one in joined for part in one.values}
        for one in joined:
            yield "".join(
                re.escape(part.value) if isinstance(part, ast.Constant) else ".+"
                for part in one.values
            )
        for node in nodes:
            is_string = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if is_string and id(node) not in parts:
                # Beginnings of keys are put together with +.
                yield re.escape(node.value) + (".+" if node.value.endswith(".") else "")
    for path in TEMPLATES:
        for key in re.findall(r"[\"']([\w.]+\.[\w.]*)[\"']", path.read_text("utf-8")):
            yield re.escape(key) + (".+" if key.endswith(".") else "")


def options() -> set[str]:
    """The keys of the options of every command, and of every command in a group."""
    commands = {name: import_module(f"scripts.commands.{name}").command for name in COMMANDS}
    for name, group in list(commands.items()):
        for part, command in getattr(group, "commands", {}).items():
            commands[f"{name}.{part}"] = command
    return {
        f"cli.{name}.{parameter.name}"
        for name, command in commands.items()
        for parameter in command.params
    }


def test_every_key_is_used():
    named = {pattern for pattern in patterns() if re.search(r"\w\\\.|^\.\+\\\.", pattern)}
    # webui.language.rule_meaning names any table; the test below holds its two. Those of
    # the command line are the options that there are.
    too_wide = {r"web\..+\..+", r"cli\..+\..+"}
    narrow = [re.compile(one) for one in named - too_wide if not one.startswith(".+")]
    narrow += [re.compile(r"web\.(evidence|removed)\..+")]
    # index.query.describe.value_label
    labels = {f"{field}.{value}" for field in NAMED_VALUES for value in value_names(field)}
    unused = {
        key
        for key in load_catalogue("zh").keys() - labels - options()
        if not any(pattern.fullmatch(key) for pattern in narrow)
    }

    assert unused == set()


def test_what_is_named_by_rules_and_errors_is_there_for_one_of_them():
    """These keys have holes in the sources, so each is held against what fills the hole."""
    keys = load_catalogue("zh").keys()
    named = {**vars(errors), **vars(refusals)}.values()
    codes = {one.code for one in named if isinstance(one, type) and hasattr(one, "code")}
    removed = {one for path in SOURCES for one in strings_of(path)}

    def left_over(prefix: str, known: set[str]) -> set[str]:
        return {key for key in keys if key.startswith(prefix)} - {prefix + one for one in known}

    assert left_over("error.", codes) == set()
    assert left_over("web.evidence.", set(METADATA)) == set()
    assert left_over("web.removed.", removed) == set()


def test_every_reason_for_leaving_a_line_out_has_words():
    pages = (page for batch in BATCHES for page in iter_head_pages(batch))
    lines = (read_file(page.data, f"{page.name}.txt").lines for page in pages)
    taken = {removed.rule for one in lines for removed in strip(one).removed}

    named = {f"web.removed.{rule}" for rule in taken | {rule.name for rule in RULES}}
    assert named - load_catalogue("zh").keys() == set()
    assert named - load_catalogue("en").keys() == set()
