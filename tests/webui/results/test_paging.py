"""Page numbers."""

from index.search import Question
from webui.results.paging import Paging, paginate


def paging(total: int, offset: int) -> Paging:
    return paginate(Question("发展", offset=offset), total)


def shown(paging: Paging) -> str:
    return " ".join(
        ("… " if page.follows_gap else "")
        + (f"[{page.number}]" if page.is_current else str(page.number))
        for page in paging.numbers
    )


def test_one_page_has_no_paging():
    assert paging(20, 0) == Paging(None, None, ())
    assert paging(0, 0) == Paging(None, None, ())


def test_second_page_begins_with_the_21st_hit():
    pages = paging(21, 0)
    assert shown(pages) == "[1] 2"
    assert pages.previous is None
    assert pages.next == Question("发展", offset=20)


def test_middle_page_shows_ends_and_neighbours():
    pages = paging(10_001, 200)
    assert shown(pages) == "1 … 9 10 [11] 12 13 … 501"
    assert pages.numbers[-1].question.offset == 10_000


def test_last_page_has_no_next():
    pages = paging(41, 40)
    assert shown(pages) == "1 2 [3]"
    assert pages.previous == Question("发展", offset=20)
    assert pages.next is None


def test_page_beyond_the_end_goes_back_to_the_last():
    pages = paging(41, 4_000)
    assert pages.previous == Question("发展", offset=40)
    assert pages.next is None


def test_offset_between_pages_belongs_to_the_page_it_falls_into():
    assert shown(paging(60, 25)) == "1 [2] 3"
