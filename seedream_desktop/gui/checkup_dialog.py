"""Check library: how thorough, how far, what was found, and what shall become of it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui import checkup_words, words
from seedream_desktop.gui.controls import set_tone
from seedream_desktop.gui.icons import icon
from seedream_desktop.gui.plain_label import Label, plain_tip
from seedream_desktop.gui.theme import (
    EDGE_PX,
    GAP_PX,
    GROUP_PX,
    SPACE_PX,
    caption_font,
    colours_of,
    heading_font,
)
from seedream_desktop.gui.toggle import Toggle
from seedream_desktop.library.findings import Checkup, FindingKind

_WIDTH_PX, _LIST_PX = 560, 280
_ITEM_STYLE = "QTreeWidget::item { padding: 2px 0; }"
_NAME_CHARACTERS = 500
_NAMES_MOST = 500  # of one kind in the list; all can be copied


class CheckupDialog(QDialog):
    """Wishes for a look and shows what it found. It can be closed while the look goes on."""

    check_requested = Signal(bool)  # whether thoroughly
    stop_requested = Signal()
    forget_requested = Signal(object)  # tuple[str, ...]: the pictures that are missing

    def __init__(self, parent: QWidget | None = None) -> None:
        """Offer to begin."""
        super().__init__(parent)
        self._checkup: Checkup | None = None
        self._is_running = False
        self._done, self._total = 0, 0
        self._intro, self._thorough_words, self._thorough_note = Label(), Label(), Label()
        self.thorough = Toggle()
        self.act = QPushButton()
        self._bar, self._how_far, self._room = QProgressBar(), Label(), QWidget()
        self._summary = Label()
        self.found = QTreeWidget()
        self._missing = Label()
        self.forget, self.keep, self.copy, self._close = (QPushButton() for _ in range(4))
        self._build()
        self._connect()
        self._write_words()

    def show_begun(self) -> None:
        """Say that a look is under way."""
        self._is_running, self._checkup = True, None
        self._done, self._total = 0, 0
        self._write_words()

    def show_progress(self, done: int, total: int) -> None:
        """Say how far it is."""
        self._done, self._total = done, total
        self._write_progress()

    def show_checkup(self, checkup: Checkup) -> None:
        """Show what was found."""
        self._is_running, self._checkup = False, checkup
        self._write_words()
        self.act.setFocus()

    def show_failed(self, why: str) -> None:
        """Say why there was nothing to look at."""
        self._is_running, self._checkup = False, None
        self._write_words()
        self._summary.setText(why)
        self._summary.show()

    def show_forgotten(self, count: int) -> None:
        """The missing ones are waited for no longer."""
        self._show_missing(is_shown=False)
        text = self.tr("{pictures} forgotten.").format(pictures=words.pictures(count))
        self._summary.setText(text)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self._write_words()

    def event(self, event: QEvent) -> bool:
        """Take the height that is needed: words that wrap do not change a window's by themselves."""
        is_request = event.type() == QEvent.Type.LayoutRequest
        handled = super().event(event)
        if is_request and self.isVisible() and (layout := self.layout()) is not None:
            needed_px = layout.totalHeightForWidth(self.width())
            self.resize(self.width(), max(self.height(), needed_px) if self.found.isVisible() else needed_px)
        return handled

    def _build(self) -> None:
        self.setMinimumWidth(_WIDTH_PX)
        self.found.setMinimumHeight(_LIST_PX)
        self.found.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the end of a name tells most
        self.found.setStyleSheet(_ITEM_STYLE)
        for note in (self._intro, self._thorough_note, self._summary, self._missing):
            note.setWordWrap(True)
        self._thorough_note.setFont(caption_font())
        set_tone(self._thorough_note, "dim")
        self._thorough_words.setBuddy(self.thorough)
        self._summary.setFont(heading_font())
        self.act.setProperty("filled", True)
        self._bar.setTextVisible(False)
        self._room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.found.setHeaderHidden(True)
        self.found.setColumnCount(2)
        self.found.setRootIsDecorated(True)
        self.found.header().setStretchLastSection(False)
        self.found.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.found.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX)
        column.setSpacing(SPACE_PX)
        column.addWidget(self._intro)
        column.addSpacing(GAP_PX)
        column.addLayout(_row(self._thorough_words, None, self.thorough))
        column.addWidget(self._thorough_note)
        column.addSpacing(GAP_PX)
        column.addLayout(_row(self.act, self._bar, self._how_far, self._room, stretched=self._bar))
        column.addSpacing(GROUP_PX)
        column.addWidget(self._summary)
        column.addWidget(self.found, 1)
        column.addWidget(self._missing)
        column.addLayout(_row(self.forget, self.keep))
        column.addStretch()
        column.addLayout(_row(self.copy, None, self._close))

    def _connect(self) -> None:
        self.act.clicked.connect(self._on_act)
        self.forget.clicked.connect(self._on_forget)
        self.keep.clicked.connect(lambda: self._show_missing(is_shown=False))
        self.copy.clicked.connect(self._copy)
        self._close.clicked.connect(self.close)
        for button in (self.act, self.forget, self.keep, self.copy, self._close):
            button.setAutoDefault(False)

    def _write_words(self) -> None:
        self.setWindowTitle(self.tr("Check library"))
        self.setAccessibleName(self.tr("Check library"))
        self._intro.setText(
            self.tr(
                "Looks whether every picture has its record and every record its picture, and mends what it "
                "can. No picture is changed or removed."
            )
        )
        self._thorough_words.setText(self.tr("Read every picture, too"))
        self.thorough.setAccessibleName(self.tr("Read every picture, too"))
        self._thorough_note.setText(
            self.tr("Finds damaged files as well; takes about as long as copying the library.")
        )
        self.act.setText(self.tr("Stop") if self._is_running else self.tr("Check"))
        self.act.setAccessibleName(self.tr("Stop checking") if self._is_running else self.tr("Check now"))
        self._bar.setAccessibleName(self.tr("How far the check is"))
        self.found.setAccessibleName(self.tr("What was found"))
        self._missing.setText(self.tr("Are the missing pictures gone for good?"))
        self.forget.setText(self.tr("Forget the missing ones…"))
        self.forget.setAccessibleName(self.tr("Forget the missing ones"))
        self.keep.setText(self.tr("They may come back"))
        self.keep.setAccessibleName(self.tr("They may come back"))
        self.copy.setText(self.tr("Copy the list"))
        self.copy.setAccessibleName(self.tr("Copy the list of what was found"))
        self._close.setText(self.tr("Close"))
        self._close.setAccessibleName(self.tr("Close"))
        self._show()

    def _show(self) -> None:
        checkup = self._checkup
        self.thorough.setEnabled(not self._is_running)
        self._bar.setVisible(self._is_running)
        self._how_far.setVisible(self._is_running)
        self._summary.setVisible(checkup is not None)
        has_findings = checkup is not None and bool(checkup.findings)
        self.found.setVisible(has_findings)
        self.copy.setVisible(has_findings)
        self._show_missing(is_shown=checkup is not None and bool(checkup.missing))
        self._room.setVisible(not self._is_running)
        self._write_progress()
        self.found.clear()
        if checkup is not None:
            self._summary.setText(checkup_words.summary(checkup))
            self._list(checkup)

    def _show_missing(self, *, is_shown: bool) -> None:
        for part in (self._missing, self.forget, self.keep):
            part.setVisible(is_shown)

    def _write_progress(self) -> None:
        self._bar.setMaximum(self._total)
        self._bar.setValue(self._done)
        if self._total:
            text = self.tr("{done} of {total}")
            self._how_far.setText(text.format(done=words.number(self._done), total=words.number(self._total)))
        else:
            self._how_far.setText(self.tr("Listing the files…"))

    def _list(self, checkup: Checkup) -> None:
        colours = colours_of(self.palette())
        for kind, is_healed, names in _groups(checkup):
            is_harmless = is_healed or kind is FindingKind.PICTURE_ELSEWHERE
            sign = icon("check", colours.green) if is_harmless else icon("warning", colours.amber)
            group = QTreeWidgetItem(
                [checkup_words.title(kind, is_healed=is_healed), words.number(len(names))]
            )
            group.setIcon(0, sign)
            group.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.found.addTopLevelItem(group)
            if explanation := checkup_words.explanation(kind, is_healed=is_healed):
                self._add_line(group, explanation, colours.dim)
            for one in names[:_NAMES_MOST]:
                self._add_line(group, plain(checkup_words.name(one), _NAME_CHARACTERS), colours.text)
            if len(names) > _NAMES_MOST:
                more = self.tr("and {count} more").format(count=words.number(len(names) - _NAMES_MOST))
                self._add_line(group, more, colours.dim)
            group.setExpanded(not is_harmless)

    def _add_line(self, group: QTreeWidgetItem, text: str, colour: str) -> None:
        line = QTreeWidgetItem([text])
        line.setForeground(0, QColor(colour))
        line.setToolTip(0, plain_tip(text))
        group.addChild(line)
        line.setFirstColumnSpanned(True)

    def _on_act(self) -> None:
        if self._is_running:
            self.stop_requested.emit()
        else:
            self.check_requested.emit(self.thorough.isChecked())

    def _on_forget(self) -> None:
        """What cannot be undone is asked first."""
        missing = self._checkup.missing if self._checkup is not None else ()
        box = QMessageBox(self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Forget {pictures}?").format(pictures=words.pictures(len(missing))))
        box.setInformativeText(
            self.tr(
                "Their ratings, tags and recipes are removed and cannot be brought back. "
                "What they cost stays on record."
            )
        )
        forget = box.addButton(self.tr("Forget them"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        forget.clicked.connect(lambda: self.forget_requested.emit(missing))
        box.finished.connect(box.deleteLater)
        box.open()

    def _copy(self) -> None:
        if self._checkup is not None:
            QGuiApplication.clipboard().setText("\n".join(_lines(self._checkup)))


def _groups(checkup: Checkup) -> Iterable[tuple[FindingKind, bool, tuple[str, ...]]]:
    """What needs a look first, then what was mended."""
    for is_healed in (False, True):
        for kind in FindingKind:
            if names := checkup.of(kind, is_healed=is_healed):
                yield kind, is_healed, names


def _lines(checkup: Checkup) -> Iterable[str]:
    yield checkup_words.summary(checkup)
    for kind, is_healed, names in _groups(checkup):
        yield ""
        yield f"{checkup_words.title(kind, is_healed=is_healed)}: {words.number(len(names))}"
        yield from (checkup_words.name(one) for one in names)


def _row(*widgets: QWidget | None, stretched: QWidget | None = None) -> QHBoxLayout:
    """``None``: the room between."""
    row = QHBoxLayout()
    row.setSpacing(SPACE_PX)
    for widget in widgets:
        if widget is None:
            row.addStretch()
        else:
            row.addWidget(widget, 1 if widget is stretched else 0)
    if None not in widgets and stretched is None:
        row.addStretch()
    return row
