"""Signing in as people do, in a real browser."""

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from tests.browser.waiting import wait

NAME, PASSWORD = "王编辑", "竹海古道，四十公里长"


def sign_in(browser: Chrome, site: str) -> None:
    """Signs the editor of the site in."""
    browser.get(f"{site}/sign-in")
    browser.find_element(By.ID, "name").send_keys(NAME)
    browser.find_element(By.ID, "password").send_keys(PASSWORD)
    browser.find_element(By.CSS_SELECTOR, "form.sign-in button").click()
    wait(browser).until(lambda there: there.find_elements(By.CSS_SELECTOR, "form.sign-out button"))
