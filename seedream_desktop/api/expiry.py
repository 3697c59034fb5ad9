"""When a signed link dies, read from its own fields."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

_STAMP = re.compile(r"\d{8}T\d{6}Z")
_YEAR_S = 366 * 86_400
_SIGNERS = ("x-tos", "x-amz", "x-oss", "x-goog", "x-cos", "x-bce")
_EPOCHS = ("expires", "x-expires")
_EPOCH_RANGE_S = (10**9, 10**11)


def link_expiry_ms(url: str) -> int | None:
    """UTC milliseconds at which ``url`` dies, or None where it does not say."""
    try:
        fields = {name.lower(): text for name, text in parse_qsl(urlsplit(url).query, max_num_fields=200)}
    except ValueError:
        return None
    for signer in _SIGNERS:
        moment_s = _from_stamp(fields.get(f"{signer}-date", ""), fields.get(f"{signer}-expires", ""))
        if moment_s is not None:
            return moment_s * 1000
    for name in _EPOCHS:
        text = fields.get(name, "")
        if text.isdecimal() and len(text) <= 11 and _EPOCH_RANGE_S[0] <= int(text) < _EPOCH_RANGE_S[1]:
            return int(text) * 1000
    return None


def _from_stamp(stamp: str, seconds: str) -> int | None:
    if not _STAMP.fullmatch(stamp) or not seconds.isdecimal() or len(seconds) > 9 or int(seconds) > _YEAR_S:
        return None
    try:
        moment = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return int(moment.timestamp()) + int(seconds)
