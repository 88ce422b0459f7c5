"""What holds for the whole application."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from archive.boilerplate.rules import RULES as BOILERPLATE
from archive.intake import open_archive, take_in
from archive.metadata.rules import RULES
from archive.settings import load_settings
from archive.texts import LANGUAGES, load_catalogue
from webui import close_app, create_app
from webui.examples import EXAMPLES, FIRST_QUERIES, SAME

WEBUI = Path(__file__).resolve().parents[2] / "webui"
PAGES = [
    "/",
    "/?q=枫桥经验",
    "/documents",
    "/uploads",
    "/help",
    "/nowhere",
    "/healthz",
    "/readyz",
    "/metrics",
]


@pytest.mark.parametrize("address", [*PAGES, "/static/base.css"])
def test_every_answer_is_guarded(client, address):
    with client.get(address) as answer:
        headers = answer.headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_inline_style_script_or_foreign_parts(client, address):
    html = client.get(address).text
    assert not re.search(r"<style|\sstyle=|\son\w+=", html)
    for attributes, content in re.findall(r"<script([^>]*)>(.*?)</script", html, re.DOTALL):
        assert re.fullmatch(r' src="/static/\w+\.js\?v=\w+" defer', attributes) and not content
    assert not re.search(r'(?:src|<link[^>]*href)="(?:https?:)?//', html)


def test_missing_page_is_friendly(client):
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "没有找到：/nowhere" in answer.text


def test_bug_is_logged_whole_and_told_without_details(own_app, monkeypatch, caplog):
    def break_down(_store, _ids):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("archive.store.Store.list_documents", break_down)
    answer = own_app.test_client().get("/documents")
    assert answer.status_code == 500
    assert "程序出错了" in answer.text
    assert "secret detail" not in answer.text
    assert "secret detail" in caplog.text


def test_documents_left_by_a_crash_are_found_after_the_start(settings, corpus):
    with open_archive(settings) as archive:
        take_in((corpus / "qingyu-2021.txt").read_bytes(), "qingyu-2021.txt", archive)
    app = create_app(settings)
    assert app.test_client().get("/api/v1/search?q=政府工作报告").json["total"] > 0
    close_app(app)


def test_faulty_index_does_not_stop_the_start(settings, corpus):
    with open_archive(settings) as archive:
        document = take_in((corpus / "qingyu-2021.txt").read_bytes(), "a.txt", archive).document_id
    close_app(create_app(settings))
    [manifest] = settings.search.glob("*/manifest.json")
    manifest.write_text("{}", "utf-8")
    app = create_app(settings)
    assert app.test_client().get("/?q=发展").status_code == 503
    assert app.test_client().get(f"/documents/{document}").status_code == 200
    close_app(app)


EVERY_EXAMPLE = [
    *FIRST_QUERIES,
    *(query for ways in EXAMPLES.values() for example in ways for query in example.queries),
]


@pytest.fixture(scope="module")
def corpus_client(tmp_path_factory, corpus):
    """A reader of the sample reports that the project ships."""
    settings = load_settings(tmp_path_factory.mktemp("corpus"), environment={})
    with open_archive(settings) as archive:
        for path in sorted(corpus.iterdir()):
            if path.suffix in (".txt", ".html", ".docx", ".pdf"):
                take_in(path.read_bytes(), path.name, archive)
    app = create_app(settings)
    yield app.test_client()
    close_app(app)


@pytest.mark.parametrize("query", EVERY_EXAMPLE)
def test_every_example_finds_something_in_the_sample_reports(corpus_client, query):
    answer = corpus_client.get("/", query_string={"q": query})
    assert answer.status_code == 200
    assert '<article class="hit">' in answer.text


def test_ways_to_say_the_same_find_the_same(corpus_client):
    for name in SAME:
        [example] = [e for ways in EXAMPLES.values() for e in ways if e.name == name]
        totals = {
            corpus_client.get("/api/v1/search", query_string={"q": query}).json["total"]
            for query in example.queries[:2]
        }
        assert len(totals) == 1, name


def test_examples_of_the_help_page_are_links(client):
    html = client.get("/help").text
    assert html.count("/?q=") >= sum(len(e.queries) for ways in EXAMPLES.values() for e in ways)


@pytest.mark.parametrize("language", LANGUAGES)
def test_programs_get_the_language_as_the_help_page_shows_it(client, language):
    answer = client.get("/api/v1/help", headers={"Accept-Language": language}).json
    page = BeautifulSoup(client.get("/help", headers={"Accept-Language": language}).text, "lxml")
    shown = " ".join(page.select_one("main").get_text(" ").split())

    ways = [way for group in answer["query_language"] for way in group["ways"]]
    assert [one["query"] for way in ways for one in way["queries"]] == EVERY_EXAMPLE[
        len(FIRST_QUERIES) :
    ]
    assert all(" ".join(way["explanation"].split()) in shown for way in ways)
    assert all(f"{name}:" in shown for field in answer["fields"] for name in field["written"])
    assert all(sentence in shown for sentence in answer["parameters"].values())
    assert client.get(ways[0]["queries"][0]["url"]).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_that_a_template_names_exists(language):
    named = {
        key
        for path in (WEBUI / "templates").glob("*.html")
        for key in re.findall(
            r'(?:t|sentence)\(["\'](web\.[\w.]+)["\'][,)]', path.read_text("utf-8")
        )
    }
    assert len(named) > 60
    assert named - load_catalogue(language).keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_of_metadata_is_explained(language):
    explained = load_catalogue(language).keys()
    assert {rule for rule in RULES if f"web.evidence.{rule}" not in explained} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_of_boilerplate_is_explained(language):
    explained = load_catalogue(language).keys()
    assert {r.name for r in BOILERPLATE if f"web.removed.{r.name}" not in explained} == set()
