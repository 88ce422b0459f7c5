"""Who published the text, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from archive.metadata.rules import Found, found
from archive.metadata.view import View
from archive.model import Source

_LABELS = tuple(
    re.compile(rf"(?:{names})\s*[:|】\]]\s*(?P<value>[^|\s【\[]*)")
    for names in (r"(?:文章|信息|稿件)?来\s*源", "发布机构|公开责任部门|信息提供")
)
_OTHER_LABEL = re.compile(
    r"[:【\[(]|作者|编辑|发布(?:时间|日期|者)|时间|日期|字体|字号|浏览|阅读|点击|分享|打印"
)
_SITE_HINTS = ("contentsource", "sitename", "og:site_name")
_URL_HINTS = ("canonical", "url", "og:url")
_FETCHED_HINT = "saved-from"
_ADDRESS = re.compile(r"https?://[^\s\"'<>，。；、）)】]+")
_SESSION_LINK = re.compile(
    r"interlibsso|/sso/|[?&](?:jsessionid|sid|session|ticket|token)=|ezproxy|/goto/\d+/",
    re.I,
)
_OWN_ADDRESS = re.compile(
    rf"(?:网址|原文|本文|链接|地址)(?:链接|地址|网址)?\s*[:：]\s*(?P<url>{_ADDRESS.pattern})"
)
_SESSION_PATH = re.compile(r";jsessionid=[^?#/]*", re.I)
_INNER_ADDRESS = re.compile(
    r"[?&](?:url|u|target|qurl)=(?P<url>https?(?:://|%3A%2F%2F)[^&]+)", re.I
)
_SITE_LENGTH = 30


def infer_source(view: View) -> Found[Source]:
    """The site as the page names it, and the address of the page where it shows one."""
    site, url = _site(view), _url(view)
    fetched = infer_fetched_url(view).value
    value = Source(site.value if site else None, url.value if url else None, fetched)
    evidence = [part.evidence for part in (site, url) if part]
    if not evidence:
        return found("not-stated", "", value)
    return found(evidence[0].rule, " ".join(part.text for part in evidence), value)


def infer_fetched_url(view: View) -> Found[str]:
    """The address that the page was saved from, as the browser noted it."""
    url = view.hints.get(_FETCHED_HINT, "").strip()
    return found("saved-from", url, url) if _ADDRESS.fullmatch(url) else found("not-stated")


def _site(view: View) -> Found[str] | None:
    for words, value in _labelled(view):
        return found("source-label", words, value)
    for name in _SITE_HINTS:
        if view.hints.get(name, "").strip():
            return found("source-hint", view.hints[name], view.hints[name].strip())
    return None


def _labelled(view: View) -> Iterator[tuple[str, str]]:
    """Labels with their values, the origin of the text before the publisher of the page."""
    lines = [line.folded for line in (*view.head, *view.furniture, *view.tail)]
    for label in _LABELS:
        for index, line in enumerate(lines):
            match = label.search(line)
            value = _value(match, lines[index + 1 : index + 2]) if match else ""
            if match and value and len(value) <= _SITE_LENGTH and not _OTHER_LABEL.search(value):
                yield match[0], value


def _value(match: re.Match[str], following: Sequence[str]) -> str:
    """The words behind a label; those of the next line if the label ends its own."""
    value: str = match["value"].strip("()")
    if value or match.string[match.end() :].strip():
        return value
    return "".join(following)


def _url(view: View) -> Found[str] | None:
    """The address that the page states, one that it prints as its own, the one it was saved
    from, or any that it prints; a proxy's session link is none of these."""
    printed = [url for line in _around(view) for url in _ADDRESS.findall(line)]
    candidates = [*iter_own_addresses(view), *(("source-address", url) for url in printed)]
    for rule, words in candidates:
        url = unwrap(words.strip())
        if url:
            return found(rule, words, url)
    return None


def iter_own_addresses(view: View) -> Iterator[tuple[str, str]]:
    """The rule and the words of each address that is the page's own."""
    for name in _URL_HINTS:
        yield "source-hint", view.hints.get(name, "")
    for line in _around(view):
        for match in _OWN_ADDRESS.finditer(line):
            yield "source-address", match["url"]
    yield "source-hint", view.hints.get(_FETCHED_HINT, "")


def _around(view: View) -> list[str]:
    return [line.shown for line in (*view.head, *view.furniture, *view.tail)]


def unwrap(url: str) -> str | None:
    """The address without a session: itself, without its token, or the one a proxy leads to."""
    url = _SESSION_PATH.sub("", url)
    inner = _INNER_ADDRESS.search(url)
    if inner and _SESSION_LINK.search(url[: inner.start()]):
        url = unquote(inner["url"])
    return url if _ADDRESS.fullmatch(url) and not _SESSION_LINK.search(url) else None
