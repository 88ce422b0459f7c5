"""Pictures of every page, to look at: in both languages, wide and narrow, light and dark.

    python -m scripts.screenshots [--home FOLDER] [--folder screenshots] [--only NAME] [--readme]

Needs the test requirements and a browser: apt-get install chromium chromium-driver fonts-noto-cjk.
"""

from __future__ import annotations

import base64
import itertools
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import click
from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

from archive.intake import open_archive, take_in
from archive.settings import load_settings
from archive.texts import LANGUAGES
from scripts.background import serving

WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")
TALLEST, USUAL_HEIGHT, README_HEIGHT = 2600, 900, 837
README_PICTURE = "docs/search.png"
PAGES = {
    "landing": "/",
    "hits-many": "/?q=发展",
    "hits-narrowed": "/?q=发展&year=2023&sort=newest",
    "hits-one": "/?q=“银桂广场”",
    "hits-none": "/?q=“没有的词” 发展&year=2021",
    "hits-fault": "/?q=（发展 OR",
    "documents": "/documents",
    "report": "{report}",
    "report-marked": "{report}?q=发展",
    "report-removed": "{report}?removed=1",
    "edit": "{report}/edit",
    "uploads": "/uploads",
    "help": "/help",
    "not-found": "/documents/nobody",
}


@click.command()
@click.option("--home", type=click.Path(path_type=Path), help="An archive; else the samples.")
@click.option("--folder", default="screenshots", type=click.Path(path_type=Path), show_default=True)
@click.option("--only", multiple=True, help="Beginning of a page's name; repeatable.")
@click.option("--readme", is_flag=True, help=f"Writes {README_PICTURE} and nothing else.")
def main(home: Path | None, folder: Path, only: Sequence[str], readme: bool) -> None:
    """Writes PAGE-LANGUAGE-WIDTH-SCHEME.png for every page."""
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        empty = Path(scratch, "empty")
        _fill(empty, [])
        if home is None:
            home = Path(scratch, "home")
            _fill(home, sorted(Path(str(files("corpus"))).iterdir()))
        with _browser() as browser, serving(home) as filled, serving(empty) as bare:
            site, empty_site = filled.address, bare.address
            if readme:
                _set_view(browser, WIDTHS[0], SCHEMES[0], README_HEIGHT)
                browser.get(f"{site}/?q=“枫桥经验”&lang=zh")
                browser.save_screenshot(README_PICTURE)
                return
            pages = {name: site + path for name, path in _pages(browser, site).items()}
            pages["landing-empty"], pages["documents-empty"] = empty_site, f"{empty_site}/documents"
            for name, address in pages.items():
                if not only or name.startswith(tuple(only)):
                    _photograph(browser, name, address, folder)
                    click.echo(name)


def _fill(home: Path, paths: Sequence[Path]) -> None:
    with open_archive(load_settings(home)) as archive:
        for path in paths:
            if path.suffix in (".txt", ".html", ".docx", ".pdf"):
                take_in(path.read_bytes(), path.name, archive)


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
    """Name -> path of every page, those of the menu that are not named above among them."""
    browser.get(f"{site}/documents")
    report = _path_of(browser, ".place-reports a.name", site)[0]
    pages = {name: path.format(report=report) for name, path in PAGES.items()}
    for path in _path_of(browser, ".menu a", site):
        if path not in pages.values():
            pages[path.strip("/").replace("/", "-")] = path
    return pages


def _path_of(browser: Chrome, css: str, site: str) -> list[str]:
    links = browser.find_elements(By.CSS_SELECTOR, css)
    return [str(link.get_attribute("href")).removeprefix(site) for link in links]


def _set_view(browser: Chrome, width: int, scheme: str, height: int) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def _photograph(browser: Chrome, name: str, address: str, folder: Path) -> None:
    for language, width, scheme in itertools.product(LANGUAGES, WIDTHS, SCHEMES):
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
