"""Builds every object once, hands each the few it needs, and ends the process in good order."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QSocketNotifier, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from seedream_desktop.files import resource_path
from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.gui.problem_words import problem_words
from seedream_desktop.gui.theme import apply_theme
from seedream_desktop.gui.window import MainWindow
from seedream_desktop.logs import begin_logging, heed_crashes
from seedream_desktop.platforms.platform import current
from seedream_desktop.settings import (
    DEFAULT_BASE_URL,
    DirectoryLock,
    Places,
    Settings,
    load_settings,
    places,
    save_settings,
)
from seedream_desktop.state.session import Provider, Session
from seedream_desktop.tasks import TaskRunner

if TYPE_CHECKING:
    from seedream_desktop.credentials import Credentials, NamedBackend
    from seedream_desktop.demo.process import DemoServer
    from seedream_desktop.generation.recipe import Recipe
    from seedream_desktop.gui.closing_question import Closing
    from seedream_desktop.state.handover import Handed, Handover

NAME = "Seedream Desktop"
CLOSING_MS = 2000
SAVING_MS = 1000
COLLECTING_MS = 500


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    base_url: str
    library: Path | None = None
    data_dir: Path | None = None
    environment_key: str | None = None
    is_demo: bool = False
    files: tuple[Path, ...] = ()


def run(options: Options, after_first_paint: Callable[[Application], None] | None = None) -> int:
    """Run the application to its end; returns the exit code, or ends the process with it."""
    where = places(options.data_dir)
    lock = DirectoryLock(where.data_dir)
    try:
        if not lock.acquire():
            return _hand_over(where, options)
        begin_logging(where.logs)
        heed_crashes()
        application = Application(options, where, after_first_paint)
    except ProblemError as error:
        _qt_application()  # the words need one
        sys.stderr.write(problem_words(error.problem).without_money + "\n")
        return 1
    code = application.exec()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # a thread that hangs in looking up a name must not hold the process


def _hand_over(where: Places, options: Options) -> int:
    from seedream_desktop.state.handover import Handed, address_of, hand_over  # late: a second start

    files = tuple(str(path.resolve()) for path in options.files)
    library = str(options.library.resolve()) if options.library else ""
    if hand_over(address_of(where.data_dir), Handed(files, library)):
        return 0
    sys.stderr.write(f"Another process is using {where.data_dir} and does not answer.\n")
    return 1


class Application(QObject):
    """The process: one QApplication, one session and one window at a time."""

    def __init__(
        self,
        options: Options,
        where: Places,
        after_first_paint: Callable[[Application], None] | None = None,
    ) -> None:
        """Build the first session, show its window. Raises ProblemError: base URL or folder is refused."""
        super().__init__()
        self._options = options
        self._where = where
        self._after_first_paint = after_first_paint
        self._qt = _qt_application()
        self._translators: tuple[QTranslator, ...] = ()
        self._catalog = load_catalog(resource_path("models.toml"))
        self._demo: DemoServer | None = None
        self._handover: Handover | None = None
        self._chores = TaskRunner(1, self)
        self._is_waiting = False  # the window is gone; what was sent is waited for
        self._saving = QTimer(self, singleShot=True, interval=SAVING_MS)
        self._saving.timeout.connect(self._save_settings)
        if options.is_demo:
            self._demo = _started_demo()
        self._open_session(None)

    def exec(self) -> int:
        """Run until the window is closed; then end everything within two seconds."""
        code = self._qt.exec()
        self._end_session()
        self._chores.close(CLOSING_MS)
        if self._demo is not None:
            self._demo.stop()
        return code

    def quit(self) -> None:
        """End now: what is being sent becomes unknown at the next start, what waits stays queued."""
        self._qt.quit()

    def try_demo(self) -> None:
        """Go over to the demo; the draft comes along."""

        def on_started(demo: DemoServer) -> None:
            self._demo = demo
            self._swap_session()

        self._chores.call(_started_demo, on_started, self.window.show_problem)

    def leave_demo(self) -> None:
        """Go back to the designer's own library and key; the draft comes along."""
        demo, self._demo = self._demo, None
        self._swap_session()
        if demo is not None:
            self._chores.call(demo.stop, lambda _: None)

    def _swap_session(self) -> None:
        draft, before = self.session.draft.recipe, self.window
        references = self.session.reference_files()
        self._end_session()
        self._open_session(draft)
        self.session.adopt_references(references)
        before.deleteLater()

    def _open_session(self, draft: Recipe | None) -> None:
        """Build session and window for the provider that is wanted now."""
        self._places = places(self._where.data_dir / "demo") if self._demo else self._where
        self.settings = load_settings(self._places.settings)
        if draft is not None:
            self.settings = replace(self.settings, recipe=draft)
        self._speak(self.settings.language)
        apply_theme(self._qt, self.settings.theme.value)
        provider = self._provider()
        self._places.data_dir.mkdir(parents=True, exist_ok=True)
        self.session = Session(self._places, self.settings, provider, self._catalog)
        self._show_window()

    def _end_session(self) -> None:
        self._save_settings()
        self.window.hide()
        self.session.close(CLOSING_MS)

    def _show_window(self) -> None:
        self.window = MainWindow(self.session, self.settings)
        self.window.painted.connect(self._on_painted)
        self.window.completed.connect(self._on_completed)
        self.window.settings_changed.connect(self._on_settings_changed)
        self.window.changed.connect(self._saving.start)
        self.window.demo_requested.connect(self.try_demo)
        self.window.demo_left.connect(self.leave_demo)
        self.window.close_requested.connect(self._on_close_requested)
        self.window.show()

    def _provider(self) -> Provider:
        """Where requests go. Raises ProblemError on a base URL that is refused."""
        if self._demo is not None:
            demo = self._demo
            return Provider(
                demo.base_url, lambda: _credentials(demo.base_url, demo.key, lambda: None), is_demo=True
            )
        base_url, key = self._options.base_url, self._options.environment_key
        if base_url != DEFAULT_BASE_URL:
            from seedream_desktop.api.addresses import check_base_url  # late: 5 ms, and rarely needed

            base_url = check_base_url(base_url)
        return Provider(base_url, lambda: _credentials(base_url, key))

    def _library_root(self) -> Path:
        if self._options.library is not None:
            return self._options.library.absolute()
        if self._demo is not None:
            return self._places.data_dir / "Library"
        if self.settings.library:
            return Path(self.settings.library)
        return current().default_library()

    def _on_painted(self) -> None:
        if self._after_first_paint is not None:
            then, self._after_first_paint = self._after_first_paint, None
            then(self)

    def _on_completed(self) -> None:
        """Do what could wait until the window was there."""
        self.session.open(self._library_root())
        self.session.account.load()
        self.session.worker.warm()
        if self._handover is None:
            from seedream_desktop.state.handover import Handover, address_of  # late: after the first paint

            self._handover = Handover(address_of(self._where.data_dir), self)
            self._handover.received.connect(self._on_handed)
            self._collector = _Collector(self)
            self._heed_signals()
            if self._options.files:
                self.session.pictures.opened.connect(
                    lambda _: self.session.intake.take_files(self._options.files),
                    Qt.ConnectionType.SingleShotConnection,
                )

    def _on_handed(self, handed: Handed) -> None:
        """A second start: show the window and take its files."""
        self._is_waiting = False
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        if handed.library:
            self.session.open(Path(handed.library))
        self.session.intake.take_files(tuple(Path(name) for name in handed.files))

    def _on_close_requested(self) -> None:
        sent = self.session.queue.may_be_billed()
        if sent:
            from seedream_desktop.gui.closing_question import ask_how_to_close  # late: as below

            ask_how_to_close(self.window, len(sent), self._on_closing)
        else:
            self.quit()

    def _on_closing(self, answer: Closing) -> None:
        from seedream_desktop.gui.closing_question import Closing  # late: QMessageBox, 6 ms

        if answer is Closing.NOW:
            self.quit()
        elif answer is Closing.WAIT:
            self._is_waiting = True
            self.window.hide()
            self.session.queue.pause()
            self.session.queue.idle.connect(self._on_idle)
            self._on_idle()

    def _on_idle(self) -> None:
        if self._is_waiting and not self.session.queue.running:
            self.quit()

    def _on_settings_changed(self, settings: Settings) -> None:
        before, self.settings = self.settings, settings
        self.session.queue.set_jobs_at_once(settings.jobs_at_once)
        if settings.theme is not before.theme:
            apply_theme(self._qt, settings.theme.value)
        if settings.language != before.language:
            self._speak(settings.language)
        if settings.library != before.library and settings.library:
            self.session.open(Path(settings.library))
        self._saving.start()

    def _save_settings(self) -> None:
        self._saving.stop()
        self.settings = self.window.settings()
        with contextlib.suppress(ProblemError):  # the next change tries again
            save_settings(self._places.settings, self.settings)

    def _speak(self, language: str) -> None:
        for translator in self._translators:
            self._qt.removeTranslator(translator)
        name = language or QLocale.system().name()
        name = "zh_CN" if name.startswith("zh") else name  # the only Chinese there is
        folders = {
            f"seedream_desktop_{name}": str(resource_path("translations")),
            f"qtbase_{name}": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
        }
        translators = []
        for file, folder in folders.items():
            translator = QTranslator(self)
            if translator.load(file, folder):
                self._qt.installTranslator(translator)
                translators.append(translator)
        self._translators = tuple(translators)

    def _heed_signals(self) -> None:
        """End in good order when the terminal or the session manager says so."""
        import signal  # late: after the first paint
        import socket  # late: as above

        self._qt.commitDataRequest.connect(lambda _: self._save_settings())
        self._terminal, self._alarm = socket.socketpair()
        self._alarm.setblocking(False)
        signal.set_wakeup_fd(self._alarm.fileno())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)
        notifier = QSocketNotifier(self._terminal.fileno(), QSocketNotifier.Type.Read, self)
        notifier.activated.connect(lambda *_: self.quit())


