"""What readers do, in a real browser."""

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import visibility_of

from tests.browser.signing import NAME, PASSWORD, sign_in
from tests.browser.waiting import leave, wait

PAGES = [
    "/",
    "/?q=发展",
    "/?q=“没有的词”&year=2021",
    "/documents",
    "/uploads",
    "/sign-in",
    "/help",
    "/coverage",
    "/coverage?from=2001&to=2026",
    "/trends",
    "/trends?q=发展&q=改革",
    "/trends?q=发展&by=region",
    "/about",
    "{report}",
    "{report}?q=发展",
    "{report}?removed=1",
    "{report}?removed=1&edit=1",
    "{report}/edit",
]


def one(browser: Chrome, css: str):
    return browser.find_element(By.CSS_SELECTOR, css)


def every(browser: Chrome, css: str):
    return browser.find_elements(By.CSS_SELECTOR, css)


def follow(browser: Chrome, link) -> None:
    leave(browser, link.click)


def ask(browser: Chrome, site: str, query: str) -> None:
    browser.get(site)
    leave(browser, lambda: one(browser, "main input[name=q]").send_keys(query, Keys.ENTER))


def is_in_view(browser: Chrome, element) -> bool:
    return browser.execute_script(
        "const box = arguments[0].getBoundingClientRect();"
        "return box.top >= 0 && box.bottom <= window.innerHeight;",
        element,
    )


def test_search_leads_to_a_marked_hit_and_on_to_its_place_in_the_report(browser, site):
    ask(browser, site, "“营商环境”")
    hit = one(browser, ".hit")
    assert hit.find_element(By.CSS_SELECTOR, "mark").text == "营商环境"
    words = hit.find_element(By.CSS_SELECTOR, ".report-text").text
    follow(browser, hit.find_element(By.CSS_SELECTOR, "h3 a"))
    target = one(browser, ".report :target")
    assert words[:20] in target.text
    wait(browser, 10).until(lambda _: is_in_view(browser, target))
    assert target.find_element(By.CSS_SELECTOR, "mark").text == "营商环境"


def test_facet_narrows_and_the_back_button_widens(browser, site):
    ask(browser, site, "发展")
    before = one(browser, ".summary b").text
    year = next(a for a in every(browser, ".facets a") if a.text.startswith("2021"))
    count = year.find_element(By.CSS_SELECTOR, ".count").text
    follow(browser, year)
    assert one(browser, ".summary b").text == f"共 {count} 段"
    assert {element.text for element in every(browser, ".hit .year")} == {"2021年"}
    browser.back()
    wait(browser, 10).until(lambda _: one(browser, ".summary b").text == before)
    assert not every(browser, ".chips")


def first_state(browser: Chrome) -> str:
    # In one step, because the page may replace the element at any moment.
    return browser.execute_script("return document.querySelector('.outcomes .tag').textContent")


def test_uploaded_report_is_found(browser, site, corpus):
    ask(browser, site, "望舒区")
    assert not every(browser, ".hit .place") or "望舒区" not in one(browser, ".hit .place").text
    sign_in(browser, site)
    browser.get(f"{site}/uploads")
    one(browser, "input[type=file]").send_keys(str(corpus / "wangshu-2024.txt"))
    follow(browser, one(browser, ".upload button"))
    # The page brings itself up to date, without being loaded again.
    page = one(browser, "html")
    wait(browser, 60).until(lambda _: first_state(browser) == "已收录")
    assert page.is_displayed()
    follow(browser, one(browser, ".outcomes .name a"))
    assert "望舒区 2024年" in one(browser, "h1").text
    ask(browser, site, "望舒区")
    assert "望舒区" in {element.text for element in every(browser, ".hit .place")}


