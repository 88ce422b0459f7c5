"""An index that is broken while the site is up: said with 503 everywhere, never “nothing found”."""

import shutil

import pytest

from archive.intake import open_archive, take_in
from archive.settings import load_settings
from webui.app import close_app, create_app
from webui.holdings import holdings_of

QUESTIONS = (
    "/?q=发展",
    "/?q=发展&view=kwic",
    "/?q=发展&unit=report",
    "/api/v1/search?q=发展",
    "/api/v1/trends?q=发展",
    "/trends?q=发展",
    "/trends.csv?q=发展",
    "/export/csv?q=发展",
    "/export/jsonl?q=发展",
    "/export/xlsx?q=发展",
    "/feed?q=发展",
    "/readyz",
)


def flip_a_bit(search):
    [segment] = (search / "0001").glob("*.arrays")
    content = bytearray(segment.read_bytes())
    content[-1] ^= 1
    segment.write_bytes(content)


BREAKING = {
    "a flipped bit": flip_a_bit,
    "no segments": lambda search: [path.unlink() for path in search.rglob("*.arrays")],
    "no table of contents": lambda search: [path.unlink() for path in search.rglob("*.toc")],
    "no manifest": lambda search: (search / "0001" / "manifest.json").unlink(),
    "other rules": lambda search: (search / "0001" / "manifest.json").write_text("{}"),
    "a pointer to nothing": lambda search: (search / "current").write_text("0007\n"),
    "a pointer that is none": lambda search: (search / "current").write_text("000?\n"),
    "no build": lambda search: shutil.rmtree(search / "0001"),
    "no index": shutil.rmtree,
}


@pytest.mark.parametrize("how", BREAKING)
def test_every_question_is_answered_with_503_and_reports_can_be_read(tmp_path, corpus, how):
    settings = load_settings(tmp_path / "home", environment={})
    with open_archive(settings) as archive:
        data = (corpus / "qingyu-2021.txt").read_bytes()
        document = take_in(data, "a.txt", archive).document_id
    app = create_app(settings)
    client = app.test_client()
    try:
        assert client.get("/readyz").status_code == 200
        # What is mapped into memory would answer as before.
        holdings_of(app).live.close()
        BREAKING[how](settings.search)

        for address in QUESTIONS:
            answer = client.get(address)
            assert answer.status_code == 503, address
            assert int(answer.headers["Retry-After"]) > 0, address
        for address in (f"/documents/{document}", f"/api/v1/documents/{document}", "/healthz"):
            assert client.get(address).status_code == 200, address
    finally:
        close_app(app)
