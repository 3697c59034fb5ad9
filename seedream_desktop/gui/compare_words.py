"""What differs between pictures, line by line; in their prompts word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from seedream_desktop.gui import words
from seedream_desktop.gui.origin_words import facts_of, media_name
from seedream_desktop.state.word_differences import Piece, shortened

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.state.origins import Origin

translate = QCoreApplication.translate
_KEPT_CHARACTERS = 44  # of what is shared, beside what differs
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a cell for each picture. ``whole``: the same unshortened, for the tooltip."""

    label: str
    cells: tuple[tuple[Piece, ...], ...]
    whole: tuple[str, ...]


def differing_lines(
    origins: Sequence[Origin], prompts: Sequence[tuple[Piece, ...]], catalog: Catalog
) -> tuple[Line, ...]:
    """Only what differs. ``prompts``: of each picture, in pieces."""
    lines = []
    if any(not piece.is_shared for pieces in prompts for piece in pieces):
        cells = tuple(shortened(pieces, _cut) for pieces in prompts)
        whole = tuple("".join(piece.text for piece in pieces) for pieces in prompts)
        lines.append(Line(translate("compare", "Prompt"), cells, whole))
    for label, values in _values(origins, catalog).items():
        if len(set(values)) > 1:
            lines.append(Line(label, _cells(values), values))
    return tuple(lines)


def prompt_of(origin: Origin) -> str:
    """What the picture was asked for with."""
    request = origin.record.made.request
    return request.prompt if request is not None else origin.picture.prompt


def _values(origins: Sequence[Origin], catalog: Catalog) -> dict[str, tuple[str, ...]]:
    facts = [{fact.label: fact.value for fact in facts_of(origin, catalog)} for origin in origins]
    skipped = {
        translate("details", "Made"),
        translate("details", "Folder"),
        translate("details", "Request"),
        translate("details", "Press"),
        translate("details", "Set"),
        translate("details", "Price list"),
        translate("details", "Delivered"),  # its bytes are never the same; what counts of it is below
        translate("details", "Size"),
    }
    labels = [
        label for label in dict.fromkeys(label for one in facts for label in one) if label not in skipped
    ]
    values = {label: tuple(one.get(label, _none()) or _none() for one in facts) for label in labels}
    came = [origin.picture for origin in origins]
    sizes = tuple(words.pixels(one.width_px, one.height_px) for one in came)
    values[translate("compare", "Size")] = sizes
    values[translate("compare", "Format")] = tuple(media_name(one.media_type) for one in came)
    values |= _references(origins)
    marks = [origin.record.marks for origin in origins]
    separator = translate("details", ", ", "between the parts of a line")
    values[translate("compare", "Tags")] = tuple(separator.join(one.tag_names) or _none() for one in marks)
    values[translate("compare", "Note")] = tuple(str(one.note.value) or _none() for one in marks)
    return values


def _references(origins: Sequence[Origin]) -> dict[str, tuple[str, ...]]:
    held = [origin.record.made.request for origin in origins]
    lists = [request.references if request is not None else () for request in held]
    most = max((len(one) for one in lists), default=0)
    label = translate("compare", "Reference {number}")
    return {
        label.format(number=place + 1): tuple(_reference(one, place) for one in lists)
        for place in range(most)
        if len({one[place].sha256 if place < len(one) else "" for one in lists}) > 1
    }


def _reference(references: Sequence[Reference], place: int) -> str:
    if place >= len(references):
        return _none()
    one = references[place]
    return (
        one.name or f"{translate('compare', 'pasted picture')}, {words.pixels(one.width_px, one.height_px)}"
    )


def _none() -> str:
    return translate("compare", "none")


def _cells(values: Sequence[str]) -> tuple[tuple[Piece, ...], ...]:
    """Of two both are marked; of more, those that are not as most are."""
    (usual, count), *_ = Counter(values).most_common(1)
    has_usual = count > 1 and len(values) > 2
    return tuple((Piece(value, is_shared=has_usual and value == usual),) for value in values)


def _cut(text: str, is_first: bool, is_last: bool) -> str:
    """What is shared, as far as it stands beside what differs; never inside a word."""
    if is_first and is_last:
        return text
    if is_first:
        return _tail(text)
    if is_last:
        return _head(text)
    return text if len(text) <= 2 * _KEPT_CHARACTERS + len(_CUT) else f"{_head(text)}{_tail(text)[1:]}"


def _head(text: str) -> str:
    if len(text) <= _KEPT_CHARACTERS:
        return text
    kept = text[:_KEPT_CHARACTERS]
    at = kept.rfind(" ")
    return (kept[:at] if at > _KEPT_CHARACTERS // 2 else kept).rstrip() + _CUT


def _tail(text: str) -> str:
    if len(text) <= _KEPT_CHARACTERS:
        return text
    kept = text[-_KEPT_CHARACTERS:]
    at = kept.find(" ")
    return _CUT + (kept[at:] if 0 <= at < _KEPT_CHARACTERS // 2 else kept).lstrip()
