"""What the host of an address tells of a place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

PROVINCE_LABELS = {
    "11": "bj beijing",
    "12": "tj tianjin",
    "13": "he hebei",
    "14": "sx shanxi",
    "15": "nm nmg",
    "21": "ln",
    "22": "jl",
    "23": "hl hlj",
    "31": "sh shanghai",
    "32": "js jiangsu",
    "33": "zj",
    "34": "ah",
    "35": "fj fujian",
    "36": "jx jiangxi",
    "37": "sd shandong",
    "41": "ha henan",
    "42": "hb hubei",
    "43": "hn hunan",
    "44": "gd",
    "45": "gx gxzf",
    "46": "hi hainan",
    "50": "cq chongqing",
    "51": "sc",
    "52": "gz guizhou",
    "53": "yn",
    "54": "xz xizang",
    "61": "sn shaanxi",
    "62": "gs gansu",
    "63": "qh qinghai",
    "64": "nx",
    "65": "xj xinjiang",
}
"""First digits of a province's codes -> the labels that stand for it in governments' hosts.

Source: the second-level domains of .cn for provinces (CNNIC), and the names in use.
"""

_MUNICIPALITIES = ("bj", "tj", "sh", "cq")
"""Their districts' hosts put the municipality's letters before their own: bjchy.gov.cn."""


def read_hosts(texts: Iterable[str]) -> frozenset[str]:
    """The hosts of all addresses in the texts."""
    addresses = re.findall(r"(?:https?://|www\.)[\w.-]+", "\n".join(texts))
    hosts = (urlsplit(a if "//" in a else f"//{a}").hostname for a in addresses)
    return frozenset(host for host in hosts if host)


def is_host_of(code: str, hosts: Iterable[str]) -> bool:
    """Whether one of the hosts is of a government in the province of the code."""
    names = PROVINCE_LABELS.get(code[:2], "").split()
    return any(_is_named(label, names) for host in hosts for label in _labels(host))


def _labels(host: str) -> list[str]:
    return host.removesuffix(".gov.cn").split(".") if host.endswith(".gov.cn") else []


def _is_named(label: str, names: list[str]) -> bool:
    return label in names or any(
        name in _MUNICIPALITIES and label.startswith(name) for name in names
    )