class _Collector(QObject):
    """Collects garbage on the GUI thread only: a pool thread might end a QObject that is not its own."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.collect()
        gc.freeze()
        gc.disable()
        self._timer = QTimer(self, interval=COLLECTING_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def _collect(self) -> None:
        """The generations that Python itself would have collected by now."""
        due = [number for number in range(3) if gc.get_count()[number] > gc.get_threshold()[number]]
        if due:
            gc.collect(due[-1])


def _qt_application() -> QApplication:
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    application = QApplication([NAME])
    application.setApplicationName("seedream-desktop")
    application.setApplicationDisplayName(NAME)
    application.setDesktopFileName("io.github.seedream_desktop.SeedreamDesktop")
    application.setQuitOnLastWindowClosed(False)
    return application


def _credentials(
    base_url: str, key: str | None, find: Callable[[], NamedBackend | None] | None = None
) -> Credentials:
    from seedream_desktop.api.addresses import origin_of  # late: after the first paint
    from seedream_desktop.credentials import Credentials  # late: as above

    return Credentials(origin_of(base_url), key, find)


def _started_demo() -> DemoServer:
    """The stand-in, ready. Blocks up to 15 s. Raises ProblemError."""
    from seedream_desktop.demo.process import DemoProblem, DemoServer  # late: the demo only

    try:
        return DemoServer.start()
    except DemoProblem as error:
        raise ProblemError(Problem(ProblemKind.DEMO_DID_NOT_START, said=error.kind.value)) from error