def test_whoever_wants_to_upload_is_led_to_signing_in_and_back_and_can_sign_out(browser, site):
    browser.get(f"{site}/uploads")
    assert "/sign-in?" in browser.current_url
    one(browser, "#name").send_keys(NAME)
    one(browser, "#password").send_keys("a wrong password")
    follow(browser, one(browser, "form.sign-in button"))
    assert "密码不对" in one(browser, "[role=alert]").text
    # The console tells the status 401 of this answer, and nothing else.
    [complaint] = browser.get_log("browser")
    assert "401" in complaint["message"]
    assert one(browser, "#name").get_attribute("value") == NAME

    one(browser, "#password").send_keys(PASSWORD)
    follow(browser, one(browser, "form.sign-in button"))

    assert browser.current_url == f"{site}/uploads"
    assert every(browser, "input[type=file]")
    follow(browser, one(browser, "form.sign-out button"))
    browser.get(f"{site}/uploads")
    assert "/sign-in?" in browser.current_url


def test_keyboard_reaches_the_text_first(browser, site):
    browser.get(f"{site}/help")
    one(browser, "body").send_keys(Keys.TAB)
    skip = browser.switch_to.active_element
    assert skip.text == "跳到正文"
    assert is_in_view(browser, skip)


def test_evidence_opens_without_scripts(browser, site):
    browser.get(f"{site}/documents")
    follow(browser, one(browser, ".place-reports a.name"))
    table = one(browser, ".document-head details table")
    assert not table.is_displayed()
    one(browser, ".document-head details summary").click()
    wait(browser, 10).until(visibility_of(table))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_masthead_is_one_line_with_room_to_search(browser, site, language):
    sign_in(browser, site)
    browser.get(f"{site}/about?lang={language}")
    parts = [".brand", ".masthead-search input", ".menu", ".sign-out button"]
    boxes = [browser.find_element(By.CSS_SELECTOR, css).rect for css in parts]

    middles = [box["y"] + box["height"] / 2 for box in boxes]
    assert max(middles) - min(middles) < 5
    assert boxes[1]["width"] > 100


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_page_scrolls_sideways(browser, site, at_width, width):
    browser.get(f"{site}/documents")
    report = one(browser, ".place-reports a.name").get_attribute("href").removeprefix(site)
    sign_in(browser, site)
    at_width(width)
    for address in PAGES:
        browser.get(site + address.format(report=report))
        for details in every(browser, "details"):
            browser.execute_script("arguments[0].open = true", details)
        overflow = browser.execute_script(
            "return document.documentElement.scrollWidth - window.innerWidth"
        )
        assert overflow <= 0, address


def test_marks_stand_out_in_light_and_dark(browser, site):
    for scheme in ("light", "dark"):
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        browser.get(f"{site}/?q=发展")
        colours = {
            name: browser.execute_script(
                "return getComputedStyle(arguments[0]).getPropertyValue(arguments[1])",
                one(browser, selector),
                name,
            )
            for selector, name in ((".hit mark", "color"), (".hit mark", "background-color"))
        }
        assert contrast(*colours.values()) >= 7, scheme
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def contrast(one_colour: str, other_colour: str) -> float:
    """The contrast ratio of two colours "rgb(r, g, b)". Source: WCAG 2.2."""
    light, dark = sorted(map(luminance, (one_colour, other_colour)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_reader_corrects_the_year_of_a_report_and_finds_it_under_that_year(browser, site):
    sign_in(browser, site)
    browser.get(f"{site}/documents")
    follow(browser, one(browser, ".place-reports a.name"))
    follow(browser, one(browser, ".correct a"))
    year = one(browser, "#report_year")
    year.clear()
    year.send_keys("next year")
    follow(browser, one(browser, "form.edit button"))
    assert "1949-2100" in one(browser, "#fault-report_year").text
    # The console tells the status 400 of this answer, and nothing else.
    [complaint] = browser.get_log("browser")
    assert "400" in complaint["message"]

    year = one(browser, "#report_year")
    year.clear()
    year.send_keys("2031")
    follow(browser, one(browser, "form.edit button"))

    assert "2031年" in one(browser, "h1").text
    browser.get(f"{site}/?q=发展&year=2031")
    assert every(browser, ".hit")
