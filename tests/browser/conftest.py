"""A real browser and a real server over a real archive."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from werkzeug.serving import make_server

from archive.access.accounts import Role
from archive.intake import open_archive, take_in
from archive.settings import Settings, load_settings
from index.builds import LiveIndex
from index.indexer import index_pending
from index.worker import working
from tests.browser.signing import NAME, PASSWORD
from webui import close_app, create_app

CHROMIUM = Path("/usr/bin/chromium")
DRIVER = Path("/usr/bin/chromedriver")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--accept-lang=zh-CN",
    "--window-size=1280,900",
)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """Debian's Chromium without a window, for a Chinese reader."""
    if not (CHROMIUM.exists() and DRIVER.exists()):
        pytest.skip(
            "needs a browser: apt-get install chromium chromium-driver fonts-noto-cjk (Debian)"
        )
    options = Options()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = Chrome(options, Service(str(DRIVER)))
    yield browser
    browser.quit()


@pytest.fixture
def browser(chromium: Chrome) -> Iterator[Chrome]:
    """The browser at its usual size; at the end the console must have no complaint."""
    set_width(chromium, 1280)
    # The language that a reader chose, and who is signed in, are of one test only.
    chromium.execute_cdp_cmd("Network.clearBrowserCookies", {})
    chromium.get_log("browser")
    yield chromium
    complaints = [entry["message"] for entry in chromium.get_log("browser")]
    assert complaints == []


def set_width(browser: Chrome, width: int) -> None:
    """Makes the page as wide as this, in CSS pixels."""
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


@pytest.fixture
def at_width(browser: Chrome):
    """Sets the width of the page."""
    return lambda width: set_width(browser, width)


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    """A home with the sample reports of three years, indexed, and an editor; to be copied."""
    settings = load_settings(tmp_path_factory.mktemp("samples") / "home", environment={})
    with open_archive(settings) as archive:
        for name in ("qingyu-2021.txt", "qingyu-2023.txt", "lanxi-2024.html", "lanxi-2023.docx"):
            take_in((corpus / name).read_bytes(), name, archive)
        archive.access.accounts.add(NAME, PASSWORD, Role.EDITOR)
        with closing(LiveIndex(settings.search)) as live:
            index_pending(archive.store, live)
    return settings.home


@pytest.fixture
def site(tmp_path: Path, sample_home: Path) -> Iterator[str]:
    """The address of a server over an archive of the sample reports of three years."""
    home = shutil.copytree(sample_home, tmp_path / "home")
    settings = load_settings(home, environment={})
    app = create_app(settings)
    stop_worker = start_worker(settings)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
    stop_worker()
    close_app(app)


def start_worker(settings: Settings) -> Callable[[], None]:
    """Begins to read what is uploaded; gives back what ends it."""
    stopping = threading.Event()

    def work() -> None:
        live = LiveIndex(settings.search)
        with (
            open_archive(settings) as archive,
            working(settings, archive, live) as worker,
        ):
            worker.run(stopping)
        live.close()

    thread = threading.Thread(target=work)
    thread.start()

    def stop() -> None:
        stopping.set()
        thread.join()

    return stop
