"""What whoever watches the server is told: health, readiness, figures, logs."""

import json
import logging

import pytest
from prometheus_client.parser import text_string_to_metric_families

from archive.intake import take_in
from archive.logs import JsonFormatter, PlainFormatter
from webui.holdings import holdings_of


def figures(client):
    answer = client.get("/metrics")
    assert answer.content_type.startswith("text/plain")
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def damage(settings):
    [segment] = (settings.search / "0001").glob("*.arrays")
    content = bytearray(segment.read_bytes())
    content[-1] ^= 1
    segment.write_bytes(content)


def damage_database(app, settings):
    # What a connection has read stays in its memory, so these are let go of first.
    holdings_of(app).archive.store._database.close()
    settings.database.write_bytes(b"nonsense" * 4000)


def add(app, report):
    held = holdings_of(app)
    take_in(report, "report.txt", held.archive)
    return held


def test_a_process_that_answers_is_healthy_whatever_its_archive(own_app, settings):
    settings.database.write_bytes(b"nonsense" * 1000)

    answer = own_app.test_client().get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_an_archive_that_is_searched_whole_is_ready(client):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json) == (200, {"status": "ready", "documents": 3})
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_empty_archive_is_ready(own_client):
    assert own_client.get("/readyz").json == {"status": "ready", "documents": 0}


def test_documents_that_are_not_indexed_yet_make_it_unready_until_they_are(own_app, report_of):
    held = add(own_app, report_of("两条河的堤防全部加高。"))
    client = own_app.test_client()
    assert client.get("/readyz").json["reasons"][0]["code"] == "index_missing"
    held.catch_up()
    assert client.get("/readyz").status_code == 200
    [document_id] = held.archive.store.list_revisions()
    held.archive.store.edit(document_id, {"report_year": "2020"}, "王编辑")

    answer = client.get("/readyz", headers={"Accept-Language": "en"})

    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    [reason] = answer.json["reasons"]
    assert reason["code"] == "index_outdated"
    assert "1 documents" in reason["message"]


def test_a_damaged_index_makes_it_unready(own_app, settings, report_of):
    held = add(own_app, report_of("两条河的堤防全部加高。"))
    held.catch_up()
    held.live.close()
    damage(settings)

    answer = own_app.test_client().get("/readyz")

    assert (answer.status_code, answer.json["reasons"][0]["code"]) == (503, "engine")


def test_a_damaged_database_makes_it_unready(own_app, settings):
    damage_database(own_app, settings)

    answer = own_app.test_client().get("/readyz")

    assert (answer.status_code, answer.json["reasons"][0]["code"]) == (503, "store")


def test_requests_and_searches_are_counted_by_route_and_status(client):
    before = figures(client)
    client.get("/?q=枫桥经验")
    client.get("/?q=(枫桥")
    client.get("/")
    client.get("/secret-address-1")
    client.get("/secret-address-2")

    after = figures(client)

    def grown(name, **labels):
        key = (name, *sorted(labels.items()))
        return after.get(key, 0) - before.get(key, 0)

    page = {"method": "GET", "route": "/"}
    assert grown("zhengwen_requests_total", **page, status="200") == 2
    assert grown("zhengwen_requests_total", **page, status="400") == 1
    assert grown("zhengwen_requests_total", method="GET", route="none", status="404") == 2
    assert grown("zhengwen_request_seconds_count", route="/") == 3
    assert grown("zhengwen_request_seconds_bucket", route="/", le="+Inf") == 3
    assert grown("zhengwen_searches_total", status="200") == 1
    assert grown("zhengwen_searches_total", status="400") == 1


def test_no_label_holds_what_anybody_has_typed(client):
    client.get("/?q=枫桥经验")
    client.get("/typed-address?typed=1", headers={"X-Request-ID": "typed-id"})
    client.open("/", method="TYPED")

    text = client.get("/metrics").text

    assert "typed" not in text.lower().replace("typed_", "")
    assert "枫桥" not in text


