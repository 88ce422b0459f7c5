"""Patterns of lines that are furniture by what stands beside them, or that tell where text begins.

They read lines as rules do (shapes.fold); the modules of the head and the tail use them.
"""

from __future__ import annotations

import re

from archive.boilerplate.words import (
    COLON,
    COUNT,
    DATE_LABEL,
    INDEX,
    PERSON,
    SEPARATOR,
    SITE_NAVIGATION,
    SOURCE,
    WIDGET,
    spaced,
)

# What follows one of these at the end of a page is not the report's.
RELATED = re.compile(
    r"^[•·■▪【\[]?(?:相关|热点|热门|推荐|精彩|最新|延伸|更多)(?:链接|报道|新闻|阅读|文章|附件|信息|文件|解读|稿件|推荐|专题|资料|资源|内容|文档|政策|图片|视频|下载|搜索|标签)"
    r"(?:[:：>＞】\]»]|推荐)*$|^(?:图片图表|栏目推荐|猜你喜欢|为您推荐|您可能感兴趣|相似文档|热点聚焦|(?:新闻|文章|阅读|编辑|本站)推荐|词条统计|网友评论|发表评论|我要评论|附件下载)[:：]?$"
)

# A label whose value may stand on the line below it.
OPEN_LABEL = re.compile(rf"(?:{SOURCE}|{DATE_LABEL}|{PERSON}|{COUNT}){COLON}$")
NAME_LABEL = re.compile(f"(?:名称|标题|题名|内容概[述览]){COLON}$")
INDEX_LABEL = re.compile(rf"(?:{INDEX}|{SOURCE}|{DATE_LABEL}){COLON}$")
COUNT_LABEL = re.compile(rf"(?:{COUNT}){COLON}$")

# A row of an index table in running text: matched in the line as it stands.
INDEX_ROW = re.compile(rf"^\s*(?:{spaced(INDEX)}|{spaced(SOURCE)}|{spaced(DATE_LABEL)})(?:\s|$)")
# A short label with a colon; furniture only beside rows that are known.
LABELLED_ROW = re.compile("^[•·●]?[\u4e00-\u9fff]{2,8}[:：]")
# One whose label means nothing else, so that it needs no other row beside it.
INDEX_ROW_ALONE = re.compile(
    r"^\s*(?:"
    + spaced(
        "载体类型|记录形式|公开(?:形式|方式|类型|范围|类别|程序|时限|属性)|主题分类|体裁分类|组配分类"
        "|信息有效性|索引号|发布机构|信息名称|内容概述|公开责任部门"
    )
    + r")\s+\S"
)

# A row of a menu: short words side by side.
MENU_ROW = re.compile(r"^\s*(?:[\u4e00-\u9fff]{2,6}[ \u3000|｜]+){4,}[\u4e00-\u9fff]{2,6}\s*$")

# The same with strokes between the words; figures are those of a table of the report.
STROKE_MENU = re.compile(r"^[^|｜，。：:；\d]{2,12}(?:[|｜][^|｜，。：:；\d]{2,12}){2,}$")

# A line below which the document itself begins.
FULL_TEXT = re.compile(
    "^(?:报告)?(?:全文|原文|具体内容|正文)(?:如下|为)?[:：]$|(?:全文|原文)如下[:：]$"
    "|以下(?:是|为).{0,8}(?:全文|原文)[:：]$"
)

# The table of an encyclopedia's article.
BOX_HEAD = re.compile("^基本(?:介绍|资料|信息)$")
BOX_ROW = re.compile("^[•·-][\u4e00-\u9fff]{2,6}[:：]")
# The headings of the text, one behind the other.
BOX_OUTLINE = re.compile("^[^。；：]{4,40}(?:[,，][^,，。；：]{2,40}){5,}[,，]?$")

# Single signs of a button or of a way through the site; furniture only in a run of others.
RUN_TOKEN = re.compile(rf"^(?:{SEPARATOR}|{WIDGET}|{SITE_NAVIGATION}){{1,3}}$")
CRUMB_SIGN = re.compile("^[>＞»›/]+$")

# A reporter's line of a session told live, and the words with which the speech itself begins.
LIVE_TAG = re.compile(r"^[【\[][^】\]]{2,12}(?:报道|直播|快讯)[】\]]")
SPEECH = re.compile("各位代表.{0,6}我代表")

# The number of a sample in a reposter's collection.
PIECE = re.compile(
    r"^第[一二三四五六七八九十\d]{1,3}篇[:：]|^篇[一二三四五六七八九十\d]{1,3}|[(（]?篇[一二三四五六七八九十\d]{1,2}[)）]?$"
)

# A line of an aggregator in front of a report: its own tag, and the report's title.
TAGGED_TITLE = re.compile(
    "^[•·*]?(?:【[^】]{2,12}】|\\[[^\\]]{2,16}\\]|资料[:：]).*政府工作报告(?:全文)?$"
)
ELLIPSIS_END = re.compile(r"(?:…+|\.{3,})(?:[(（].{1,6}[)）])?$")

# The day below the office that signs a document.
DAY_LINE = re.compile(
    r"^(?:(?:19|20)\d\d|[一二][一二三四五六七八九十〇○零Oo0]{3})年.{1,3}月.{1,3}日$"
)
