"""Which congress heard the report, and in which of its sessions."""

from __future__ import annotations

import re

from archive.metadata.rules import Found, found
from archive.metadata.session import Address

_NUMBER = r"[一二三四五六七八九十百\d]{1,5}"
_CONGRESS = re.compile(
    rf"(?P<session>第?{_NUMBER}届(?:全国)?人(?:民代表)?大(?:会)?第?{_NUMBER}次)(?:全体)?(?:会议)?"
)


def infer_congress(address: Address) -> Found[str]:
    """Congress and session as the session's line names them: 第十八届人民代表大会第一次会议."""
    words = address.session_place.evidence.text
    match = _CONGRESS.search(words)
    if match:
        return found("congress-line", words, f"{match['session']}会议")
    return found("damaged-congress" if words else "not-stated", words)
