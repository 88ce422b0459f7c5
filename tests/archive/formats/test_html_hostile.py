"""Pages made to exhaust a reader end as a reading or as an error with a reason."""

import pytest

from archive.boilerplate import strip
from archive.formats import read_file
from archive.refusals import IngestError

SENTENCE = "全市经济运行总体平稳，民生持续改善，社会大局保持稳定。"


def _entities() -> str:
    names = [f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 20)]
    return f"<!DOCTYPE html [<!ENTITY a0 'ha'>{''.join(names)}]><p>&a19;</p><p>{SENTENCE}</p>"


READ = {
    "100,000 nested levels": lambda: "<div>" * 100_000 + SENTENCE,
    "100,000 levels, closed again": lambda: "<b>" * 100_000 + SENTENCE + "</b>" * 100_000,
    "text on each of 20,000 levels": lambda: f"<div>{SENTENCE}" * 20_000,
    "200,000 tags": lambda: f"<p>{SENTENCE}" + "<i></i>" * 200_000,
    "20,000 nested tables": lambda: "<table><tr><td>" * 20_000 + SENTENCE,
    "30,000 rows that are not closed": lambda: "<table>" + "<tr><td>甲<td>乙" * 30_000,
    "30,000 cells inside each other": lambda: "<table><tr>" + "<td><span>甲" * 30_000,
    "30,000 links inside each other": lambda: "<table><tr><td>" + "<a>" * 30_000 + "甲<td>乙",
    "20,000 titles above the article": lambda: (
        "<h1>政府工作报告</h1>" * 20_000 + "<div>" * 20_000 + f"<p>{SENTENCE}" * 20
    ),
    "100,000 attributes": lambda: (
        "<div " + " ".join(f"a{n}=1" for n in range(100_000)) + f">{SENTENCE}<p><p><p><p>"
    ),
    "200,000 class names": lambda: f"<div class='{'nav foot ' * 100_000}'><p><p><p>{SENTENCE}",
    "a million blanks inside a word": lambda: "<p>政" + " \n" * 500_000 + f"府<p><p>{SENTENCE}",
    "entities made of entities": _entities,
    "100,000 scripts that do not end": lambda: (
        f"<p>{SENTENCE}" + "<script>" * 100_000 + "<p><p><p>"
    ),
    "a million quotes in a script": lambda: (
        f"<p>{SENTENCE}<p><p><p><script>" + '\\"' * 1_000_000 + "</script>"
    ),
    "styles without end": lambda: f"<p style='{'display: ' * 200_000}'>{SENTENCE}<p><p><p><p>",
    "nothing closed, not even a tag": lambda: f"<p>{SENTENCE}<b><i><font><a href='<div <p <table",
}

REFUSED = {
    "20 MB on one line": lambda: "<p>" + SENTENCE * 260_000,
    "NUL bytes all through": lambda: f"<p>{SENTENCE}\0".replace("，", "\0") * 500,
    "4 million tags": lambda: f"<p>{SENTENCE}" + "<br>" * 4_000_000,
    "2 million tags inside each other": lambda: "<b>" * 2_000_000 + SENTENCE,
    "a million tags in a script's text": lambda: (
        f"<p><script>var article = '{SENTENCE * 20}{'<i>' * 1_000_000}';</script>"
    ),
    "50,000 comments that do not end": lambda: "<!--" * 50_000 + f"<p>{SENTENCE}<p><p><p><p>",
}


@pytest.mark.parametrize("name", READ)
def test_the_text_of_a_hostile_page_is_read(name):
    reading = read_file(READ[name]().encode(), "page.html")
    kept = strip(reading.lines).kept
    texts = [*(line.text for line in kept), *(line.text for line in reading.removed)]
    assert any(SENTENCE[:6] in text or "甲" in text for text in texts)


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_that_cannot_be_read_is_refused(name):
    with pytest.raises(IngestError):
        read_file(REFUSED[name]().encode(), "page.html")


def test_an_entity_of_a_page_is_never_expanded():
    reading = read_file(_entities().encode(), "page.html")
    assert sum(len(line.text) for line in (*reading.lines, *reading.removed)) < 2_000
