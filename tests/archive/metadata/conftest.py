"""Metadata of a text written in the test."""

from collections.abc import Callable, Mapping, Sequence

import pytest

from archive.metadata import infer_metadata
from archive.model import Line, Metadata, Reading, RemovedLine

Infer = Callable[..., Metadata]


@pytest.fixture
def infer() -> Infer:
    """Text, hints and removed lines -> metadata; every line is kept."""

    def run(
        text: str, hints: Mapping[str, str] | None = None, removed: Sequence[str] = ()
    ) -> Metadata:
        lines = tuple(Line(n, line) for n, line in enumerate(text.strip().split("\n"), 1))
        outside = tuple(RemovedLine(0, line, "navigation") for line in removed)
        return infer_metadata(Reading(lines, "utf-8", hints or {}, outside), lines)

    return run


@pytest.fixture
def report() -> Callable[..., str]:
    """A short report of 青榆区 with the parts that a test wants different."""

    def compose(
        title: str = "政府工作报告",
        session: str = "——2022年1月11日在青榆区第六届人民代表大会第一次会议上",
        officer: str = "青榆区人民政府区长 顾明栩",
        above: str = "",
        body: str = "一、2021年工作回顾\n二、2022年重点工作",
    ) -> str:
        opening = "各位代表：\n现在，我代表区人民政府，向大会报告工作，请予审议。"
        parts = [title, above, session, officer, opening, body]
        return "\n".join(part for part in parts if part)

    return compose
