"""Words that name a place -> the place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.metadata.hosts import is_host_of
from archive.metadata.mentions import Mentions
from archive.model import Level, Region
from archive.places.regions import NATION, Division, Gazetteer, short_name

_UNIT = re.compile(
    r"[\u4e00-\u9fff]{1,20}?"
    r"(?:自治[区州县旗]|开发区|高新区|新区|街道|地区|镇(?!镇)|[省市县区旗盟乡]|州(?!市))"
)
_HOST_WEIGHT = 50
"""An address is worth half a mention in the head: portals repost each other's reports."""

_LONGEST_NAME = 15
_LONGEST_UNLISTED = 6
"""What is longer and not in the gazetteer is a phrase that happens to end like a name."""

_KIND = "[省市县区旗州盟镇乡]"
_NO_NAME = re.compile(rf"^(?:[本我全各某]?{_KIND}{{1,2}}|自治[区州县旗]|地区|街道)$")
_NOISE = re.compile(
    rf"^.*第[一二三四五六七八九十\d]+届(?=[\u4e00-\u9fff]{{2,}})|^.*?[年月日]在|^日?[电讯](?=[\u4e00-\u9fff]{{3}})|^日(?=[\u4e00-\u9fff]{{3}})|^.*?{_KIND}长(?:在|代表|向)|^(?:关于|在|听取|审议|我|代表|年度?|中国共产党|中国人民政治协商会议|中共|政协|数[说读]|[图详解]解|解读|聚焦|速览|速读|读懂"
    r"|学习|贯彻|收看|附|公开征求|征求|印发|《)+|^.*?(?:资料:|招商】)"
    r"|政府工作(?:的)?报告.*$|(?:人民)?政府$|(?:人民)?政府[省市县区].*$|(?:行政公署|行署|管理委员会|管委会|办事处)(?:政府)?(?:工作报告.*)?$|(?:19|20)\d\d年?"
    r"|^[\u4e00-\u9fff]{2,3}代?[省市县区]长在|^[\u4e00-\u9fff]{2,4}代表(?=[省市县区旗州盟镇乡])"
    r"|^[\u4e00-\u9fff]{2,4}?(?:宣布|主持|在?(?:审议|参加|听取|讨论))了?"
)
_BEHIND = re.compile(
    "第|人民|政府|人大|[一二三四五六七八九十]{1,3}届|届|年|本级|代|[区县市]长|行政|行署|管|办|村|民"
)
"""What can stand behind a place's name; in 出席市政协会议 the verb only looks like one."""

_PARTICLES = "就将对把由从据自到为给"

_NO_STEM = re.compile(
    r"^(?:[出列]席|参加|[祝庆]贺|热烈|召开|举行|听取|审议|讨论|贯彻|落实|学习|传达|迎接|庆祝|根据|按照|依据|经|据|围绕|结合|通过|[拟提]请|为|受|本|该|开好|圆满|胜利|当选|来自|各|[的是将由为向对和与及在].)"
    r"|^.[省市县区旗州盟镇乡]$"
)
"""What an unlisted name does not begin with; one of two characters is listed or is none."""

_LEVELS = (
    ("自治区", Level.PROVINCE),
    ("省", Level.PROVINCE),
    ("地区", Level.CITY),
    ("州", Level.CITY),
    ("盟", Level.CITY),
    ("市", Level.CITY),
    ("街道", Level.TOWNSHIP),
    ("镇", Level.TOWNSHIP),
    ("乡", Level.TOWNSHIP),
)
"""The level that the last word of a name tells; any other word: county."""


