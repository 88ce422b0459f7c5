"""Who gave the report."""

import pytest

from archive.model import Speaker


@pytest.mark.parametrize(
    ("line", "name", "office"),
    [
        ("青榆区人民政府区长 顾明栩", "顾明栩", "区长"),
        ("区人民政府代区长  顾 栩", "顾栩", "代区长"),
        ("州人民政府代理州长 顾明栩", "顾明栩", "代理州长"),
        ("青榆区常务副区长顾明栩", "顾明栩", "常务副区长"),
        ("（代市长：顾明栩）", "顾明栩", "代市长"),
        ("自治区人民政府主席 阿依·木拉提", "阿依·木拉提", "自治区人民政府主席"),
        ("市长 阿依•木拉提", "阿依·木拉提", "市长"),
        ("国务院总理 顾明栩", "顾明栩", "国务院总理"),
        ("霁州市人民政府市长\n顾 明 栩", "顾明栩", "市长"),
        ("青榆區人民政府區長 羅明栩", "罗明栩", "区长"),
    ],
)
def test_name_and_office_are_read_from_the_officer_line(infer, report, line, name, office):
    metadata = infer(report(officer=line))
    assert metadata.speaker == Speaker(name, office)
    assert metadata.evidence["speaker"].rule == "officer-line"
    assert metadata.evidence["speaker"].text == line.replace("\n", " ")


def test_officer_behind_the_session_is_read(infer, report):
    session = "2022年1月11日在青榆区第六届人民代表大会第一次会议上 青榆区区长 顾明栩"
    assert infer(report(session=session, officer="")).speaker == Speaker("顾明栩", "区长")


@pytest.mark.parametrize(
    "line",
    ["区长", "区长信箱", "青榆区人大常委会主任 顾明栩", "区长 顾某某", "区长致辞", "顾明栩", ""],
)
def test_line_without_the_name_of_an_officer_of_the_government_names_nobody(infer, report, line):
    metadata = infer(report(officer=line))
    assert metadata.speaker is None
    assert metadata.evidence["speaker"].rule == "not-stated"


def test_menu_far_above_the_salutation_names_nobody(infer, report):
    menu = "\n".join(["副区长 顾明栩", *(f"栏目{number}" for number in range(9))])
    assert infer(f"{menu}\n{report(officer='')}").speaker is None


def test_text_about_a_report_has_no_speaker(infer):
    text = "青榆区人民代表大会关于2022年政府工作报告的决议\n区长 顾明栩\n会议决定批准这个报告。"
    metadata = infer(text)
    assert metadata.speaker is None
    assert metadata.evidence["speaker"].rule == "not-a-report"
