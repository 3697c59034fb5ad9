"""The menu of a tile: everything that can be done to it, by pointer and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu, QWidget

from seedream_desktop.gui import words
from seedream_desktop.gui.cards import Act, Card
from seedream_desktop.gui.gallery_keys import PictureKey

translate = QCoreApplication.translate
STARS = 5


@dataclass(frozen=True, slots=True)
class PictureWishes:
    """What happens when an entry is chosen."""

    open: Callable[[], None] | None  # None: it is in the viewer
    edit: Callable[[], None]
    reference: Callable[[], None]
    copy: Callable[[], None]
    copy_files: Callable[[], None]
    reveal: Callable[[], None]
    copy_command: Callable[[], None]
    rate: Callable[[int], None]
    trash: Callable[[], None]
    act: Callable[[PictureKey], None]


def picture_menu(parent: QWidget, wishes: PictureWishes, *, is_in_trash: bool) -> QMenu:
    """The menu for selected pictures."""
    menu = _menu(parent)
    if wishes.open is not None:
        menu.addAction(translate("tile menu", "Open in the viewer"), wishes.open)
    if is_in_trash:
        _add_acts(
            menu,
            wishes,
            (PictureKey.RESTORE, translate("tile menu", "Put back where it was")),
            (PictureKey.PURGE, translate("tile menu", "Move to the system's trash…")),
            (PictureKey.EMPTY_TRASH, translate("tile menu", "Empty the trash…")),
        )
        return menu
    menu.addAction(translate("tile menu", "Edit this picture"), wishes.edit)
    menu.addAction(translate("tile menu", "Use as reference"), wishes.reference)
    menu.addSeparator()
    menu.addAction(translate("tile menu", "Copy the picture"), wishes.copy)
    menu.addAction(translate("tile menu", "Copy the file"), wishes.copy_files)
    _add_acts(
        menu,
        wishes,
        (PictureKey.COPY_PROMPT, translate("tile menu", "Copy the prompt")),
        (PictureKey.COPY_RECIPE, translate("tile menu", "Copy the recipe")),
    )
    menu.addAction(translate("tile menu", "Copy as curl"), wishes.copy_command)
    menu.addAction(translate("tile menu", "Show in the file manager"), wishes.reveal)
    _add_acts(
        menu,
        wishes,
        (PictureKey.OPEN_WITH, translate("tile menu", "Open a working copy")),
        (PictureKey.CHOOSE_PROGRAM, translate("tile menu", "Open a working copy with…")),
        (PictureKey.EXPORT, translate("tile menu", "Export…")),
    )
    _add_rating(menu, wishes)
    _add_acts(
        menu,
        wishes,
        (PictureKey.REJECT, translate("tile menu", "Reject, or take it back")),
        (PictureKey.COMPARE, translate("tile menu", "Compare")),
        (PictureKey.GRID, translate("tile menu", "Press as a table")),
        (PictureKey.STORYBOARD, translate("tile menu", "Open as a storyboard")),
        (PictureKey.ALIKE, translate("tile menu", "More like this")),
        (PictureKey.TAG, translate("tile menu", "Tags…")),
        (PictureKey.RENAME, translate("tile menu", "Rename…")),
    )
    menu.addSeparator()
    menu.addAction(translate("tile menu", "Move to the trash"), wishes.trash)
    return menu


def job_menu(parent: QWidget, card: Card, do: Callable[[Act], None]) -> QMenu:
    """The menu for a job: the buttons of its card, and what is rarely wanted."""
    menu = _menu(parent)
    acts = [(button.act, button.words) for button in (*card.buttons, *card.rarely)]
    if card.dismiss_words:
        acts.append((Act.DISMISS, card.dismiss_words))
    for act, text in acts:
        menu.addAction(text).triggered.connect(lambda _checked, act=act: do(act))
    return menu


def _add_rating(menu: QMenu, wishes: PictureWishes) -> None:
    _add_ratings(menu, wishes)


def _add_ratings(menu: QMenu, wishes: PictureWishes) -> None:
    rating = menu.addMenu(translate("tile menu", "Rate"))
    for stars in range(STARS, 0, -1):
        rating.addAction(words.stars(stars)).triggered.connect(
            lambda _checked, stars=stars: wishes.rate(stars)
        )
    rating.addAction(translate("tile menu", "No stars"), lambda: wishes.rate(0))


def _add_acts(menu: QMenu, wishes: PictureWishes, *acts: tuple[PictureKey, str]) -> None:
    for key, text in acts:
        menu.addAction(text).triggered.connect(lambda _checked, key=key: wishes.act(key))


def _menu(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
