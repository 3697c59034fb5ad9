"""What a look through the whole library finds, as kinds and facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What is not as it should be."""

    PICTURE_MISSING = "picture_missing"  # its record waits for it
    PICTURE_DAMAGED = "picture_damaged"  # cannot be decoded
    PICTURE_CHANGED = "picture_changed"  # other bytes than those that its record speaks of
    PICTURE_UNREADABLE = "picture_unreadable"  # the disk or its permissions do not give it
    PICTURE_ELSEWHERE = "picture_elsewhere"  # a cloud keeps it; it was not fetched to be looked at
    PICTURE_TWICE = "picture_twice"  # the same one of a job's answer on several boards
    RECORD_MISSING = "record_missing"
    RECORD_DAMAGED = "record_damaged"
    INDEX_WRONG = "index_wrong"  # said something else than the record
    REFERENCE_MISSING = "reference_missing"
    REFERENCE_DAMAGED = "reference_damaged"
    SPEND_DAMAGED = "spend_damaged"
    COPY_LEFT = "copy_left"  # of a record, by a synchroniser
    TRASH_DAMAGED = "trash_damaged"  # an entry without its picture or its description
    LEFTOVER = "leftover"  # of a write that never ended


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing. ``name`` is its path in the library, a reference's own name, or empty for the index."""

    kind: FindingKind
    name: str
    is_healed: bool = False


@dataclass(frozen=True, slots=True)
class Checkup:
    """What one look found."""

    is_thorough: bool
    findings: tuple[Finding, ...]
    pictures: int  # looked at
    size_bytes: int  # of the files that were read
    is_complete: bool  # False: stopped before the end

    @property
    def missing(self) -> tuple[str, ...]:
        """The pictures whose records wait for them."""
        return tuple(one.name for one in self.findings if one.kind is FindingKind.PICTURE_MISSING)

    def of(self, kind: FindingKind, *, is_healed: bool) -> tuple[str, ...]:
        """The names of one kind."""
        return tuple(one.name for one in self.findings if one.kind is kind and one.is_healed is is_healed)
