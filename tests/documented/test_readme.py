"""What the two README files promise is so."""

import re
import tomllib
from pathlib import Path

import pytest

from index.query.parser import parse
from scripts.cli import COMMANDS
from webui.examples import EXAMPLES

REPOSITORY = Path(__file__).resolve().parents[2]
READMES = ["README.md", "README.zh-CN.md"]


def read(name: str) -> str:
    return (REPOSITORY / name).read_text("utf-8")


def queries(name: str) -> list[str]:
    section = re.split(r"\n## ", read(name))
    [table] = [part for part in section if part.startswith(("Queries", "查询写法"))]
    rows = [line.split(" | ")[0] for line in table.splitlines() if line.startswith("| `")]
    return [query.replace("\\|", "|") for row in rows for query in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize("name", READMES)
def test_every_query_of_the_table_is_understood(name):
    assert len(queries(name)) >= 10
    for query in queries(name):
        parse(query)


@pytest.mark.parametrize("name", READMES)
def test_the_table_shows_what_the_help_page_shows(name):
    examples = {query for ways in EXAMPLES.values() for one in ways for query in one.queries}

    assert set(queries(name)) - examples == set()


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_named_and_no_other(name):
    rows = [line for line in read(name).splitlines() if line.startswith("| `zhengwen ")]
    cells = [row.split(" | ")[0] for row in rows]
    named = {word for cell in cells for word in re.findall(r"`(?:zhengwen )?([a-z]+)", cell)}

    assert named == set(COMMANDS)


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_of_the_newcomer_are_targets_of_the_makefile(name):
    assert "    make run\n" in read(name)
    assert "    make test\n" in read(name)
    assert re.search(r"^run:", read("Makefile"), re.M)
    assert re.search(r"^test:", read("Makefile"), re.M)
    assert re.search(r"^make test$", read(".ci/run"), re.M)


@pytest.mark.parametrize("name", [*READMES, "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_link_to_a_file_leads_somewhere(name):
    links = re.findall(r"\]\(([^)#]+)\)", read(name))

    missing = [link for link in links if "://" not in link and not (REPOSITORY / link).exists()]
    assert missing == []


def test_the_build_backend_is_named_beside_setup_cfg():
    assert "build-system" in tomllib.loads(read("pyproject.toml"))
