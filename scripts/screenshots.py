"""Pictures of every page, to look at: in both languages, narrow and wide, light and dark.

    python -m scripts.screenshots [--home FOLDER] [--folder screenshots] [--only NAME] [--readme]

Needs the test requirements and a browser: apt-get install chromium chromium-driver fonts-noto-cjk.
"""

from __future__ import annotations

import base64
import itertools
import secrets
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import click
from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from archive.access.accounts import Role
from archive.intake import open_archive, take_in
from archive.settings import load_settings
from archive.texts import LANGUAGES
from scripts.background import serving

VIEWS = (
    (360, "light"),
    (360, "dark"),
    (640, "light"),
    (1280, "light"),
    (1280, "dark"),
    (2560, "light"),
)
"""640 is what a window of 1280 shows of a page at 200 %."""

USUAL_WIDTH = 1280
TALLEST, USUAL_HEIGHT, README_HEIGHT = 2600, 900, 837
README_PICTURE = "docs/search.png"
PAGES = {
    "landing": "/",
    "hits-many": "/?q=发展",
    "hits-narrowed": "/?q=发展&year=2023&sort=newest",
    "hits-one": "/?q=“银桂广场”",
    "hits-related": "/?q=枫桥经验 矛盾调解",
    "hits-none-related": "/?q=高速公路建设",
    "hits-none": "/?q=“没有的词” 发展&year=2021",
    "hits-fault": "/?q=（发展 OR",
    "hits-reports": "/?q=发展&unit=report",
    "hits-kwic": "/?q=发展&view=kwic",
    "documents": "/documents",
    "report": "{report}",
    "report-marked": "{report}?q=发展",
    "report-removed": "{report}?removed=1",
    "report-versions": "{versions}",
    "coverage": "/coverage",
    "coverage-gaps": "/coverage?from=2018&to=2026",
    "coverage-none": "/coverage?level=national",
    "trends": "/trends",
    "trends-terms": "/trends?q=发展&q=改革&q=民生",
    "trends-places": "/trends?q=发展&by=region",
    "help": "/help",
    "about": "/about",
    "sign-in": "/sign-in",
    "not-found": "/documents/nobody",
}
WRITING_PAGES = {
    "uploads": "/uploads",
    "uploads-wanted": "/uploads?region=350103&year=2021",
    "batch": "{batch}",
    "edit": "{report}/edit",
    "edit-history": "{versions}/edit",
    "lines": "{report}?removed=1&edit=1",
}
"""Those that only editors see: of the samples, not of an archive that is somebody's."""

EDITOR = "王编辑"


@click.command()
@click.option("--home", type=click.Path(path_type=Path), help="An archive; else the samples.")
@click.option("--folder", default="screenshots", type=click.Path(path_type=Path), show_default=True)
@click.option("--only", multiple=True, help="Beginning of a page's name; repeatable.")
@click.option("--readme", is_flag=True, help=f"Writes {README_PICTURE} and nothing else.")
def main(home: Path | None, folder: Path, only: Sequence[str], readme: bool) -> None:
    """Writes PAGE-LANGUAGE-WIDTH-SCHEME.png for every page."""
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        empty, samples = Path(scratch, "empty"), Path(scratch, "home")
        _open(empty)
        password = secrets.token_urlsafe()
        if home is None:
            _fill(samples, password)
        with _browser() as browser, serving(home or samples) as filled, serving(empty) as bare:
            site = filled.address
            if readme:
                _write_readme_picture(browser, site)
                return
            pages = {name: site + path for name, path in _pages(browser, site).items()}
            pages["landing-empty"], pages["documents-empty"] = (
                bare.address,
                f"{bare.address}/documents",
            )
            _photograph_all(browser, pages, folder, only)
            if home is None:
                _sign_in(browser, site, password)
                writing = _writing_pages(browser, site, Path(scratch))
                _photograph_all(browser, writing, folder, only)


def _open(home: Path) -> None:
    with open_archive(load_settings(home)):
        pass


def _fill(home: Path, password: str) -> None:
    """The samples, one of them in two versions and corrected, and an editor."""
    with open_archive(load_settings(home)) as archive:
        for path in sorted(Path(str(files("corpus"))).iterdir()):
            if path.suffix in (".txt", ".html", ".docx", ".pdf"):
                take_in(path.read_bytes(), path.name, archive)
        copy = _sample("qingyu-2024.txt") + "\n来源：青榆区人民政府办公室\n".encode()
        document_id = take_in(copy, "青榆区2024年政府工作报告（转载）.txt", archive).document_id
        archive.store.edit(document_id, {"source_site": "青榆日报"}, EDITOR)
        archive.access.accounts.add(EDITOR, password, Role.EDITOR)


