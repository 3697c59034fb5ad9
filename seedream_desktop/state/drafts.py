"""Several drafts, one of which is shown: begun, closed and brought back, kept across restarts.

There is one live ``Draft``; the others wait as values, with their steps, and take their turn in it.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.settings import VARIATIONS_MAX

if TYPE_CHECKING:
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.state.draft import Draft
    from seedream_desktop.state.draft_step import Held

KEPT_MOST = 50
_CLOSED_MOST = 20


class Drafts(QObject):
    """The drafts in the order of their tabs. GUI thread, but for what says otherwise."""

    changed = Signal()  # which there are, which one is shown, or what they are called

    def __init__(self, draft: Draft, kept: tuple[str, ...] = (), place: int = 0) -> None:
        """``kept``: the others, as ``kept`` gave them; ``place``: of ``draft`` among them."""
        super().__init__()
        self._draft = draft
        self._slots: list[Held | None] = [*filter(None, map(_held_of, kept[:KEPT_MOST]))]
        self._slots.insert(max(0, place), None)  # the one that is shown
        self._closed: list[tuple[int, Held]] = []
        self._sent: tuple[object, ...] | None = None  # words and references of what was sent last
        self._before = draft.recipe  # as it was before the last change
        self._was_edit = draft.is_edit
        self._set_aside: Held | None = None  # when an edit began; goes again when that is undone
        self._texts: tuple[str, ...] | None = None
        draft.recipe_changed.connect(self._on_recipe_changed)

    @property
    def place(self) -> int:
        """Of the one that is shown."""
        return self._slots.index(None)

    @property
    def recipes(self) -> tuple[Recipe, ...]:
        """Of all, in their order. Any thread."""
        return tuple(self._draft.recipe if held is None else held[0] for held in tuple(self._slots))

    @property
    def can_reopen(self) -> bool:
        """Whether one was closed."""
        return bool(self._closed)

    def references(self) -> tuple[Reference, ...]:
        """Of all drafts, also of closed ones that may come back. Any thread."""
        recipes = (*self.recipes, *(held[0] for _, held in tuple(self._closed)))
        return tuple(dict.fromkeys(one for recipe in recipes for one in recipe.references or ()))

    def kept(self) -> tuple[str, ...]:
        """All but the one that is shown, as text for the settings."""
        if self._texts is None:
            self._texts = tuple(_text_of(held) for held in self._slots if held is not None)[:KEPT_MOST]
        return self._texts

    def new(self, recipe: Recipe | None = None) -> None:
        """Begin another one beside the one that is shown: ``recipe`` in it, else as that is."""
        place = self.place
        self._slots[place] = self._draft.exchange(self._empty())
        self._slots.insert(place + 1, None)
        if recipe is not None:
            self._draft.apply(recipe)
        self._tell()

    def close(self, place: int | None = None) -> None:
        """Close one, the one that is shown unless said; in the place of the last comes an empty one."""
        place = self.place if place is None else place
        if self._slots[place] is None and len(self._slots) == 1:
            if _says_something(self._draft.recipe):
                self._closed.append((0, self._draft.exchange(self._empty())))
        elif self._slots[place] is None:
            self.show(place + 1 if place + 1 < len(self._slots) else place - 1)
            self._drop(place)
        else:
            self._drop(place)
        self._tell()

    def reopen(self) -> None:
        """Bring back the one that was closed last, where it was, and show it."""
        if self._closed:
            is_empty = len(self._slots) == 1 and not _says_something(self._draft.recipe)
            place, held = self._closed.pop()
            self._slots.insert(place, held)
            self.show(self._slots.index(held))
            if is_empty:  # it took the place of the last that was closed
                self._slots = [None]
            self._tell()

    def show(self, place: int) -> None:
        """Show another one."""
        held = self._slots[place] if 0 <= place < len(self._slots) else None
        if held is not None:
            self._slots[self.place] = self._draft.exchange(held)
            self._slots[place] = None
            self._tell()

    def step(self, by: int) -> None:
        """Show the next one, or with -1 the one before; after the last comes the first."""
        self.show((self.place + by) % len(self._slots))

    def move(self, place: int, to: int) -> None:
        """Give one another place in the order."""
        self._slots.insert(to, self._slots.pop(place))
        self._tell()

    def forget(self, board_ids: Collection[str]) -> None:
        """Leave nothing of those that wait, or were closed, and are for these boards."""
        self._slots = [held for held in self._slots if held is None or held[2] not in board_ids]
        self._closed = [(place, held) for place, held in self._closed if held[2] not in board_ids]
        self._set_aside = None
        self._tell()

    def note_sent(self) -> None:
        """What the draft says was sent: its pictures carry it, it need not be set aside."""
        self._sent = _said(self._draft.recipe)

    def _empty(self) -> Held:
        """Without words and references, else as the one that is shown."""
        empty = replace(self._draft.recipe, prompt="", references=(), variables=(), by_line=False)
        return (empty, 1, self._draft.board_id, False, [], [])

    def _drop(self, place: int) -> None:
        held = self._slots.pop(place)
        if held is not None and _says_something(held[0]):
            self._closed.append((place, held))
            del self._closed[:-_CLOSED_MOST]

    def _on_recipe_changed(self, recipe: Recipe) -> None:
        before, was_edit = self._before, self._was_edit
        self._before, self._was_edit = recipe, self._draft.is_edit
        if self._draft.is_exchanging:
            return
        aside = self._set_aside
        if aside is not None and recipe == aside[0] and aside in self._slots:
            self._slots.remove(aside)  # the edit was undone: what it was begun beside is here again
            self._set_aside = None
        elif self._is_new_edit(recipe) and _says_something(before) and _said(before) != self._sent:
            self._set_aside = (before, self._draft.variations, self._draft.board_id, was_edit, [], [])
            self._slots.insert(self.place, self._set_aside)
        self._texts = None
        self.changed.emit()

    def _is_new_edit(self, recipe: Recipe) -> bool:
        """Whether the designer has just begun one, and nothing that waits is what stood here before."""
        is_begun = self._draft.is_edit and not recipe.prompt and len(recipe.references or ()) == 1
        return is_begun and not self._draft.can_redo

    def _tell(self) -> None:
        self._texts = None
        self.changed.emit()


def _said(recipe: Recipe) -> tuple[object, ...]:
    return recipe.prompt, recipe.references


def _says_something(recipe: Recipe) -> bool:
    return bool((recipe.prompt or "").strip() or recipe.references)


def _text_of(held: Held) -> str:
    recipe, variations, board_id, is_edit, _, _ = held
    said = {"recipe": encode(recipe), "variations": variations, "board_id": board_id, "is_edit": is_edit}
    return json.dumps(said, ensure_ascii=False)


def _held_of(text: str) -> Held | None:
    """None: it is none, or none that this version reads."""
    with suppress(ValueError, RecursionError):
        said: Any = json.loads(text)
        if isinstance(said, dict):
            recipe = decode(Recipe, said.get("recipe"))
            variations = min(max(1, decode(int, said.get("variations"))), VARIATIONS_MAX)
            return (
                recipe,
                variations,
                decode(str, said.get("board_id")),
                said.get("is_edit") is True,
                [],
                [],
            )
    return None
