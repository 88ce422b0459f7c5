"""Which places a text names, and how often: what tells a fragment's own place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive.metadata.hosts import read_hosts
from archive.metadata.view import View
from archive.places.regions import Gazetteer, load_gazetteer, short_name

_FRAME = re.compile(
    r"(?:平安|健康|法治|美丽|幸福|数字|智慧|优教|文明|清廉|书香|诚信|信用|魅力|活力|和谐|实力|品质|人文|富裕|富强)"
    r"(?P<name>[\u4e00-\u9fff]{2,4}?)(?=[区县市旗\"”'’」、,。;;\d]|建设|示范|创建|行动|品牌|新)"
)
_FRIENDS = re.compile(
    r"(?:(?:关心|支持|参与|帮助|热爱)[、和与]?){1,3}(?P<name>[\u4e00-\u9fff]{2,4}?)(?:经济社会|改革|发展|建设|各项)"
)
_AIMS = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,4})(?=高质量发展|经济社会发展|发展(?:进程|历程|史)|各方面工作|各项事业|新篇章)"
)
_PRAISES = ("平安", "健康", "法治", "信用", "清廉", "美丽", "数字", "幸福")
_ORDINARY = re.compile(
    "校园|社区|乡村|家庭|医院|城市|中国|机关|单位|企业|工地|景区|市场|生活|养老|教育|社会|建设|经济|政府|"
    "交通|农村|乡镇|街道|村|小区|人家|家园|事业|产业|服务|环境|行业|城乡|发展|金融|文化|治理|平台|基地|指数"
)
_SELF = re.compile(r"[我全](省|市|县|区|旗|州|盟|镇|乡)(?!域)|(区|县|旗)(?:委|人大|政协|政府)")
_LONGEST_NAME = 15
_COMMON = re.compile(r"^.区$")
"""城区, 新区, 南区 are names of divisions, but nearly always common words."""

_FRAME_WEIGHT = 3
_FULL_WEIGHT = 2
_ENOUGH = 3
"""A place named once in passing is not the text's own."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """The places that a text names.

    Attributes:
        ranking: names that may be the text's own, the likeliest first.
        context: the words of head and furniture, folded.
        text: the words of the report.
        hosts: those of the addresses on the page.
        kind: the word the text calls its own place by: 区 of 我区, 全区, 区委.
    """

    ranking: tuple[str, ...]
    context: str
    text: str
    kind: str
    hosts: frozenset[str]

    def fits(self, name: str) -> bool:
        """Whether a name is of the kind that the text calls its own place by."""
        return not self.kind or name.endswith(self.kind)

    def weigh(self, names: Iterable[str]) -> int:
        """How strongly the text speaks of these places; the head counts more than the body."""
        weight = 0
        for name in names:
            for word in {name, short_name(name)}:
                weight += 100 * self.context.count(word) + self.text.count(word)
        return weight


def count_mentions(view: View) -> Mentions:
    """The places that a text names."""
    text = view.text
    kind = _own_kind(text)
    around = [*view.head, *view.furniture, *view.tail]
    context = "\n".join([*(line.compact for line in around), *view.hints.values()])
    hosts = read_hosts([*(line.folded for line in around), *view.hints.values()])
    return Mentions(_rank(text, kind, load_gazetteer()), context, text, kind, hosts)


def _own_kind(text: str) -> str:
    counts = Counter(match[1] or match[2] for match in _SELF.finditer(text))
    kind, count = (counts.most_common(1) or [("", 0)])[0]
    return kind if count > 1 else ""


def _rank(text: str, kind: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    frames = Counter(_framed_names(text, gazetteer))
    full = _count_full_names(text, gazetteer)
    scores: Counter[str] = Counter({name: _FULL_WEIGHT * n for name, n in full.items()})
    for name, count in frames.items():
        for full_name in _full_names(name, kind, text, gazetteer):
            scores[full_name] += _FRAME_WEIGHT * count + text.count(name)
    fitting = [name for name in scores if not kind or name.endswith(kind)]
    likely: Sequence[str] = fitting or list(scores)
    ranked = sorted(likely, key=lambda name: -scores[name])
    return tuple(name for name in ranked if scores[name] >= _ENOUGH)


def _framed_names(text: str, gazetteer: Gazetteer) -> Iterator[str]:
    """The words in those places of a sentence where reports call their own place by its name."""
    yield from (match["name"] for match in _FRAME.finditer(text))
    yield from (match["name"] for match in _FRIENDS.finditer(text))
    for match in _AIMS.finditer(text):
        endings = (match["name"][start:] for start in range(len(match["name"]) - 1))
        yield from (name for name in endings if gazetteer.has_short_name(name))


def _full_names(name: str, kind: str, text: str, gazetteer: Gazetteer) -> list[str]:
    """What a name after 平安 or 健康 stands for: listed, or followed by its kind in the text."""
    if gazetteer.has_name(name):
        return [name]
    if gazetteer.has_short_name(name):
        return sorted({division.name for division in gazetteer.find(name)})
    kinds = [kind] if kind else list("县区旗市")
    written = [name + word for word in kinds if name + word in text]
    return written or ([name + kind] if kind and _is_own_slogan(name, text) else [])


def _is_own_slogan(name: str, text: str) -> bool:
    """Whether a name that no list has is praised in two ways: 平安望舒 and 健康望舒."""
    praises = [praise for praise in _PRAISES if praise + name in text]
    return len(praises) > 1 and not _ORDINARY.search(name)


def _count_full_names(text: str, gazetteer: Gazetteer) -> Counter[str]:
    counts: Counter[str] = Counter()
    for match in re.finditer(r"(?<=[\u4e00-\u9fff])[省市区县旗州盟]", text):
        end = match.end()
        starts = range(max(0, end - _LONGEST_NAME), end - 1)
        name = next((text[s:end] for s in starts if gazetteer.has_name(text[s:end])), "")
        if name and not _COMMON.match(name):
            counts[name] += 1
    return counts
