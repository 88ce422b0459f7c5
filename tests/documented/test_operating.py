"""What the operator's guide says can be done as it says, in both languages."""

import configparser
import importlib
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from archive.settings import load_settings
from scripts.cli import COMMANDS, make_cli
from webui import close_app, create_app

REPOSITORY = Path(__file__).resolve().parents[2]
GUIDES = ["docs/operating.md", "docs/operating.zh-CN.md"]


def read(name):
    return (REPOSITORY / name).read_text("utf-8")


def commands(name):
    """Every command line of the guide that is run as it stands."""
    lines = re.findall(r"^    (zhengwen [^\n]*)$", read(name), re.M)
    cron = re.findall(r"\* \* \* \S+ (zhengwen [^\n]*)$", read(name), re.M)
    unit = [
        line.replace("/opt/zhengwen/bin/", "") for line in re.findall("ExecStart=(.*)", read(name))
    ]
    return [*lines, *cron, *unit]


@pytest.mark.parametrize("name", GUIDES)
def test_every_command_and_option_exists(name):
    group = make_cli("en")
    assert len(commands(name)) >= 7
    for line in commands(name):
        words = shlex.split(line)[1:]
        if words[0] == "--home":
            words = words[2:]
        assert words[0] in COMMANDS, line
        command = group.get_command(click.Context(group), words[0])
        options = {option for one in command.params for option in one.opts}
        assert {word for word in words[1:] if word.startswith("--")} <= options, line


@pytest.mark.parametrize("name", GUIDES)
def test_every_command_that_is_named_exists(name):
    named = set(re.findall(r"`zhengwen ([a-z]+)", read(name)))
    assert named >= {"backup", "doctor", "reindex", "reingest", "edit", "settings"}
    assert named <= set(COMMANDS)


def test_both_languages_give_the_same_commands_units_and_configurations():
    def fixed(name):
        text = re.sub(r"#.*", "", read(name))
        return re.findall(r"```.*?```", text, re.S), commands(name)

    blocks, lines = map(fixed, GUIDES)
    assert [[re.sub(r"\s+", " ", one) for one in part] for part in blocks] == [
        [re.sub(r"\s+", " ", one) for one in part] for part in lines
    ]


@pytest.mark.parametrize("name", GUIDES)
def test_every_address_to_watch_answers(name, tmp_path):
    addresses = re.findall(r"^\| `(/[a-z]+)` \|", read(name), re.M)
    assert addresses == ["/healthz", "/readyz", "/metrics"]
    app = create_app(load_settings(tmp_path, environment={}))
    try:
        for address in addresses:
            assert app.test_client().get(address).status_code == 200
    finally:
        close_app(app)


def test_the_unit_is_one_that_systemd_reads(tmp_path):
    [unit] = re.findall(r"```ini\n(.*?)```", read(GUIDES[0]), re.S)
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read_string(unit)
    assert parser["Service"]["ReadWritePaths"] == "/srv/zhengwen"
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze (Debian: systemd)")
    path = tmp_path / "zhengwen.service"
    path.write_text(unit.replace("/opt/zhengwen/bin/zhengwen", "/bin/true"), "utf-8")
    result = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Unknown" not in result.stderr
    assert "zhengwen.service:" not in result.stderr


@pytest.mark.parametrize("name", GUIDES)
def test_the_expression_for_other_servers_gives_an_application(name, tmp_path, monkeypatch):
    assert "gunicorn" in read(name)
    [module, function] = re.findall(r"'(webui\.wsgi):(\w+)\(\)'", read(name))[0]
    monkeypatch.setenv("ZHENGWEN_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("webui.wsgi.set_up_logging", lambda log_format: None)

    app = getattr(importlib.import_module(module), function)()

    try:
        assert app.test_client().get("/healthz").status_code == 200
        assert (tmp_path / "home" / "archive.sqlite").exists()
    finally:
        close_app(app)
