"""Whatever the lines are, metadata comes out and every value has its evidence."""

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.metadata import RULES, infer_metadata
from archive.model import Line, Reading

WORDS = """
2022年 二○二二年 20xx年 2019123日 20221340日 2022年2月30日 1月11日 十十月
政府工作报告 关于印发 的通知 在 第 届 人民代表大会 次会议上 青榆区 城关区 长乐市 自治区 州 市
区长 我代表 各位代表： 人民政府 ，向大会报告 发布时间： 2022-02-31 ٢٠٢٢年 来源： http:// http://[x
回顾 重点工作 （ ） 【 】 —— 平安 健康 建设 ×× 報告 (huì) 。
"""
PIECES = [*WORDS.split(), " ", "\u3000", "\t", "\n"]

texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=200)


@settings(max_examples=300, deadline=None)
@given(text=texts, hint=texts)
def test_any_text_gives_metadata_with_explained_evidence(text, hint):
    lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1))
    hints = {"title": hint, "pubdate": hint, "canonical": hint, "sitename": hint}
    metadata = infer_metadata(Reading(lines, "utf-8", hints), lines)
    assert {evidence.rule for evidence in metadata.evidence.values()} <= set(RULES)
