"""Applications over real archives: one with reports of made-up places, and empty ones."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.access.accounts import Role
from archive.intake import Archive, open_archive, take_in
from archive.settings import Settings, load_settings
from index.worker import working
from webui import close_app, create_app
from webui.holdings import holdings_of
from webui.protection.identity import SESSION_ID
from webui.protection.sessions import CSRF

ENDING = (
    "各位代表！新的一年，我们将依靠全区人民，脚踏实地，把每一件实事办好，让日子一年更比一年好。"
)


def write_report(place: str, head: str, day: str, year: int, *paragraphs: str) -> bytes:
    """A plain text report of a made-up place that reviews a year and plans the next."""
    lines = [
        "政府工作报告",
        f"（{day}在{place}第五届人民代表大会第三次会议上）",
        f"{place}人民政府{head}　辛禾",
        "各位代表：",
        f"现在，我代表{place}人民政府，向大会报告政府工作，请予审议，并请列席人员提出意见。",
        f"一、{year - 1}年工作回顾",
        *paragraphs,
        f"二、{year}年工作安排",
        ENDING,
    ]
    return "\n".join(lines).encode("utf-8")


@pytest.fixture
def report_of() -> Callable[..., bytes]:
    """A function paragraphs -> the file of a report that holds them."""
    return partial(write_report, "青榆区", "区长", "2024年1月9日", 2024)


REPORTS = {
    "青榆区2023.txt": write_report(
        "青榆区",
        "区长",
        "2023年1月5日",
        2023,
        "我们在十二个村试行“枫桥经验”，邻里纠纷大多在村里化解。",
        "数字经济起步，三家企业建成数字车间。",
    ),
    "青榆区2024.txt": write_report(
        "青榆区",
        "区长",
        "2024年1月9日",
        2024,
        "我们坚持和发展新时代“枫桥经验”，调解纠纷三百件。",
        "乡村振兴稳步推进，修通村道四十公里。",
    ),
    "望舒区2024.txt": write_report(
        "望舒区",
        "区长",
        "2024年1月16日",
        2024,
        "枫桥经验落地生根，枫桥式派出所达到五个。",
        *(f"澄湖治理第{number}号工程完工，沿岸居民受益。" for number in range(1, 46)),
    ),
}
"""File name -> bytes. 枫桥经验 stands in one paragraph of each, 澄湖 in 45 of 望舒区."""

MakeClient = Callable[..., FlaskClient]


def fill(archive: Archive, files: dict[str, bytes]) -> dict[str, str]:
    """File name -> id of the document it became."""
    return {name: take_in(data, name, archive).document_id for name, data in files.items()}


@pytest.fixture(scope="session")
def report_ids(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, dict[str, str]]]:
    """The application over REPORTS, and the ids of its documents by file name."""
    settings = load_settings(
        tmp_path_factory.mktemp("home"), {"requests_per_minute": 0}, environment={}
    )
    with open_archive(settings) as archive:
        ids = fill(archive, REPORTS)
    app = create_app(settings)
    yield app, ids
    close_app(app)


@pytest.fixture
def client(report_ids: tuple[Flask, dict[str, str]]) -> FlaskClient:
    """A Chinese reader of REPORTS; nothing may be added here."""
    return report_ids[0].test_client()


@pytest.fixture
def ids(report_ids: tuple[Flask, dict[str, str]]) -> dict[str, str]:
    """File name -> document id, of REPORTS."""
    return report_ids[1]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of an archive of one's own."""
    return load_settings(tmp_path / "home", {"requests_per_minute": 0}, environment={})


@pytest.fixture
def own_app(settings: Settings) -> Iterator[Flask]:
    """An application over an empty archive of one's own."""
    app = create_app(settings)
    yield app
    close_app(app)


def work_off(app: Flask, settings: Settings) -> None:
    """Has a worker read all that was uploaded, and ends it."""
    held = holdings_of(app)
    with working(settings, held.archive, held.live, wait_seconds=0) as worker:
        worker.run_until_idle()


class WorkedOffClient(FlaskClient):
    """A client for whom a worker has read each upload before the answer is given."""

    settings: Settings

    def open(self, *arguments, **options):
        answer = super().open(*arguments, **options)
        if answer.request.method == "POST" and answer.request.path.startswith("/uploads"):
            work_off(self.application, self.settings)
        return answer


@pytest.fixture
def own_client(own_app: Flask, settings: Settings) -> FlaskClient:
    """A signed-in editor of an empty archive of one's own, whose uploads are worked off at once."""
    own_app.test_client_class = WorkedOffClient
    client = signed_in(own_app)
    client.settings = settings
    own_app.test_client_class = None
    return client


def signed_in(app: Flask, name: str = "王编辑", role: Role = Role.EDITOR) -> FlaskClient:
    """A browser in which somebody is signed in; it sends the mark of its session by itself."""
    accounts = holdings_of(app).archive.access.accounts
    if accounts.find(name) is None:
        accounts.add(name, None, role)
    client = app.test_client()
    with client.session_transaction() as session:
        session[SESSION_ID] = accounts.start_session(name, hours=1)
        session[CSRF] = MARK
    client.environ_base["HTTP_X_CSRF_TOKEN"] = MARK
    return client


MARK = "the mark of the session"
