"""The application as servers such as gunicorn take it."""

from archive.intake import open_archive, take_in
from archive.settings import load_settings
from webui import close_app
from webui.wsgi import application


def test_a_server_gets_the_application_over_the_archive_it_names(tmp_path, corpus):
    settings = load_settings(tmp_path / "home", environment={})
    with open_archive(settings) as archive:
        take_in((corpus / "qingyu-2021.txt").read_bytes(), "qingyu-2021.txt", archive)

    app = application(str(tmp_path / "home"))

    assert "青榆区" in app.test_client().get("/?q=发展").text
    close_app(app)


def test_without_a_name_it_is_the_archive_of_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("ZHENGWEN_HOME", str(tmp_path / "elsewhere"))

    app = application()

    assert app.test_client().get("/readyz").json["documents"] == 0
    assert (tmp_path / "elsewhere" / "archive.sqlite").exists()
    close_app(app)
