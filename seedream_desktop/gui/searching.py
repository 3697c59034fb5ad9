"""What the search asks for beside pictures: suggestions, filters, what would be found instead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QImage

from seedream_desktop.gui.like_field import chip_picture

if TYPE_CHECKING:
    from seedream_desktop.gui.browsing import Browsing
    from seedream_desktop.gui.filter_bar import FilterBar
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.library.search_terms import TermKind
    from seedream_desktop.library.values import Query
    from seedream_desktop.state.session import Session

UNSEEN_AFTER_MS = 300  # while keys come nobody counts


class SearchTie(QObject):
    """Ties the search field, the filter bar and an empty gallery to the session."""

    def __init__(self, parts: Parts, browsing: Browsing, session: Session) -> None:
        """Connect both ways; the filter bar is built when it is first opened."""
        super().__init__(parts.window)
        self._parts = parts
        self._browsing = browsing
        self._session = session
        self._field = parts.header.search
        self._bar: FilterBar | None = None
        self._unseen_asked = QTimer(self, singleShot=True, interval=UNSEEN_AFTER_MS)
        self._unseen_asked.timeout.connect(self._ask_unseen)
        self._connect_field()
        parts.header.filter.toggled.connect(self._show_bar)
        empty = parts.gallery.empty
        empty.widening_requested.connect(self._widen)
        empty.query_requested.connect(self._on_query_wished)
        empty.clear_requested.connect(self._field.clear_all)
        session.gallery.query_shown.connect(self._on_shown)

    @property
    def bar(self) -> FilterBar:
        """The filter bar."""
        if self._bar is None:
            from seedream_desktop.gui.filter_bar import FilterBar  # late: not seen at first

            titles = {model.id: model.title for model in self._session.catalog.models}
            self._bar = self._parts.window.head.add(FilterBar(self._field, titles))
            self._bar.choices_requested.connect(self._on_choices_wished)
            self._bar.left.connect(self._parts.gallery.setFocus)
        return self._bar

    def _connect_field(self) -> None:
        field, gallery = self._field, self._session.gallery
        field.entered.connect(lambda: self._session.searching.prepare(gallery.query))
        field.suggestions_requested.connect(self._suggest)
        field.was_read.connect(self._count_filters)
        field.picture_offered.connect(self._show_offered)
        field.like_removed.connect(lambda: self._browsing.search_alike(""))

    def _suggest(self, text: str, cursor: int) -> None:
        show = self._field.show_suggestions
        self._session.searching.suggest(text, cursor, lambda found: show(text, found))

    def _count_filters(self) -> None:
        terms = self._field.terms
        count = sum(term.kind.value != "text" and term.problem is None for term in terms)
        self._parts.header.filter.show_count(count + bool(self._field.like))

    def _show_bar(self, is_shown: bool) -> None:
        if is_shown or self._bar is not None:
            self.bar.setVisible(is_shown)

    def _on_choices_wished(self, kind: TermKind) -> None:
        self._session.searching.values(kind, lambda held: self.bar.show_choices(kind, held))

    # Pictures that are looked for

    def _show_offered(self, offered: object) -> None:
        """Put what was dropped or pasted on its chip; files are looked at in a child process."""
        if isinstance(offered, QImage):
            self._field.show_like_picture(chip_picture(offered))
        elif isinstance(offered, Path | bytes):
            show = self._field.show_like_picture
            self._session.searching.preview(offered, lambda image: show(chip_picture(image)))

    # What nobody looked at cannot be found by its looks

    def _on_shown(self, query: Query) -> None:
        self._unseen_asked.stop()
        if (query.text or query.like) and self._is_about_looks(query):
            self._unseen_asked.start()
        else:
            self._parts.header.show_unseen(0)

    def _is_about_looks(self, query: Query) -> bool:
        from seedream_desktop.library.filters import is_about_looks  # late: when somebody searches

        if is_about := is_about_looks(query):
            kind = Qt.ConnectionType.UniqueConnection
            self._session.likeness.kept.connect(self._on_kept, kind)
        return is_about

    @Slot()
    def _on_kept(self) -> None:
        """What only says a colour goes, and what is of it comes, as pictures are looked at."""
        query = self._session.gallery.query
        self._on_shown(query)
        if self._is_about_looks(query):
            self._session.gallery.refresh()

    def _ask_unseen(self) -> None:
        query = self._session.gallery.query

        def show(count: int) -> None:
            if query == self._session.gallery.query:
                self._parts.header.show_unseen(count)
                self._parts.gallery.empty.show_unseen(query, count)

        self._session.searching.unseen(query, show)

    # Nothing was found

    def _widen(self, query: Query) -> None:
        show = self._parts.gallery.empty.show_widened
        self._session.searching.widen(query, lambda found: show(query, found))

    def _on_query_wished(self, query: Query) -> None:
        self._browsing.show_query(query)
