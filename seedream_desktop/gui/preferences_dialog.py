"""Preferences: key, library, proxy, jobs at once, limit a day, theme and language; each applies at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QPushButton, QVBoxLayout, QWidget

from seedream_desktop.gui.controls import Choice, MoneyBox, StepBox
from seedream_desktop.gui.key_section import KeySection
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.profile_choice import ProfileChoice
from seedream_desktop.gui.proxy_section import ProxySection
from seedream_desktop.gui.theme import EDGE_PX, GROUP_PX, SPACE_PX, caption_font
from seedream_desktop.settings import (
    DAILY_LIMIT_USD_MAX,
    JOBS_AT_ONCE_MAX,
    THUMBNAILS_MB_MAX,
    THUMBNAILS_MB_MIN,
    TRASH_DAYS_MAX,
    Settings,
    Theme,
)

if TYPE_CHECKING:
    from seedream_desktop.api.account import KeyTest
    from seedream_desktop.credentials import KeyState
    from seedream_desktop.generation.errors import Problem

_WIDTH_PX = 520
_WORDS_PX = 140
_FIELD_PX = 190  # the widest of the small fields: they end in one line
_TALL_ROWS = 3  # key, library and proxy
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LANGUAGES = ("", "en", "zh_CN")


class PreferencesDialog(QDialog):
    """Shows settings and key; what is changed here is wished for at once, there is no OK."""

    settings_changed = Signal(object)  # Settings
    key_entered = Signal(str)
    key_test_requested = Signal()
    key_forget_requested = Signal()
    library_chosen = Signal(object)  # Path

    def __init__(self, settings: Settings, key_state: KeyState, parent: QWidget | None = None) -> None:
        """Show ``settings`` and what is known of the key."""
        super().__init__(parent)
        self._settings = settings
        self._root = Path(settings.library) if settings.library else None
        self.key_section = KeySection(key_state)
        self._folder, self._folder_note, self._choose = Label(), Label(), QPushButton()
        self.proxy_section = ProxySection()
        self.jobs_at_once, self.theme, self.language = StepBox(), Choice(), Choice()
        self.daily_limit, self.ask_above = MoneyBox(), MoneyBox()
        self.trash_days, self.thumbnails_mb = StepBox(), StepBox()
        self.screen_profile = ProfileChoice()
        self._words = tuple(Label() for _ in range(_TALL_ROWS + len(self._controls)))
        self._build()
        self._connect()
        self._write_words()
        self._show()

    def show_settings(self, settings: Settings) -> None:
        """Show settings that were changed elsewhere."""
        self._settings = settings
        self._show()

    def show_library(self, root: Path) -> None:
        """Say which folder is open."""
        self._root = root
        self._show()

    def set_key_state(self, state: KeyState) -> None:
        """Say where the key is kept now."""
        self.key_section.show_state(state)

    def set_key_test(self, test: KeyTest) -> None:
        """Say what a test showed."""
        self.key_section.show_test(test)

    def show_key_problem(self, problem: Problem) -> None:
        """Say why the key was not taken."""
        self.key_section.show_problem(problem)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def showEvent(self, event: QShowEvent) -> None:
        """Grow to what the words need."""
        super().showEvent(event)
        self.resize(max(_WIDTH_PX, self.minimumSizeHint().width()), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Grow when more is to be said: words that wrap do not make a window higher by themselves."""
        is_request = event.type() == QEvent.Type.LayoutRequest
        handled = super().event(event)
        if is_request and self.isVisible() and (layout := self.layout()) is not None:
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))
        return handled

    @property
    def _controls(self) -> tuple[QWidget, ...]:
        """Those that take one row each, from the top."""
        return (
            self.jobs_at_once,
            self.daily_limit,
            self.ask_above,
            self.trash_days,
            self.thumbnails_mb,
            self.theme,
            self.language,
            self.screen_profile,
        )

    def _build(self) -> None:
        self.setModal(False)
        self._choose.setAutoDefault(False)
        self._folder.setWordWrap(True)
        self._folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._folder_note.setFont(caption_font())
        self._folder_note.setProperty("tone", "dim")
        self._folder_note.setWordWrap(True)
        self.jobs_at_once.setRange(1, JOBS_AT_ONCE_MAX)
        for box in (self.daily_limit, self.ask_above):
            box.setRange(0, DAILY_LIMIT_USD_MAX)
        self.trash_days.setRange(0, TRASH_DAYS_MAX)
        self.thumbnails_mb.setRange(THUMBNAILS_MB_MIN, THUMBNAILS_MB_MAX)
        self.thumbnails_mb.setSingleStep(THUMBNAILS_MB_MIN)
        for theme in Theme:
            self.theme.addItem("", theme)
        for language in _LANGUAGES:
            self.language.addItem("", language)
        folder = QVBoxLayout()
        folder.setSpacing(SPACE_PX)
        folder.addWidget(self._folder)
        folder.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignLeft)
        folder.addWidget(self._folder_note)
        grid = QGridLayout(self)
        grid.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX)
        grid.setHorizontalSpacing(EDGE_PX)
        grid.setVerticalSpacing(EDGE_PX)
        grid.setColumnMinimumWidth(0, _WORDS_PX)
        grid.setColumnStretch(1, 1)
        for row, words in enumerate(self._words):
            words.setWordWrap(True)
            grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop if row < _TALL_ROWS else _MIDDLE)
        grid.addWidget(self.key_section, 0, 1)
        folder.addSpacing(SPACE_PX)
        grid.addLayout(folder, 1, 1)
        grid.addWidget(self.proxy_section, 2, 1)
        self._words[2].setBuddy(self.proxy_section.choice)
        self.proxy_section.choice.setMinimumWidth(_FIELD_PX)
        self._words[2].setMinimumHeight(
            self.proxy_section.choice.sizeHint().height()
        )  # its text in the middle
        for row, control in enumerate(self._controls, start=_TALL_ROWS):
            control.setMinimumWidth(_FIELD_PX)
            grid.addWidget(control, row, 1, Qt.AlignmentFlag.AlignLeft)
            self._words[row].setBuddy(control)
        grid.setRowStretch(len(self._words), 1)
        grid.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX + GROUP_PX)

    def _connect(self) -> None:
        self.key_section.key_entered.connect(self.key_entered)
        self.key_section.test_requested.connect(self.key_test_requested)
        self.key_section.forget_requested.connect(self.key_forget_requested)
        self._choose.clicked.connect(self._on_choose_clicked)
        self.proxy_section.proxy_changed.connect(self._on_proxy_changed)
        self.jobs_at_once.valueChanged.connect(self._on_jobs_changed)
        self.daily_limit.valueChanged.connect(self._on_limit_changed)
        self.ask_above.valueChanged.connect(self._on_ask_above_changed)
        self.trash_days.valueChanged.connect(self._on_trash_days_changed)
        self.thumbnails_mb.valueChanged.connect(self._on_thumbnails_changed)
        self.theme.currentIndexChanged.connect(self._on_theme_changed)
        self.language.currentIndexChanged.connect(self._on_language_changed)
        self.screen_profile.profile_chosen.connect(self._on_profile_chosen)

    def _show(self) -> None:
        settings = self._settings
        self.proxy_section.show_setting(settings.proxy)
        for control in self._controls:
            control.blockSignals(True)
        self.jobs_at_once.setValue(settings.jobs_at_once)
        self.daily_limit.setValue(settings.daily_limit_usd)
        self.ask_above.setValue(settings.ask_above_usd)
        self.trash_days.setValue(settings.trash_days)
        self.thumbnails_mb.setValue(settings.thumbnails_mb)
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        self.language.setCurrentIndex(max(0, self.language.findData(settings.language)))
        self.screen_profile.show_profile(settings.screen_profile)
        for control in self._controls:
            control.blockSignals(False)
        self._folder.setText(str(self._root) if self._root else self.tr("“Seedream” in your Pictures folder"))

    def _write_words(self) -> None:
        self.setWindowTitle(self.tr("Preferences"))
        self.setAccessibleName(self.tr("Preferences"))
        key, folder, proxy, jobs, limit, above, trash, thumbnails, theme, language, colours = self._words
        key.setText(self.tr("Key"))
        folder.setText(self.tr("Library"))
        proxy.setText(self.tr("Proxy"))
        jobs.setText(self.tr("Jobs at once"))
        limit.setText(self.tr("Limit a day"))
        above.setText(self.tr("Ask before a press above"))
        theme.setText(self.tr("Theme"))
        language.setText(self.tr("Language"))
        colours.setText(self.tr("Screen colours"))
        self._folder_note.setText(
            self.tr("Pictures are ordinary files in this folder. Only prompts and references are sent.")
        )
        self._choose.setText(self.tr("Choose another…"))
        self._choose.setAccessibleName(self.tr("Choose another library folder"))
        trash.setText(self.tr("Days in the trash"))
        thumbnails.setText(self.tr("Thumbnails"))
        room = self.tr("How many megabytes thumbnails may take on this computer; the oldest go first")
        self.thumbnails_mb.setSuffix(self.tr(" MB"))
        self.thumbnails_mb.setAccessibleName(self.tr("Thumbnails"))
        self.thumbnails_mb.setToolTip(room)
        self.thumbnails_mb.setAccessibleDescription(room)
        kept = self.tr("How long the trash keeps pictures before they are deleted for good")
        self.trash_days.setSpecialValueText(self.tr("Until it is emptied"))
        self.trash_days.setAccessibleName(self.tr("Days in the trash"))
        self.trash_days.setToolTip(kept)
        self.trash_days.setAccessibleDescription(kept)
        self.jobs_at_once.setAccessibleName(self.tr("Jobs at once"))
        self.jobs_at_once.setToolTip(self.tr("How many requests run at the same time, 1 to 8"))
        self._write_limits()
        self.theme.setAccessibleName(self.tr("Theme"))
        self.theme.setToolTip(self.tr("How the window is coloured"))
        self.language.setAccessibleName(self.tr("Language"))
        self.language.setToolTip(self.tr("The language of the window"))
        for row, name in enumerate((self.tr("As the system"), self.tr("Dark"), self.tr("Light"))):
            self.theme.setItemText(row, name)
        for row, name in enumerate((self.tr("As the system"), "English", "简体中文")):
            self.language.setItemText(row, name)

    def _write_limits(self) -> None:
        self.daily_limit.setSpecialValueText(self.tr("No limit"))
        self.daily_limit.setAccessibleName(self.tr("Limit a day"))
        hint = self.tr(
            "The queue pauses before a request could pass it. What may have been billed counts, at the upper "
            "end of the estimates; a request whose price is not known pauses the queue, too."
        )
        self.daily_limit.setToolTip(hint)
        self.daily_limit.setAccessibleDescription(hint)
        large = self.tr("A press that may cost more asks before it is sent")
        self.ask_above.setSpecialValueText(self.tr("Never ask"))
        self.ask_above.setAccessibleName(self.tr("Ask before a press above"))
        self.ask_above.setToolTip(large)
        self.ask_above.setAccessibleDescription(large)

    def _on_choose_clicked(self) -> None:
        start = str(self._root) if self._root else ""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose a library folder"), start)
        if chosen:
            self.library_chosen.emit(Path(chosen))

    def _on_proxy_changed(self, proxy: str) -> None:
        self._change(replace(self._settings, proxy=proxy))

    def _on_jobs_changed(self, count: int) -> None:
        self._change(replace(self._settings, jobs_at_once=count))

    def _on_limit_changed(self, usd: float) -> None:
        self._change(replace(self._settings, daily_limit_usd=usd))

    def _on_ask_above_changed(self, usd: float) -> None:
        self._change(replace(self._settings, ask_above_usd=usd))

    def _on_trash_days_changed(self, days: int) -> None:
        self._change(replace(self._settings, trash_days=days))

    def _on_thumbnails_changed(self, room_mb: int) -> None:
        self._change(replace(self._settings, thumbnails_mb=room_mb))

    def _on_theme_changed(self, row: int) -> None:
        self._change(replace(self._settings, theme=Theme(self.theme.itemData(row))))

    def _on_language_changed(self, row: int) -> None:
        self._change(replace(self._settings, language=self.language.itemData(row)))

    def _on_profile_chosen(self, path: str) -> None:
        self._change(replace(self._settings, screen_profile=path))

    def _change(self, settings: Settings) -> None:
        self._settings = settings
        self.settings_changed.emit(settings)
