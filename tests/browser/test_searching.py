"""What readers do on the search page, in a real browser."""

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from tests.browser.waiting import leave, wait


def one(browser, css):
    return browser.find_element(By.CSS_SELECTOR, css)


def every(browser, css):
    return browser.find_elements(By.CSS_SELECTOR, css)


def link(browser, text):
    [found] = [a for a in every(browser, "main a") if a.text.split("\n")[0].strip() == text]
    return found


def test_a_slash_goes_to_the_search_box_and_is_text_in_it(browser, site):
    browser.get(f"{site}/?q=发展")
    one(browser, "body").send_keys("/")
    box = one(browser, "main input[name=q]")
    assert browser.switch_to.active_element == box
    box.send_keys(Keys.END, "/")
    assert box.get_attribute("value") == "发展/"


def test_lines_of_context_are_lined_up_and_sorted(browser, site):
    browser.get(f"{site}/?q=发展")
    leave(browser, link(browser, "上下文").click)
    Select(one(browser, "select[name=context]")).select_by_value("right")
    width = one(browser, "input[name=width]")
    width.clear()
    width.send_keys("12")
    leave(browser, one(browser, ".kwic-tools button").click)
    rights = [cell.text for cell in every(browser, ".kwic .right")]
    signless = ["".join(filter(str.isalnum, right)) for right in rights]
    assert len(rights) > 5
    assert signless == sorted(signless)
    assert max(map(len, rights)) <= 12
    assert len({mark.rect["x"] for mark in every(browser, ".kwic td.match")}) == 1


def test_facets_narrow_and_the_back_button_takes_that_back(browser, site):
    browser.get(f"{site}/?q=发展")
    before = one(browser, ".summary b").text
    leave(browser, one(browser, ".bars a").click)
    assert one(browser, ".summary b").text != before
    assert len(every(browser, ".chips li")) == 2
    leave(browser, browser.back)
    assert one(browser, ".summary b").text == before


def test_a_citation_is_opened_and_can_be_copied(browser, site):
    browser.get(f"{site}/?q=发展")
    browser.execute_cdp_cmd(
        "Browser.grantPermissions",
        {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]},
    )
    one(browser, ".hit .cite summary").click()
    button = one(browser, ".hit .cite .copy")
    citation = one(browser, ".hit .citation").text
    assert "[EB/OL]" in citation
    button.click()
    wait(browser, 10).until(lambda _: button.text == "已复制")
    copied = browser.execute_async_script(
        "navigator.clipboard.readText().then(arguments[arguments.length - 1])"
    )
    assert copied == citation


def test_on_a_phone_nothing_is_wider_than_the_screen(browser, site, at_width):
    at_width(390)
    for view in ("", "&unit=report", "&view=kwic&width=60", "&year=2021"):
        browser.get(f"{site}/?q=发展{view}")
        panel = one(browser, ".narrow-by")
        assert panel.get_attribute("open") is None
        one(browser, ".narrow-by > summary").click()
        widths = "return [document.documentElement.scrollWidth, window.innerWidth]"
        [content, window] = browser.execute_script(widths)
        assert content <= window
