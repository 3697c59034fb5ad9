"""Pictures as searches: what looks like one of the library or from elsewhere, and what is there twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPixmap

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui import words
from seedream_desktop.gui.gallery_keys import PictureKey
from seedream_desktop.gui.like_field import chip_picture
from seedream_desktop.gui.plain_label import LABEL_CHARACTERS
from seedream_desktop.gui.problem_words import problem_words
from seedream_desktop.library.search_language import written
from seedream_desktop.library.search_terms import TermKind
from seedream_desktop.library.values import Query

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.gui.browsing import Browsing
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.likeness import Nearest
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.likeness import Offered, Sought
    from seedream_desktop.state.session import Session
    from seedream_desktop.tasks import Task

TOLD_AFTER_MS = 400  # what is found sooner needs no word that it is looked for


class Liking(QObject):
    """Ties the wish for what looks alike to the session and the gallery."""

    def __init__(self, parts: Parts, browsing: Browsing, session: Session) -> None:
        """Connect what wishes; nothing is looked for yet."""
        super().__init__(parts.window)
        self._parts = parts
        self._browsing = browsing
        self._session = session
        self._pictured = ""  # what is looked for, where its picture stands on the chip
        self._fetching: Task | None = None
        self._also = 0  # pictures that came along with the one that is looked for
        self._telling = QTimer(self, singleShot=True, interval=TOLD_AFTER_MS)
        self._telling.timeout.connect(self._on_slow)
        for wishing in (parts.gallery, parts.header):
            wishing.act_requested.connect(self._on_act)
        parts.viewer.act_requested.connect(self._on_viewer_act)
        parts.details.alike_requested.connect(self.show_alike)
        parts.commands.duplicates_requested.connect(self.find_duplicates)
        parts.header.search.picture_offered.connect(self.seek)
        parts.header.search.link_offered.connect(self.seek_behind)
        parts.header.search.several_offered.connect(self._on_several)
        browsing.query_changed.connect(lambda query: self._put_on_chip(query.like))

    def show_alike(self, picture: Picture) -> None:
        """Show what looks like ``picture``, nearest first."""

        def show(like: str) -> None:
            held = self._session.thumbnails.pixmap(picture.sha256, picture.path)
            self._pictured = like if held else ""
            self._parts.header.search.show_like_picture(held or QPixmap())
            self._browsing.show_alike(like)

        self._session.likeness.of_picture(picture, show, self._session.pictures.failed.emit)

    def find_duplicates(self) -> None:
        """Show the pictures that are there twice, side by side; more may come while they are looked for."""
        self._browsing.show_query(Query(text=written(TermKind.IS, "duplicate")))
        self._session.likeness.find_duplicates()

    def seek(self, offered: Offered) -> None:
        """Show which picture of the library one from elsewhere is, or what looks like it."""
        self._also = 0
        self._stop_fetching()
        self._telling.start()
        self._session.likeness.seek(offered, self._on_sought, self._on_not_sought)

    def seek_behind(self, url: str) -> None:
        """Fetch the picture that a link names, and show which one of the library it is."""
        self._also = 0
        self._stop_fetching()
        self._telling.start()
        fetch = self._session.dropped_pictures.fetch
        self._fetching = fetch(url, self._on_fetched, lambda why: self._on_not_fetched(url, why))

    def _stop_fetching(self) -> None:
        if self._fetching is not None:
            self._fetching.cancel()
            self._fetching = None

    def _on_fetched(self, path: Path) -> None:
        also = self._also
        self._parts.header.search.offer(path)
        self._also = also

    def _on_not_fetched(self, url: str, problem: Problem) -> None:
        self._telling.stop()

        def search() -> None:
            self._parts.header.search.ask_for(written(TermKind.TEXT, url), ())

        told = problem_words(problem).without_money
        self._parts.notices.warn(told, self.tr("Search for the address"), search)

    def _on_act(self, key: PictureKey) -> None:
        pictures = self._parts.gallery.selected_pictures()
        if key is PictureKey.ALIKE and pictures:
            self.show_alike(pictures[0])

    def _on_viewer_act(self, key: PictureKey, picture: Picture) -> None:
        if key is PictureKey.ALIKE:
            self.show_alike(picture)

    def _on_several(self, count: int) -> None:
        """Only the first one is looked for."""
        self._also = count - 1

    def _on_slow(self) -> None:
        self._parts.notices.say(self.tr("Looking for this picture…"))

    def _on_sought(self, sought: Sought) -> None:
        self._telling.stop()
        nearest = sought.nearest
        self._pictured = sought.like  # it was put there when it was offered
        self._browsing.show_alike(sought.like)
        if nearest is None or not nearest.is_same:
            self._say(self._not_found(sought))
        elif nearest.is_trashed:
            self._say(self._named(nearest), self.tr("Open the trash"), self._open_trash)
        else:
            self._say(self._named(nearest), self.tr("Show it there"), lambda: self._show_there(nearest.id))

    def _on_not_sought(self, problem: Problem) -> None:
        self._telling.stop()
        self._pictured = ""
        self._put_on_chip(self._parts.header.search.like)
        self._session.pictures.failed.emit(problem)

    def _put_on_chip(self, like: str) -> None:
        """Show which picture is looked for, where nobody dropped it just now: a saved search has none."""
        if like == self._pictured:
            return
        self._pictured, field = like, self._parts.header.search
        field.show_like_picture(QPixmap())
        if not like:
            return

        def show(image: QImage) -> None:
            if like == self._pictured and not image.isNull():
                field.show_like_picture(chip_picture(image))

        def look(pictures: tuple[Picture, ...]) -> None:
            for picture in pictures:
                self._session.searching.preview(picture.path, show)

        library = self._session.pictures.the_library
        self._session.reading.call(lambda: _same_picture(library(), like), look)

    def _say(self, told: str, act: str = "", then: Callable[[], None] | None = None) -> None:
        if self._also:
            first = self.tr("Of several pictures the first one is looked for.")
            told = f"{told} {first}"
        self._parts.notices.say(told, act, then)

    def _open_trash(self) -> None:
        self._browsing.show_query(Query(trash=True))

    def _show_there(self, picture_id: str) -> None:
        """Go to the board on which it is, and select it."""

        def show(pictures: tuple[Picture, ...]) -> None:
            for picture in pictures:
                self._browsing.show_picture(picture)

        library = self._session.pictures.the_library
        failed = self._session.pictures.failed.emit
        self._session.reading.call(lambda: library().pictures((picture_id,)), show, failed)

    def _not_found(self, sought: Sought) -> str:
        told = self.tr("Nothing here looks like this picture.")
        if sought.nearest is not None:
            told = self.tr("The same picture is not here. These look most like it.")
        if sought.unknown_count:
            rest = self.tr("Not looked at yet: {pictures}.")
            told = f"{told} {rest.format(pictures=words.pictures(sought.unknown_count))}"
        return told

    def _named(self, nearest: Nearest) -> str:
        name = plain(PurePosixPath(nearest.id).name, LABEL_CHARACTERS)
        if nearest.is_trashed:
            return self.tr("This picture is in the trash: {name}.").format(name=name)
        board = words.board(PurePosixPath(nearest.id).parent.name)
        told = self.tr("Found: {name}, on {board}.")
        told = told.format(name=name, board=plain(board, LABEL_CHARACTERS))
        if nearest.copies:
            copies = self.tr("Other copies of it: {count}.").format(count=words.number(nearest.copies))
            told = f"{told} {copies}"
        if nearest.is_rejected and self._session.gallery.query.hides_rejected:
            hidden = self.tr("It is rejected, and rejected pictures are hidden.")
            told = f"{told} {hidden}"
        return told


def _same_picture(library: Library, like: str) -> tuple[Picture, ...]:
    """The picture of the library that a fingerprint is of, if there is one. Raises ProblemError."""
    nearest = library.lookup.nearest(like)
    return library.pictures((nearest.id,)) if nearest is not None and nearest.is_same else ()
