import random

import pytest

from archive.duplicates import (
    SLOTS,
    Known,
    Relation,
    compare,
    letters_of,
    may_be_one_work,
    pack_signature,
    passages,
    take_fingerprint,
    unpack_signature,
)
from archive.limits import LETTERS_COMPARED

CHANCE = random.Random(20261124)
HAN = [chr(code) for code in range(0x4E00, 0x5000)]


def text(length: int) -> str:
    return "".join(CHANCE.choices(HAN, k=length))


def test_only_letters_and_digits_count_in_either_script_and_width():
    assert letters_of(["　“放管服”改革，", "ＧＤＰ 增长５.2％；"]) == "放管服改革gdp增长52"
    assert letters_of(["國際論壇"]) == letters_of(["国际", "论坛"])


@pytest.mark.parametrize("shared", [0.3, 0.5, 0.8])
def test_a_signature_estimates_the_share_of_passages_in_both(shared):
    common, one, other = text(8000), text(4000), text(4000)
    cut = int(8000 * shared)
    some, others = [common[:cut], one[: 8000 - cut]], [common[:cut], other[: 8000 - cut]]
    first, second = passages(letters_of(some)), passages(letters_of(others))
    exact = len(first & second) / len(first | second)

    estimate = take_fingerprint(some).estimate(take_fingerprint(others))

    # Four standard deviations of 192 slots.
    assert abs(estimate - exact) < 4 * (exact * (1 - exact) / SLOTS) ** 0.5


def test_texts_that_share_half_have_a_band_in_common_and_others_have_none():
    common = text(8000)
    some = take_fingerprint([common, text(4000)])
    others = take_fingerprint([common, text(4000)])
    stranger = take_fingerprint([text(12_000)])

    assert set(some.bands()) & set(others.bands())
    assert not set(some.bands()) & set(stranger.bands())


def test_a_signature_is_the_same_after_it_was_kept_and_in_any_order_of_paragraph_ends():
    whole = text(1000)
    fingerprint = take_fingerprint([whole])

    assert unpack_signature(pack_signature(fingerprint.signature)) == fingerprint.signature
    assert take_fingerprint([whole[:400], "。", whole[400:]]) == fingerprint


def test_a_short_text_has_no_fingerprint():
    assert take_fingerprint([text(99)]) is None
    assert take_fingerprint([text(100)]) is not None


def test_long_texts_that_end_differently_are_not_the_same():
    whole = text(LETTERS_COMPARED)
    some, others = take_fingerprint([whole, "甲"]), take_fingerprint([whole, "乙"])

    assert some.text_hash != others.text_hash
    assert some.signature == others.signature


def test_an_abridged_text_is_a_version_and_a_quotation_is_not():
    whole = text(10_000)
    abridged = compare(passages(whole), passages(whole[:6000]))
    assert (abridged.relation, abridged.share) == (Relation.NEAR, 1.0)

    assert compare(passages(whole), passages(whole[:3000])) is None
    assert compare(passages(whole), passages(whole[:6000] + text(3000))) is None


@pytest.mark.parametrize(
    ("letters", "other", "may"),
    [
        (500, Known(2021, "霁州市澜溪县"), True),
        (500, Known(2022, "霁州市澜溪县"), False),
        (500, Known(2021, "霁州市望舒区"), False),
        (500, Known(None, None), True),
        (5000, Known(2022, "霁州市望舒区"), True),
    ],
)
def test_short_texts_of_one_work_do_not_differ_in_year_or_place(letters, other, may):
    assert may_be_one_work(letters, Known(2021, "霁州市澜溪县"), other) is may
