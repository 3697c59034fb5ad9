"""What the details say about several pictures: what they share, what differs, and what they are together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from seedream_desktop.gui import words
from seedream_desktop.gui.origin_words import Fact, media_name, model_name

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog
    from seedream_desktop.library.relations import Counted, Summary

translate = QCoreApplication.translate
_NAMED_MOST = 4  # values of one line


def summary_facts(summary: Summary, catalog: Catalog, board_name: Callable[[str], str]) -> tuple[Fact, ...]:
    """Every line, in the order in which they are shown; ``board_name`` gives a board's name by its id."""
    facts = [
        _line(translate("details", "Model"), summary.models, lambda one: model_name(one, catalog)),
        _line(translate("details", "Size"), summary.sizes, _pixels),
        _line(translate("details", "Format"), summary.formats, media_name),
        _line(translate("details", "Board"), summary.boards, board_name),
        _prompts(summary),
        Fact(translate("details", "Stars"), _stars(summary)),
        *_tags(summary),
        Fact(translate("details", "Together"), words.size_in_mb(summary.size_bytes)),
        *_costs(summary),
    ]
    return tuple(fact for fact in facts if fact.value)


def _line(label: str, counted: tuple[Counted, ...], named: Callable[[str], str]) -> Fact:
    """What all have, alone; else each value with how many have it."""
    named_values = [(named(one.value), one.count) for one in counted]
    shown = [(name, count) for name, count in named_values if name]
    if len(counted) == 1:
        return Fact(label, shown[0][0] if shown else "")
    parts = [_with_count(name, count) for name, count in shown[:_NAMED_MOST]]
    if len(shown) > _NAMED_MOST:
        parts.append(translate("details", "and others"))
    return Fact(label, _listed(parts))


def _with_count(name: str, count: int) -> str:
    return translate("details", "{name} ({count})").format(name=name, count=words.number(count))


def _listed(parts: list[str]) -> str:
    return translate("details", ", ", "between the parts of a line").join(parts)


def _pixels(size: str) -> str:
    width, _, height = size.partition("x")
    return "" if size == "0x0" else words.pixels(int(width), int(height))


def _prompts(summary: Summary) -> Fact:
    label = translate("details", "Prompt")
    if len(summary.prompts) == 1:
        return Fact(label, "")  # it is shown in full above
    return Fact(label, translate("details", "they differ"))


def _stars(summary: Summary) -> str:
    if summary.least_rating == summary.most_rating:
        said = words.stars(summary.most_rating) if summary.most_rating else translate("details", "none")
    else:
        text = translate("details", "{least} to {most}")
        said = text.format(least=summary.least_rating, most=summary.most_rating)
    if not summary.rejected:
        return said
    rejected = translate("details", "{count} rejected").format(count=words.number(summary.rejected))
    return _listed([said, rejected])


def _tags(summary: Summary) -> Iterator[Fact]:
    shared = [one.value for one in summary.tags if one.count == summary.count]
    some = [_with_count(one.value, one.count) for one in summary.tags if one.count < summary.count]
    if shared:
        yield Fact(translate("details", "Tags of all"), _listed(shared))
    if some:
        yield Fact(translate("details", "Tags of some"), _listed(some))


def _costs(summary: Summary) -> Iterator[Fact]:
    """Exact about what is not known: no sum is told as if it were all."""
    parts = [words.money(summary.billed_usd)] if summary.billed_usd else []
    if summary.maybe_usd:
        text = translate("details", "{money} may have been billed")
        parts.append(text.format(money=words.money(summary.maybe_usd)))
    unknown = summary.without_price + summary.without_spend
    notes = []
    if unknown:
        text = translate("details", "without {pictures} whose cost is not known")
        notes.append(text.format(pictures=words.pictures(unknown)))
    if parts or unknown:
        said = _listed(parts) or translate("words", "price not known")
        yield Fact(translate("details", "Cost"), said, _listed(notes) if parts else "")
