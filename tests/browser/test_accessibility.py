"""For every reader: axe-core finds nothing serious, the keyboard alone is enough, nothing jumps."""

from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.signing import sign_in
from tests.browser.waiting import leave

AXE = Path(__file__).resolve().parents[2] / ".venv/axe/axe_playwright_python/axe.min.js"
PAGES = [
    "/",
    "/?q=发展",
    "/?q=发展&year=2021&sort=newest",
    "/?q=“没有的词” 发展&year=2021",
    "/?q=枫桥经验 矛盾调解",
    "/?q=高速公路建设",
    "/?q=(发展",
    "/documents",
    "/documents/nobody",
    "/uploads",
    "/help",
    "{report}",
    "{report}?q=发展&removed=1",
    "{report}/edit",
]
SERIOUS = {"serious", "critical"}
MOST_CONTROLS = 700


def links(browser: Chrome, css: str) -> list[str]:
    return [str(one.get_attribute("href")) for one in browser.find_elements(By.CSS_SELECTOR, css)]


@pytest.fixture
def addresses(browser: Chrome, site: str) -> list[str]:
    """Every page of the site: those above, and whatever the menu leads to."""
    browser.get(f"{site}/documents")
    report = links(browser, ".place-reports a.name")[0]
    known = [site + page if page.startswith("/") else page.format(report=report) for page in PAGES]
    return list(dict.fromkeys([*known, *links(browser, ".menu a")]))


@pytest.fixture
def emulate(browser: Chrome):
    """Sets what the reader prefers: emulate("prefers-color-scheme", "dark")."""

    def set_preference(name: str, value: str) -> None:
        features = [{"name": name, "value": value}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    yield set_preference
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def forget_console(browser: Chrome) -> None:
    """Drops the complaints about pages that are errors on purpose."""
    browser.get_log("browser")


def with_language(address: str, language: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={language}"


def serious_faults(browser: Chrome) -> list[tuple[str, str, list[str]]]:
    """What axe-core finds on the page with everything open: rule, impact, where."""
    for details in browser.find_elements(By.CSS_SELECTOR, "details"):
        browser.execute_script("arguments[0].open = true", details)
    browser.execute_script(AXE.read_text("utf-8"))
    result = browser.execute_async_script(
        "const done = arguments[0]; axe.run().then(done, e => done({failed: String(e)}))"
    )
    assert "failed" not in result, result
    assert len(result["passes"]) > 10
    return [
        (one["id"], one["impact"], [node["html"][:160] for node in one["nodes"][:3]])
        for one in result["violations"]
        if one["impact"] in SERIOUS
    ]


needs_axe = pytest.mark.skipif(not AXE.exists(), reason="needs axe-core: make .venv/axe")


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_serious_on_any_page(browser, addresses, emulate, language, scheme):
    emulate("prefers-color-scheme", scheme)
    faults = []
    for address in addresses:
        browser.get(with_language(address, language))
        faults += [(address, *fault) for fault in serious_faults(browser)]
    forget_console(browser)
    assert faults == []


@needs_axe
def test_axe_finds_nothing_serious_where_an_upload_is_told_or_a_correction_has_faults(
    browser, addresses, site, corpus, tmp_path
):
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    sign_in(browser, site)
    browser.get(f"{site}/uploads")
    chosen = browser.find_element(By.CSS_SELECTOR, "input[type=file]")
    chosen.send_keys(f"{corpus / 'wangshu-2024.txt'}\n{empty}")
    submit(browser, ".upload button")
    assert len(browser.find_elements(By.CSS_SELECTOR, ".outcomes > li")) == 2
    assert serious_faults(browser) == []

    browser.get(next(one for one in addresses if one.endswith("/edit")))
    browser.find_element(By.ID, "report_year").send_keys("next year")
    submit(browser, "form.edit button")
    assert browser.find_elements(By.CSS_SELECTOR, "[aria-invalid=true]")
    assert serious_faults(browser) == []
    forget_console(browser)


def submit(browser: Chrome, css: str) -> None:
    leave(browser, browser.find_element(By.CSS_SELECTOR, css).click)


WATCH_FOCUS = """
window.seen = new Set(); window.invisible = [];
document.addEventListener("focusin", event => {
  const element = event.target, style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  seen.add(element);
  const has_ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  if (!has_ring || box.width < 1 || box.bottom <= 0 || box.top >= innerHeight) {
    invisible.push(element.outerHTML.slice(0, 120));
  }
});
"""
UNREACHED = """
const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary";
return [...document.querySelectorAll(controls)]
  .filter(one => one.checkVisibility() && !seen.has(one)).map(one => one.outerHTML.slice(0, 120));
"""


def test_the_keyboard_alone_reaches_every_control_and_shows_where_it_is(browser, addresses):
    for address in addresses:
        browser.get(address)
        browser.execute_script(WATCH_FOCUS)
        browser.execute_script("document.activeElement.blur()")
        count = len(browser.find_elements(By.CSS_SELECTOR, "a, button, input, select, summary"))
        assert count < MOST_CONTROLS
        ActionChains(browser, duration=0).send_keys(Keys.TAB * (count + 15)).perform()
        assert browser.execute_script("return invisible") == [], address
        assert browser.execute_script(UNREACHED) == [], address
    forget_console(browser)


def test_nothing_on_a_page_jumps_while_it_loads(browser, addresses):
    for address in addresses:
        browser.get(address)
        shifts = browser.execute_async_script(
            """
            const done = arguments[0];
            let sum = 0;
            new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
              .observe({type: "layout-shift", buffered: true});
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum))));
            """
        )
        assert shifts == 0, address
    forget_console(browser)


# 1280 pixels at a zoom of 200 % are 640; letters of twice the size alone are harder.
@pytest.mark.parametrize(("width", "letters"), [(640, "100%"), (1280, "200%"), (360, "130%")])
def test_a_page_that_is_zoomed_does_not_scroll_sideways(
    browser, addresses, at_width, width, letters
):
    at_width(width)
    for address in addresses:
        browser.get(address)
        overflow = browser.execute_script(
            """
            document.documentElement.style.fontSize = arguments[0];
            document.querySelectorAll("details").forEach(one => { one.open = true; });
            return document.scrollingElement.scrollWidth - innerWidth;
            """,
            letters,
        )
        assert overflow <= 0, address
    forget_console(browser)


def test_nothing_moves_for_readers_who_ask_for_that(browser, addresses, emulate):
    emulate("prefers-reduced-motion", "reduce")
    for address in addresses:
        browser.get(address)
        moving = browser.execute_script(
            """
            return [...document.querySelectorAll("*")].filter(one => {
              const style = getComputedStyle(one);
              return /[1-9]/.test(style.transitionDuration + style.animationDuration)
                || style.scrollBehavior === "smooth";
            }).map(one => one.outerHTML.slice(0, 120));
            """
        )
        assert moving == [], address
    forget_console(browser)
