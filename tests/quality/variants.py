"""The same page as another portal would print it: what is read from it must not change."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_ISO = re.compile(r"((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})")
_HAN = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
_FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x30, 0x3A)})
_LABEL = re.compile("((?:发布|公开)(?:时间|日期))[:：][ \u3000]*(?=[12])")
_OFFICE = re.compile("((?:[省市县区州旗盟镇乡]长|主席|专员))[ \u3000]+")
_FOOT = "责任编辑：柳七\n上一篇：没有了\n下一篇：没有了\n版权所有 青ICP备00000000号\n"
_BANNER = (
    "欢迎访问本网站！ 今天是2026年4月11日 星期六\n首页 新闻中心 政务公开 办事服务 互动交流 专题\n"
)

VARIANTS: Mapping[str, Callable[[str], str]] = {
    "slashes in dates": lambda text: _ISO.sub(r"\1/\2/\3", text),
    "no zeros in dates": lambda text: _ISO.sub(
        lambda day: f"{day[1]}-{int(day[2])}-{int(day[3])}", text
    ),
    "points in dates": lambda text: _ISO.sub(r"\1.\2.\3", text),
    "zeros in Chinese dates": lambda text: _HAN.sub(
        lambda day: f"{day[1]}年{int(day[2]):02}月{int(day[3]):02}日", text
    ),
    "full-width digits": lambda text: text.translate(_FULL_WIDTH),
    "half-width colons": lambda text: text.replace("：", ":"),
    "full-width colons": lambda text: re.sub("(?<=[\u4e00-\u9fff]):", "：", text),
    "a blank line between all": lambda text: text.replace("\n", "\n\n"),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "every line indented": lambda text: text.replace("\n", "\n\u3000\u3000"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "full-width signs in the way": lambda text: text.replace(">", "＞"),
    "letter-spaced title": lambda text: text.replace("\n政府工作报告\n", "\n政 府 工 作 报 告\n"),
    "no dash before the session": lambda text: re.sub(r"(?m)^[—―─]+[ \u3000]*(?=\S{14})", "", text),
    "session in brackets": lambda text: re.sub(r"(?m)^[—―─]+(.*会议上)$", r"（\1）", text),
    "session on two lines": lambda text: re.sub(
        r"(?m)(人民代表大会)(第.{1,4}次会议上)", r"\1\n\2", text
    ),
    "no blank before the name": lambda text: _OFFICE.sub(r"\1", text),
    "wide blank before the name": lambda text: _OFFICE.sub("\\1\u3000\u3000", text),
    "value below its label": lambda text: _LABEL.sub(r"\1：" + "\n", text),
    "a footer": lambda text: text.rstrip("\n") + "\n" + _FOOT,
    "a banner": lambda text: _BANNER + text,
}
