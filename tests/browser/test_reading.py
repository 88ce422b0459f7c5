"""Reading a report with the keyboard, in a real browser."""

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from tests.browser.waiting import wait


def anchor(browser: Chrome) -> str:
    return browser.execute_script("return decodeURIComponent(location.hash.slice(1))")


def press(browser: Chrome, key: str) -> None:
    browser.find_element(By.TAG_NAME, "body").send_keys(key)


def open_report(browser: Chrome, site: str, query: str) -> list[str]:
    """Opens the first report there is; the ids of the paragraphs with marks."""
    browser.get(f"{site}/documents")
    report = browser.find_element(By.CSS_SELECTOR, ".place-reports .name").get_attribute("href")
    browser.get(f"{report}?q={query}")
    hits = browser.find_elements(By.CSS_SELECTOR, "[data-hit]")
    return [hit.get_attribute("id") for hit in hits]


def test_keys_go_to_the_next_and_the_previous_hit_and_stop_at_the_ends(browser, site):
    hits = open_report(browser, site, "发展")
    assert len(hits) > 2

    visited = []
    for key in ["n", "j", "p", "k", "k"]:
        press(browser, key)
        visited.append(anchor(browser))

    assert visited == [hits[0], hits[1], hits[0], hits[0], hits[0]]


def test_the_hit_that_is_gone_to_is_in_view_and_keys_are_announced(browser, site):
    hits = open_report(browser, site, "发展")
    assert browser.find_element(By.CSS_SELECTOR, ".keys").is_displayed()

    for _ in hits:
        press(browser, "n")

    last = browser.find_element(By.ID, hits[-1])
    wait(browser).until(
        lambda _: browser.execute_script(
            "const box = arguments[0].getBoundingClientRect();"
            "return box.top >= 0 && box.top < innerHeight",
            last,
        )
    )


def test_keys_typed_into_the_search_box_stay_there(browser, site):
    open_report(browser, site, "发展")
    box = browser.find_element(By.CSS_SELECTOR, ".masthead input[name=q]")

    box.send_keys("njpk")

    assert box.get_attribute("value") == "发展njpk"
    assert anchor(browser) == ""


def test_a_report_is_printed_with_its_source_and_without_navigation(browser, site):
    open_report(browser, site, "发展")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})

    def is_shown(css: str) -> bool:
        return browser.find_element(By.CSS_SELECTOR, css).is_displayed()

    shown = {css: is_shown(css) for css in (".masthead", ".contents", ".report", ".print-source")}
    source = browser.find_element(By.CSS_SELECTOR, ".print-source").text
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})

    assert shown == {
        ".masthead": False,
        ".contents": False,
        ".report": True,
        ".print-source": True,
    }
    assert browser.current_url.split("?")[0] in source
