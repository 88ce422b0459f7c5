"""The gazetteer: a place's name, former name or short name -> its code valid in a year.

Data: archive/data/regions.csv, made by scripts/build_regions.py; it ends with 2022, and
what was in force then counts as in force since.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product

from archive.model import Level, Region

NATION = Region("全国", "全国", None, Level.NATIONAL)
"""The whole country. GB/T 2260 has no code for it."""

LAST_YEAR = 2022
"""The last year of the tables."""

_PEOPLES = (
    "壮族|回族|维吾尔|蒙古族|蒙古|藏族|苗族|彝族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克|"
    "傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|达斡尔|仫佬族|羌族|"
    "布朗族|撒拉族|毛南族|仡佬族|锡伯|裕固族|保安族|普米族|怒族|独龙族|鄂温克族|各族|塔吉克"
)
_SUFFIX = re.compile(
    rf"(?:(?:{_PEOPLES})*自治[区州县旗]|特别行政区|林区|矿区|新区|地区|[省市区县旗州盟])$"
)
# At least a character of its own before the word for the kind, and a whole name behind it.
_PARENT = re.compile(rf".+?(?:省|(?:{_PEOPLES})*自治[区州]|特别行政区|地区|市|盟)(?=..)")


def short_name(name: str) -> str:
    """The name without the word for its kind; unchanged if that would leave one character.

    海拉尔区 -> 海拉尔, 宁夏回族自治区 -> 宁夏, 忠县 -> 忠县.
    """
    short = _SUFFIX.sub("", name)
    return short if len(short) > 1 else name


@dataclass(frozen=True, slots=True)
class Division:
    """A division for the years that its code and name were in force, both included.

    Attributes:
        successor: the code it has, or is part of, after last_year; several codes with blanks
            between them if it was divided; empty if it goes on, or nobody says.
    """

    code: str
    name: str
    first_year: int
    last_year: int
    successor: str

    @property
    def level(self) -> Level:
        """The level that the code tells: xx0000 province, xxxx00 city, any other county."""
        if self.code.endswith("0000"):
            return Level.PROVINCE
        return Level.CITY if self.code.endswith("00") else Level.COUNTY

    def is_in_force(self, year: int) -> bool:
        """Whether code and name were valid in the year."""
        return self.first_year <= min(year, LAST_YEAR) <= self.last_year


@dataclass(frozen=True, slots=True)
class Change:
    """A place that goes on under another name or code, or as part of another place.

    Attributes:
        year: the first one of the new name or code.
        is_merged: whether the other place had been there before, or was made of several.
        is_divided: whether the other place is one of several among which it was divided.
    """

    year: int
    before: Division
    after: Division
    is_merged: bool
    is_divided: bool = False

    @property
    def kind(self) -> str:
        """How it goes on: "divided", "merged", "renamed" or "recoded"."""
        if self.is_divided:
            return "divided"
        if self.is_merged:
            return "merged"
        return "recoded" if self.after.name == self.before.name else "renamed"


class Gazetteer:
    """Every division by name, by short name and by code."""

    def __init__(self, divisions: Iterable[Division]) -> None:
        self._by_code: dict[str, list[Division]] = defaultdict(list)
        self._by_name: dict[str, list[Division]] = defaultdict(list)
        self._by_short_name: dict[str, list[Division]] = defaultdict(list)
        self._ends: Counter[tuple[str, int]] = Counter()
        self._before: dict[str, set[str]] = defaultdict(set)
        for division in divisions:
            self._ends[division.successor, division.last_year] += 1
            self._before[division.successor].add(division.code)
            self._by_code[division.code].append(division)
            self._by_name[division.name].append(division)
            self._by_short_name[short_name(division.name)].append(division)

    def has_name(self, name: str) -> bool:
        """Whether any division ever had exactly this name."""
        return name in self._by_name

    def has_short_name(self, name: str) -> bool:
        """Whether any division ever had this name without the word for its kind."""
        return name in self._by_short_name

    def is_in_force(self, name: str, year: int) -> bool:
        """Whether a division had exactly this name in the year."""
        return any(division.is_in_force(year) for division in self._by_name.get(name, ()))

    def find(self, name: str, year: int | None = None) -> tuple[Division, ...]:
        """The divisions that a name or short name can mean, as they are in the year.

        A name that had gone by then leads to its successors (长乐市 in 2017: 长乐区), a
        name that was still to come stands for itself. Without a year, each division is
        taken as it was last.
        """
        known = self._by_name.get(name) or self._by_short_name.get(name, [])
        if year is None:
            return tuple(_latest(known))
        direct = [division for division in known if division.is_in_force(year)]
        gone = [division for division in known if division.last_year < year]
        followed = [found for division in gone if (found := self._follow(division, year))]
        return tuple(dict.fromkeys(direct or followed or _latest(known)))

    def has_code(self, code: str) -> bool:
        """Whether any division ever had this code."""
        return code in self._by_code

    def find_region(self, code: str, year: int | None = None) -> Region | None:
        """The place of a code, by its name in the year or else its last; None if there is none."""
        known = self._by_code.get(code)
        if not known:
            return None
        when = LAST_YEAR if year is None else year
        return self.region(min(known, key=lambda division: _distance(division, when)), year)

    def _follow(self, division: Division, year: int) -> Division | None:
        while not division.is_in_force(year):
            after = self._next(division)
            if after is None:
                return None
            division = after
        return division

    def _next(self, division: Division) -> Division | None:
        """What a division became when its years were over: another one, or part of one."""
        year = division.last_year + 1
        after = (o for o in self._by_code.get(division.successor, []) if o.first_year <= year)
        return next((other for other in after if other.last_year >= year), None)

    def _is_merger(self, before: Division, after: Division) -> bool:
        """Whether a division joined one that was there, or a new one together with others."""
        if after.first_year <= before.last_year:
            return True
        together = self._ends[before.successor, before.last_year]
        return together > 1 and short_name(before.name) != short_name(after.name)

    def succession(self, region: Region, year: int | None) -> tuple[Change, ...]:
        """What has become of a place since a year, step by step; empty if it goes on.

        Args:
            year: the one in which the place had this name and code; without it, the last one.
        """
        if region.code is None:
            return ()
        known = [d for d in self._by_code.get(region.code, []) if d.name == region.name]
        years = (year,) if year is None else (year, year - 1)
        division = next((d for y in years for d in known if y is None or d.is_in_force(y)), None)
        changes = []
        while division and (after := self._next(division)):
            year = division.last_year + 1
            changes.append(Change(year, division, after, self._is_merger(division, after)))
            division = after
        return (*changes, *(self._parts(division) if division else ()))

    def _parts(self, division: Division) -> Iterator[Change]:
        """The places that a division was divided among, each as a change of its own."""
        year = division.last_year + 1
        codes = division.successor.split()
        for code in codes if len(codes) > 1 else ():
            after = next((one for one in self._by_code[code] if one.is_in_force(year)), None)
            if after:
                yield Change(year, division, after, is_merged=True, is_divided=True)

    def leading_to(self, code: str) -> tuple[Division, ...]:
        """Every division that had the code, or whose successors lead to it."""
        codes, open_codes = {code}, [code]
        while open_codes:
            fresh = self._before.get(open_codes.pop(), set()) - codes
            codes |= fresh
            open_codes += fresh
        return tuple(d for one in sorted(codes) for d in self._by_code.get(one, ()))

    def parents(self, division: Division, year: int | None = None) -> tuple[Division, ...]:
        """The divisions above, highest first, as they are in the year (or were last)."""
        codes = dict.fromkeys((division.code[:2] + "0000", division.code[:4] + "00"))
        when = division.last_year if year is None else year
        return tuple(
            min(self._by_code[code], key=lambda parent: _distance(parent, when))
            for code in codes
            if code != division.code and code in self._by_code
        )

    def region(self, division: Division, year: int | None = None) -> Region:
        """The division as a report's place, with the names of its parents."""
        names = [parent.name for parent in self.parents(division, year)]
        full_name = "".join([*names, division.name])
        return Region(division.name, full_name, division.code, division.level)

    def components(self, full_name: str) -> tuple[str, ...]:
        """The names that a full name is made of, highest first; the inverse of region.

        Places that the tables do not know are taken apart at the words for their kinds:
        霁州市澜溪县 -> 霁州市, 澜溪县.
        """
        names: list[str] = []
        rest = full_name
        while rest not in self._by_name:
            head = self._known_parent(rest) or _parent_by_kind(rest)
            if not head:
                break
            names.append(head)
            rest = rest[len(head) :]
        return (*names, rest)

    def _known_parent(self, name: str) -> str | None:
        """The longest name of a province or city that the name begins with and goes beyond."""
        for end in range(len(name) - 1, 1, -1):
            known = self._by_name.get(name[:end], [])
            if any(division.level is not Level.COUNTY for division in known):
                return name[:end]
        return None