def test_what_the_archive_holds_is_told(own_app, report_of):
    held = add(own_app, report_of("两条河的堤防全部加高。"))
    held.catch_up()
    client = own_app.test_client()

    found = figures(client)

    assert found[("zhengwen_documents",)] == 1
    assert found[("zhengwen_paragraphs",)] == held.archive.store.count_paragraphs() > 1
    assert found[("zhengwen_index_documents",)] == 1
    assert found[("zhengwen_index_generation",)] == 1
    assert found[("process_resident_memory_bytes",)] > 10_000_000


def test_figures_that_cannot_be_told_are_left_out_and_the_others_given(own_app, settings):
    damage_database(own_app, settings)

    found = figures(own_app.test_client())

    assert ("zhengwen_documents",) not in found
    assert ("process_resident_memory_bytes",) in found


def test_two_applications_count_for_themselves(client, own_client):
    client.get("/help")
    found = figures(own_client)
    assert not any(name == "zhengwen_requests_total" for name, *_ in found)


@pytest.mark.parametrize("given", ["trace-4711", "A" * 128, "00-4bf92f3577b34da6.1:2_3"])
def test_a_sane_request_id_is_taken_over(client, given):
    answer = client.get("/healthz", headers={"X-Request-ID": given})
    assert answer.headers["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "a b", "A" * 129, '"><script>', "枫", "-x"])
def test_another_one_is_made_anew_and_never_twice(client, given):
    headers = {"X-Request-ID": given.encode().decode("latin-1")}
    made = [client.get("/healthz", headers=headers).headers["X-Request-ID"] for _ in range(2)]
    assert made[0] != made[1]
    assert given not in made
    assert all(one.isalnum() for one in made)


def test_errors_name_the_request(client):
    headers = {"X-Request-ID": "trace-1"}
    page = client.get("/nowhere", headers=headers)
    answer = client.get("/api/v1/nowhere", headers=headers)
    refused = client.post("/api/v1/search", headers={**headers, "Sec-Fetch-Site": "same-origin"})

    assert "trace-1" in page.text
    assert answer.json["error"]["request_id"] == "trace-1"
    assert refused.json["error"]["request_id"] == "trace-1"


class Lines(logging.Handler):
    """Keeps the lines as they are written while the request is answered."""

    def __init__(self, formatter):
        super().__init__()
        self.setFormatter(formatter)
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def lines_of():
    """A function formatter -> the list that the lines logged from now on come into."""
    root, handlers, level = logging.getLogger(), [], logging.getLogger().level
    root.setLevel(logging.INFO)

    def listen(formatter):
        handlers.append(Lines(formatter))
        root.addHandler(handlers[-1])
        return handlers[-1].lines

    yield listen
    root.setLevel(level)
    for handler in handlers:
        root.removeHandler(handler)


def test_every_line_of_a_request_is_json_with_its_id_and_holds_no_query(
    own_app, monkeypatch, lines_of
):
    def break_down(*_):
        raise RuntimeError("a bug\nof ours")

    monkeypatch.setattr("archive.store.Store.list_documents", break_down)
    lines = lines_of(JsonFormatter())
    own_app.test_client().get("/documents?q=枫桥", headers={"X-Request-ID": "trace-2"})

    entries = [json.loads(line) for line in lines]
    assert [entry["request_id"] for entry in entries] == ["trace-2", "trace-2"]
    bug, answered = entries
    assert "RuntimeError: a bug" in bug["exception"]
    assert (answered["route"], answered["status"], answered["level"]) == ("/documents", 500, "INFO")
    assert 0 <= answered["seconds"] < 60
    assert "枫桥" not in "".join(lines)


def test_a_plain_line_is_one_line_whatever_is_logged(client, lines_of):
    lines = lines_of(PlainFormatter())
    client.get("/healthz", headers={"X-Request-ID": "trace-3"})
    logging.getLogger("some").warning("name=%s", "a\nb\x1b[31m")

    assert lines[0].endswith("request_id=trace-3")
    assert lines[1].endswith("name=a\\nb\\x1b[31m request_id=trace-3")
