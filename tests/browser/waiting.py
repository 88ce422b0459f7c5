"""Waiting for pages as they go and come, in a real browser."""

from collections.abc import Callable

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.wait import WebDriverWait


def wait(browser: Chrome, seconds: float = 20) -> WebDriverWait[Chrome]:
    """Waits for what is asked of a page that may be just being replaced."""
    # The driver answers with errors of its own while the page goes.
    return WebDriverWait(browser, seconds, ignored_exceptions=[WebDriverException])


def leave(browser: Chrome, act: Callable[[], object]) -> None:
    """Does what leads to another page, until that page is there whole."""
    page = browser.find_element(By.CSS_SELECTOR, "html")
    act()
    wait(browser).until(staleness_of(page))
    wait(browser).until(
        lambda _: browser.execute_script("return document.readyState") == "complete"
    )
    wait(browser).until(lambda _: browser.find_elements(By.CSS_SELECTOR, ".colophon"))
