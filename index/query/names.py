"""The names by which readers call fields and their values, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from archive.model import Category, Level, Part
from archive.texts import LANGUAGES, text
from index.analysis import fold_text
from index.fields import (
    CATEGORY,
    LEVEL,
    PART,
    REGION,
    SOURCE,
    SPEAKER,
    TITLE,
    UNKNOWN,
    UNKNOWN_WORD,
    YEAR,
)

FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    YEAR.name: ("年", "年份", "年度", "year"),
    REGION.name: ("地区", "地方", "地点", "region", "place"),
    LEVEL.name: ("级别", "层级", "level"),
    PART.name: ("部分", "part"),
    CATEGORY.name: ("类型", "类别", "category", "type"),
    SOURCE.name: ("来源", "source"),
    TITLE.name: ("标题", "题名", "title"),
    SPEAKER.name: ("讲话人", "报告人", "speaker"),
}
"""Field -> what readers may write before the colon; the first Chinese one is used in examples."""

NAMED_VALUES: Mapping[str, type[StrEnum]] = {
    LEVEL.name: Level,
    PART.name: Part,
    CATEGORY.name: Category,
}
"""The fields whose values are words of the programs."""

_MORE_NAMES: Mapping[str, tuple[str, ...]] = {
    Level.NATIONAL: ("国家", "国家级", "全国", "中央"),
    Level.PROVINCE: ("省", "省级", "自治区", "直辖市", "省区市"),
    Level.CITY: ("市", "市级", "地市", "地市级", "地级", "地级市", "prefecture"),
    Level.COUNTY: ("县", "县级", "区", "区县", "县区", "区县级", "县区级", "县市区", "district"),
    Level.TOWNSHIP: ("乡", "镇", "乡镇", "乡镇级", "街道", "乡级", "town"),
    Part.OPENING: ("开头", "开场", "引言"),
    Part.REVIEW: ("回顾", "工作回顾", "总结"),
    Part.PROBLEMS: ("问题", "困难", "存在问题", "problem"),
    Part.TARGETS: ("目标", "预期目标", "主要目标", "target", "goals"),
    Part.TASKS: ("任务", "工作任务", "重点工作", "工作安排", "安排", "部署", "task"),
    Part.GOVERNMENT: ("政府建设", "自身建设", "政府自身建设"),
    Part.CLOSING: ("结尾", "结语", "结束语"),
    Part.GLOSSARY: ("名词解释", "术语", "注释"),
    Part.ANNEX: ("附件", "附录", "附表", "appendix"),
    Category.REPORT: ("报告", "政府工作报告", "工作报告", "reports"),
    Category.OTHER: ("其他", "其它"),
}
"""What readers may write for a value, beside the value and its labels."""

UNKNOWN_NAMES = ("不详", "未知", UNKNOWN_WORD)


def field_named(name: str) -> str | None:
    """The field that readers call so, or None."""
    return _FIELDS.get(_plain(name))


def value_named(field: str, name: str) -> str | None:
    """The value of a field that readers call so, or None; UNKNOWN for 不详."""
    plain = _plain(name)
    return UNKNOWN if plain in UNKNOWN_NAMES else _values(field).get(plain)


def known_values(field: str) -> tuple[str, ...]:
    """Every name of a value of the field."""
    return tuple(_values(field))


@cache
def value_names(field: str) -> Mapping[str, tuple[str, ...]]:
    """Value -> what readers may write for it beside the value itself, the usual word first.

    The labels that pages show are among them: 决议、决定 may be written as either.
    """
    return {
        str(value): tuple(dict.fromkeys((*_MORE_NAMES.get(value, ()), *_labels(field, value))))
        for value in NAMED_VALUES.get(field, ())
    }


def _labels(field: str, value: str) -> list[str]:
    labels = [text(f"{field}.{value}", language) for language in LANGUAGES]
    return [_plain(piece) for label in labels for piece in label.split("、")]


@cache
def _values(field: str) -> Mapping[str, str]:
    return {
        written: value for value, names in value_names(field).items() for written in (value, *names)
    }


def _plain(name: str) -> str:
    return fold_text(name)


_FIELDS = {written: field for field, names in FIELD_NAMES.items() for written in names}
