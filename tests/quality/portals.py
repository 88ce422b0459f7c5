"""Three made-up portals with furniture of their own that no rule for all sites knows.

The first is the portal of a city, saved as text, with the reports of seven places; its pages
print no address, only the code of the site. The second is a county's, saved as HTML with its
widgets inside the article, with fourteen years of one government. The third, a library that
only prints its name, was written when the rules of learning stood, and with lines that they
are not expected to learn. All have what a rule that only counts would take from the reports:
lines that a government writes the same every year.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

PLACES = ("青榆区", "望舒区", "澜溪县", "砚山镇", "云桥县", "鹿鸣区", "松泉县")
THEMES = ("茶园", "竹器", "古渡", "梯田", "温泉", "陶窑", "果林", "水库", "书院", "驿道", "渔村")
DEEDS = ("修缮一新", "扩建完工", "列入保护名录", "接待游客过万", "带动村民增收", "建成示范点")


@dataclass(frozen=True)
class Page:
    """A page as bytes, its lines of furniture, and the report's own."""

    name: str
    data: bytes
    furniture: tuple[str, ...]
    own: tuple[str, ...]


def _report(place: str, year: int, head: str) -> list[str]:
    """The own lines of a report, from its title to its last, short ones at both edges."""
    chance = random.Random(f"{place}{year}")
    sentences = [
        f"{chance.choice(THEMES)}{chance.choice(DEEDS)}，投入{chance.randint(2, 90)}万元，"
        f"惠及{chance.randint(3, 40)}个村居，群众反映良好。"
        for _ in range(12)
    ]
    return [
        f"{place}{year}年政府工作报告",
        "（全文）",
        f"——{year}年1月{chance.randint(4, 20)}日在{place}第九届人民代表大会"
        f"第{'一二三四五'[year % 5]}次会议上",
        f"{place}人民政府{place[-1]}长",
        head,
        "目录",
        "各位代表：",
        f"现在，我代表{place}人民政府，向大会报告政府工作，请予审议，并请列席人员提出意见。",
        f"一、{year - 1}年工作回顾",
        *sentences[:6],
        f"二、{year}年工作安排",
        *sentences[6:],
        "各位代表！蓝图已经绘就，让我们携手并肩，把每一件实事办好办实，共创美好明天。",
        "谢谢大家！",
        f"{place}人民政府",
        f"{year}年1月",
        "名词解释",
        "数字乡村：指以数字技术带动的乡村发展和治理方式，包括网络、平台和服务。",
    ]


def city_pages() -> Iterator[Page]:
    """霁州市: seven places, two years; text as copied from the browser."""
    for number, (place, year) in enumerate((p, y) for p in PLACES for y in (2023, 2024)):
        chance = random.Random(number)
        own = _report(place, year, "顾明栩" if year == 2024 else "柳溪白")
        above = [
            "霁州一站通 让数据多跑路",
            "适合长辈的大字页面",
            f"今日霁州 {chance.choice(['多云', '小雨', '晴'])} {chance.randint(1, 30)}℃",
            f"本页有 {chance.randint(2, 400)} 人正在看",
            *(["专题 春耕备耕服务周"] if number % 5 < 2 else []),
        ]
        between = ["小霁为您读报告", f"听完约需 {chance.randint(20, 40)} 分钟"]
        below = [
            "觉得有用就点一下",
            "往年报告看这里",
            "问问小霁",
            f"本站已安全运行 {chance.randint(1000, 2000)} 天",
            "本页文字由霁州市数据局整理，如有出入，以纸质文本为准。",
            "霁州政务云承载",
            "回到页头",
            "网站标识码：9901000001",
        ]
        lines = [*above, own[0], *between, *own[1:], *below]
        furniture = (*above, *between, *below)
        yield Page(f"city-{number}.txt", "\n".join(lines).encode(), furniture, tuple(own))


def county_pages() -> Iterator[Page]:
    """澜溪县: fourteen years of one government; HTML with the widgets inside the article."""
    for number, year in enumerate(range(2011, 2025)):
        own = _report("澜溪县", year, "贺云堃" if year > 2016 else "施小禾")
        above = [
            "溪边灯塔 夜航模式",
            "字里行间随心缩放",
            *(["县志馆邀您找老照片"] if number % 3 == 0 else []),
        ]
        between = [f"已有 {number * 37 + 5} 位溪友读过", "划线笔记已收起"]
        below = [
            "读完了留个脚印",
            "溪友墙",
            "带页眉的版本",
            f"档案袋编号 LX-{year}-{number:03}",
            "县融媒体中心织网组维护",
        ]
        lines = [*above, own[0], *between, *own[1:], *below]
        body = "\n".join(f"<p>{escape(line)}</p>" for line in lines)
        html = (
            "<!doctype html><html><head><meta charset='utf-8'>"
            f"<link rel='canonical' href='http://www.lanxi.example/report/{year}.html'>"
            f"<title>{own[0]}</title></head><body><div class='article'>{body}</div></body></html>"
        )
        yield Page(f"county-{year}.html", html.encode(), (*above, *between, *below), tuple(own))


def library_pages() -> Iterator[Page]:
    """霁州文库: two places, eight years; pages that print their source and no address."""
    for number, (place, year) in enumerate(
        (p, y) for p in ("望舒区", "云桥县") for y in range(2016, 2024)
    ):
        chance = random.Random(1000 + number)
        own = _report(place, year, "辛禾" if place == "望舒区" else "严望舒")
        above = [
            "文库书架",
            "翻到上一册",
            "翻到下一册",
            f"馆藏号 W{year}-{chance.randint(100, 999)}-{'甲乙丙'[number % 3]}",
            *(["本周荐读 山水之间"] if number % 2 else []),
            "今天想读点什么？",
        ]
        between = [
            "来源：霁州文库",
            f"{chance.randint(3, 90)} 人加入书单",
            "做成小册子",
        ]
        below = [
            "读者批注",
            "还没有批注，来写第一条吧！",
            f"引用这一篇 霁州文库 {year} 卷",
            "1. 同一地方的其他年份",
            "2. 同一年份的其他地方",
            "借阅台：",
            "霁州文库由霁州市图书馆与青榆书院合办",
            "闭馆日为每周一",
        ]
        lines = [*above, own[0], *between, *own[1:], *below]
        furniture = (*above, *between, *below)
        yield Page(f"library-{number}.txt", "\n".join(lines).encode(), furniture, tuple(own))