class PlaceReader:
    """Words that name a place -> the place, by the gazetteer and the rest of the text."""

    def __init__(self, gazetteer: Gazetteer, year: int | None, mentions: Mentions) -> None:
        self.gazetteer = gazetteer
        self.mentions = mentions
        self._year = year

    def read(self, words: str) -> Region | None:
        """The last place that the words name, with its parents; None if they name none."""
        words = re.sub(r"[^\u4e00-\u9fff]", "", _NOISE.sub("", words))
        if words == NATION.name:
            return NATION
        chain = self._split(words)
        if not chain:
            return self._by_short_name(words)
        name, parents = chain[-1], chain[:-1]
        divisions = self._find(name)
        if divisions:
            return self._choose(divisions, parents)
        rest = words[words.rindex(name) + len(name) :]
        is_followed = bool(rest) and not parents and not _BEHIND.match(rest)
        if len(name) > _LONGEST_UNLISTED or is_followed or _NO_STEM.match(name):
            return None
        return self._unlisted(name, parents)

    def is_known(self, region: Region) -> bool:
        """Whether a name is listed, or stands more than once on the page."""
        counts = (words.count(region.name) for words in (self.mentions.context, self.mentions.text))
        return self.gazetteer.has_name(region.name) or max(counts) > 1

    def _find(self, name: str) -> Sequence[Division]:
        """The divisions of a name, also of one that is contracted: 新疆自治区, 张家川县."""
        if self.gazetteer.has_name(name):
            return self.gazetteer.find(name, self._year_of(name))
        full = self.gazetteer.find(short_name(name), self._year)
        alike = [division for division in full if division.name[-1] == name[-1]]
        return alike or self.gazetteer.find(name, self._year)

    def _year_of(self, name: str) -> int | None:
        """The report's year; the one before for a name that ended in it. Congresses meet at the
        beginning of a year, the tables tell its end: 崇文区 still reported in 2010."""
        if self._year is None or self.gazetteer.is_in_force(name, self._year):
            return self._year
        before = self._year - 1
        return before if self.gazetteer.is_in_force(name, before) else self._year

    def _split(self, words: str) -> list[str]:
        """福建省福州市台江区 -> its three names; names out of the gazetteer by their last word."""
        names: list[str] = []
        while words:
            unit = _UNIT.match(words)
            name = self._listed_prefix(words) or (self._listed_ending(unit[0]) if unit else "")
            if not name:
                break
            words = words[words.index(name) + len(name) :]
            if not _NO_NAME.match(name):
                names.append(name)
        return names

    def _listed_prefix(self, words: str) -> str:
        lengths = range(min(len(words), _LONGEST_NAME), 1, -1)
        return next((words[:n] for n in lengths if self.gazetteer.has_name(words[:n])), "")

    def _listed_ending(self, unit: str) -> str:
        """重庆市 of 修改重庆市; one character more makes another name, if it is no particle:
        望江北区 is not 江北区, 就资溪县 is 资溪县."""
        starts = range(1 if unit[0] in _PARTICLES else 2, len(unit) - 2)
        return next((unit[n:] for n in starts if self.gazetteer.has_name(unit[n:])), unit)

    def _by_short_name(self, words: str) -> Region | None:
        """A name without the word for its kind; of a province and a city 吉林, the province."""
        if len(words) < 2 or _NO_NAME.match(words):
            return None
        divisions = self.gazetteer.find(words, self._year)
        if not divisions:
            return None
        fitting = [d for d in divisions if self.mentions.fits(d.name)] or divisions
        highest = min((d.level for d in fitting), key=list(Level).index)
        return self._choose([d for d in fitting if d.level is highest], [])

    def _choose(self, divisions: Sequence[Division], parents: list[str]) -> Region:
        """The division under the parents named with it, else under those named most often."""
        regions = {d: self.gazetteer.region(d, self._year) for d in divisions}
        named = [d for d, r in regions.items() if all(p in r.full_name for p in parents)]
        left = named or list(divisions)
        if len(left) > 1:
            left = self._most_mentioned(left)
        region = regions[left[0]]
        if len(left) == 1:
            return region
        return replace(region, full_name=region.name, code=None)

    def _most_mentioned(self, divisions: list[Division]) -> list[Division]:
        """The one whose parents the text names twice as often as any other's, else all."""
        ranked = sorted(divisions, key=self._weigh_parents, reverse=True)
        best, second = (self._weigh_parents(division) for division in ranked[:2])
        return ranked[:1] if best >= 2 * second and best else divisions

    def _weigh_parents(self, division: Division) -> int:
        parents = self.gazetteer.parents(division, self._year)
        named = self.mentions.weigh([parent.name for parent in parents])
        return named + _HOST_WEIGHT * is_host_of(division.code, self.mentions.hosts)

    def _unlisted(self, name: str, parents: list[str]) -> Region:
        parents = parents or self._stated_parents(name)
        known = [p for p in parents if self.gazetteer.has_name(p)]
        prefix = "".join(parents)
        if known:
            above = self._choose(self.gazetteer.find(known[-1], self._year), known[:-1])
            prefix = above.full_name + "".join(parents[parents.index(known[-1]) + 1 :])
        return Region(name, prefix + name, None, _level_of(name, parents))

    def _stated_parents(self, name: str) -> list[str]:
        """The county that the page puts before a town's name: 青榆区人民政府望舒街道办事处."""
        if _level_of(name, []) is not Level.TOWNSHIP:
            return []
        pattern = rf"([\u4e00-\u9fff]{{2,{_LONGEST_NAME}}}?[市县区旗])(?:人民政府)?{name}"
        match = re.search(pattern, self.mentions.context)
        return self._split(_NOISE.sub("", match[1])) if match else []


def _level_of(name: str, parents: list[str]) -> Level:
    """The level by the last word of a name; a city under a city is of county level."""
    if name.endswith("市") and any(parent[-1] in "市州盟" for parent in parents):
        return Level.COUNTY
    return next((level for word, level in _LEVELS if name.endswith(word)), Level.COUNTY)
