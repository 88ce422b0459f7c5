import pytest

from index.engine import IndexedDocument, IndexedParagraph
from index.engines.memory import MemoryEngine
from index.query.parser import parse
from index.remedies import LeftOut, NearTerm, TermCount, find_remedies

FACETS = {
    "region": "霁州市澜溪县",
    "level": "county",
    "category": "report",
    "source": "",
    "title": "政府工作报告",
    "speaker": "",
}


@pytest.fixture(scope="module")
def engine():
    engine = MemoryEngine()
    texts = {"2021": ["推广枫桥经验。", "深化改革。"], "2022": ["枫桥经验见成效，平安建设。"]}
    with engine.batch() as batch:
        for year, held in texts.items():
            paragraphs = [IndexedParagraph(f"{year}-{n}", n, text) for n, text in enumerate(held)]
            batch.replace(IndexedDocument(year, 1, {**FACETS, "year": year}, tuple(paragraphs)))
    return engine


def test_the_terms_are_counted_by_themselves(engine):
    remedies = find_remedies(parse("“枫桥经验” 改革 -平安"), {}, engine)

    assert remedies.terms == [TermCount('"枫桥经验"', 2), TermCount("改革", 1)]
    assert remedies.left_out == [
        LeftOut('"枫桥经验"', False, '改革 NOT "平安"', 1),
        LeftOut("改革", False, '"枫桥经验" NOT "平安"', 1),
    ]
    assert remedies.near == []


def test_a_term_that_stands_nowhere_has_near_ones(engine):
    remedies = find_remedies(parse("“锋桥经验” 年:2022"), {}, engine)

    assert remedies.near == [NearTerm("锋桥经验", "枫桥经验", '"枫桥经验" 年:2022', 2)]
    assert remedies.left_out == [LeftOut('"锋桥经验"', False, "年:2022", 1)]


def test_beside_a_near_the_term_is_replaced_as_well(engine):
    remedies = find_remedies(parse("锋桥 NEAR/5 成效"), {}, engine)

    assert [near.query for near in remedies.near] == ['"枫桥" NEAR/5 "成效"']


def test_a_condition_or_a_filter_that_is_to_blame_is_named(engine):
    filters = {"year": frozenset({"2022"}), "level": frozenset({"county"})}

    remedies = find_remedies(parse("改革"), filters, engine)

    assert remedies.terms == [TermCount("改革", 1)]
    assert remedies.left_out == [LeftOut("year", True, "改革", 1)]
