"""The name of the site that a page is from, told by the page itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from archive.model import RemovedLine, Source

UNKNOWN_SITE = ""

_SITE_CODE = re.compile(r"网站标识码[:：]?\s*(\d{10})")
_FILING = re.compile(r"([\u4e00-\u9fff]ICP[备证]\d{6,}号?)", re.IGNORECASE)


def identify_site(source: Source, removed: Iterable[RemovedLine]) -> str:
    """The site of a document, or UNKNOWN_SITE.

    That is the host of its address; else the number under which the site is registered, which
    its footer must show: of government sites their code, of all their filing; else the site's
    name as printed. The name comes last because it is often the name of whoever wrote the
    text, and not of the portal that printed it.

    Source: 政府网站发展指引 (State Council, 2017) for the code; 互联网信息服务管理办法 for the
    filing.
    """
    for address in (source.url, source.fetched_url):
        host = _host(address or "")
        if host:
            return host
    foot = "\n".join(line.text for line in removed)
    for number in (_SITE_CODE, _FILING):
        found = Counter(number.findall(foot)).most_common(1)
        if found:
            return str(found[0][0])
    return source.site or UNKNOWN_SITE


def _host(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