def _sample(name: str) -> bytes:
    return files("corpus").joinpath(name).read_bytes()


def _sign_in(browser: Chrome, site: str, password: str) -> None:
    browser.get(f"{site}/sign-in")
    browser.find_element(By.ID, "name").send_keys(EDITOR)
    browser.find_element(By.ID, "password").send_keys(password)
    browser.find_element(By.CSS_SELECTOR, "form.sign-in button").click()
    _wait_for(browser, "form.sign-out")


def _upload(browser: Chrome, site: str, folder: Path) -> str:
    """The path of an upload with a new file, one that is there already, and a failure."""
    contents = {
        "澜溪县2026年政府工作报告.txt": _sample("wangshu-2024.txt").replace(
            "望舒".encode(), "澜溪".encode()
        ),
        "青榆区报告.txt": _sample("qingyu-2023.txt"),
        "照片.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    }
    for name, content in contents.items():
        folder.joinpath(name).write_bytes(content)
    browser.get(f"{site}/uploads?region=澜溪县&year=2026")
    paths = "\n".join(str(folder / name) for name in contents)
    browser.find_element(By.CSS_SELECTOR, "input[type=file]").send_keys(paths)
    browser.find_element(By.CSS_SELECTOR, "form.upload button").click()
    _wait_for(browser, ".outcomes:not(:has(.received, .reading, .stored))")
    return browser.current_url


def _wait_for(browser: Chrome, css: str) -> None:
    WebDriverWait(browser, 60).until(lambda _: browser.find_elements(By.CSS_SELECTOR, css))


def _write_readme_picture(browser: Chrome, site: str) -> None:
    _set_view(browser, USUAL_WIDTH, "light", README_HEIGHT)
    browser.get(f"{site}/?q=“枫桥经验”&lang=zh")
    browser.save_screenshot(README_PICTURE)


@contextmanager
def _browser() -> Iterator[Chrome]:
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(flag)
    browser = Chrome(options, Service("/usr/bin/chromedriver"))
    try:
        yield browser
    finally:
        browser.quit()


def _pages(browser: Chrome, site: str) -> dict[str, str]:
    """Name -> path of every page that all may see."""
    return {name: path.format(**_reports(browser, site)) for name, path in PAGES.items()}


def _writing_pages(browser: Chrome, site: str, folder: Path) -> dict[str, str]:
    """Name -> address of every page that editors write with."""
    reports = _reports(browser, site)
    pages = {name: path.format(batch="", **reports) for name, path in WRITING_PAGES.items()}
    return {
        **{name: site + path for name, path in pages.items()},
        "batch": _upload(browser, site, folder),
    }


def _reports(browser: Chrome, site: str) -> Mapping[str, str]:
    """The paths of a report, and of one that has several versions if there is one."""
    browser.get(f"{site}/documents")
    report = _path_of(browser, ".place-reports a.name", site)[0]
    versions = _path_of(browser, ".place-reports a[href$='#versions']", site)
    return {"report": report, "versions": [*versions, report][0].partition("#")[0]}


def _path_of(browser: Chrome, css: str, site: str) -> list[str]:
    links = browser.find_elements(By.CSS_SELECTOR, css)
    return [str(link.get_attribute("href")).removeprefix(site) for link in links]


def _set_view(browser: Chrome, width: int, scheme: str, height: int) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def _photograph_all(
    browser: Chrome, pages: Mapping[str, str], folder: Path, only: Sequence[str]
) -> None:
    for name, address in pages.items():
        if not only or name.startswith(tuple(only)):
            _photograph(browser, name, address, folder)
            click.echo(name)


def _photograph(browser: Chrome, name: str, address: str, folder: Path) -> None:
    for language, (width, scheme) in itertools.product(LANGUAGES, VIEWS):
        _set_view(browser, width, scheme, USUAL_HEIGHT)
        browser.get(f"{address}{'&' if '?' in address else '?'}lang={language}")
        height = browser.execute_script("return document.scrollingElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST), "scale": 1}
        taken = browser.execute_cdp_cmd(
            "Page.captureScreenshot", {"clip": clip, "captureBeyondViewport": True}
        )
        picture = base64.b64decode(taken["data"])
        (folder / f"{name}-{language}-{width}-{scheme}.png").write_bytes(picture)


if __name__ == "__main__":
    main()
