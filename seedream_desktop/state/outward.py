"""The order in which pictures are looked at: from what is in view outward, without a value for each."""

from __future__ import annotations

DIGEST_BYTES = 32  # of a SHA-256


class Outward:
    """Pictures in the order of the gallery, by their SHA-256, each to be taken once."""

    def __init__(self, digests: bytes = b"") -> None:
        """``digests``: one after the other."""
        self._digests = digests
        self.total = self.left = len(digests) // DIGEST_BYTES
        self._is_taken = bytearray(self.total)
        self._near = ""
        self._middle, self._before, self._behind = 0, -1, 0  # what was taken lies between

    def without(self, sha256s: set[str]) -> Outward:
        """The same order but for some."""
        gone = {bytes.fromhex(sha256) for sha256 in sha256s}
        starts = range(0, len(self._digests), DIGEST_BYTES) if gone else ()
        digests = (self._digests[start : start + DIGEST_BYTES] for start in starts)
        return Outward(b"".join(one for one in digests if one not in gone)) if gone else self

    def take(self, near: str) -> str | None:
        """The SHA-256 of the picture that is nearest to the one called ``near``; None: none is left.

        Where ``near`` is none of them it stays what it was.
        """
        if not self.left:
            return None
        self._look_at(near)
        self._behind = _or(self._is_taken.find(b"\0", self._behind), self.total)
        self._before = self._is_taken.rfind(b"\0", 0, self._before + 1)
        is_behind_nearer = self._behind - self._middle <= self._middle - self._before or self._before < 0
        place = self._behind if is_behind_nearer and self._behind < self.total else self._before
        self._is_taken[place] = 1
        self.left -= 1
        return self._digests[place * DIGEST_BYTES : (place + 1) * DIGEST_BYTES].hex()

    def _look_at(self, near: str) -> None:
        if near == self._near:
            return
        self._near = near
        middle = self._place_of(near)
        if middle is not None and middle != self._middle:
            self._middle, self._before, self._behind = middle, middle - 1, middle

    def _place_of(self, sha256: str) -> int | None:
        try:
            digest = bytes.fromhex(sha256)
        except ValueError:
            return None
        start = self._digests.find(digest) if len(digest) == DIGEST_BYTES else -1
        while start > 0 and start % DIGEST_BYTES:  # bytes of two of them
            start = self._digests.find(digest, start + 1)
        return start // DIGEST_BYTES if start >= 0 else None


def _or(found: int, otherwise: int) -> int:
    return found if found >= 0 else otherwise