def _parent_by_kind(name: str) -> str | None:
    found = _PARENT.match(name)
    return found[0] if found else None


@lru_cache(maxsize=10_000)
def place_names(full_name: str) -> frozenset[str]:
    """All names by which a place or a place that it lies in may be asked for.

    福建省福州市台江区 answers to 福建, 福建省, 福州, 台江, 福建福州, 福州市台江区 and so on, and
    never to a part of a name such as 建 or 州市.
    """
    components = load_gazetteer().components(full_name)
    forms = [(name, short_name(name)) for name in components]
    return frozenset(
        "".join(chosen)
        for start in range(len(forms))
        for end in range(start + 1, len(forms) + 1)
        for chosen in product(*forms[start:end])
        if full_name
    )


def _latest(divisions: list[Division]) -> list[Division]:
    last = max((division.last_year for division in divisions), default=0)
    return [division for division in divisions if division.last_year == last]


def _distance(division: Division, year: int) -> int:
    """How many years lie between the year and those in which the division was in force."""
    year = min(year, LAST_YEAR)
    return max(division.first_year - year, year - division.last_year, 0)


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer that the project ships."""
    text = files("archive").joinpath("data", "regions.csv").read_text("utf-8")
    rows = csv.reader(line for line in text.splitlines()[2:])
    return Gazetteer(
        Division(code, name, int(first), int(last), successor)
        for code, name, first, last, successor in rows
    )
