"""Which congress heard the report, and in which session."""

import pytest


@pytest.mark.parametrize(
    ("session", "congress"),
    [
        (
            "——2022年1月11日在青榆区第十八届人民代表大会第一次会议上",
            "第十八届人民代表大会第一次会议",
        ),
        ("（2022年1月11日在青榆区十四届人大三次会议上）", "十四届人大三次会议"),
        (
            "2022年1月11日在青榆区第六届人民代表大会\n第 二 次会议上",
            "第六届人民代表大会第二次会议",
        ),
        (
            "——2022年3月5日在第十三届全国人民代表大会第五次会议上",
            "第十三届全国人民代表大会第五次会议",
        ),
        ("(2022年1月29日在州八届人大七次会议第一次全体会议上)", "八届人大七次会议"),
        ("2022年1月11日在青榆區第六屆人民代表大會第一次會議上", "第六届人民代表大会第一次会议"),
    ],
)
def test_congress_and_session_are_given_as_written_without_blanks(infer, report, session, congress):
    metadata = infer(report(session=session))
    assert metadata.congress == congress
    assert metadata.evidence["congress"].rule == "congress-line"


def test_congress_whose_number_is_lost_stays_open(infer, report):
    session = "20211221日在霁州市青榆区第六\n人民代表大会第次会议上)"
    metadata = infer(report(session=session))
    assert metadata.congress is None
    assert metadata.evidence["congress"].rule == "damaged-congress"


def test_report_without_a_session_line_has_no_congress(infer, report):
    metadata = infer(report(session="", body="区五届人大一次会议以来，全区发展稳中有进。"))
    assert metadata.congress is None
    assert metadata.evidence["congress"].rule == "not-stated"
