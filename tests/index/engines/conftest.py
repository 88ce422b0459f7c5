import random

import pytest

from index.engine import IndexedDocument, IndexedParagraph
from index.fields import FIELDS, PART

SYLLABLES = ["枫", "桥", "经验", "发展", "改革", "高质量", "乡村", "振兴", "国家", "数字"]
SYLLABLES += ["推进", "经济", "。", "，", "“", "”"]


@pytest.fixture
def make_documents():
    """Documents of random words, the same for the same seed."""

    def make(count: int, seed: int = 1, prefix: str = "d") -> list[IndexedDocument]:
        chance = random.Random(seed)
        return [
            IndexedDocument(
                f"{prefix}{number}",
                seed,
                {
                    field.name: chance.choice(["2021", "2022", ""])
                    for field in FIELDS
                    if field is not PART
                },
                tuple(
                    IndexedParagraph(
                        f"{prefix}{number}-{seed}-{ordinal}",
                        ordinal,
                        "".join(chance.choices(SYLLABLES, k=chance.randint(0, 30))),
                        chance.choice(["tasks", "review", ""]),
                    )
                    for ordinal in range(chance.randint(0, 6))
                ),
            )
            for number in range(count)
        ]

    return make
