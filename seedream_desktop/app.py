"""Builds every object once, hands each the few it needs, and ends the process in good order."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from seedream_desktop.files import make_private_folder, resource_path
from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.gui.language import Language
from seedream_desktop.gui.theme import apply_theme
from seedream_desktop.gui.window import MainWindow
from seedream_desktop.platforms.platform import current
from seedream_desktop.settings import (
    CARRIED,
    DEFAULT_BASE_URL,
    Places,
    Settings,
    load_settings,
    places,
)
from seedream_desktop.state.provider import Provider
from seedream_desktop.state.session import Session
from seedream_desktop.tasks import TaskRunner

if TYPE_CHECKING:
    from seedream_desktop.credentials import Credentials, NamedBackend
    from seedream_desktop.demo.process import DemoServer
    from seedream_desktop.gui.crash_report import CrashReports
    from seedream_desktop.gui.leaving import Leaving
    from seedream_desktop.library.library import Library
    from seedream_desktop.logs import CrashHook
    from seedream_desktop.state.collector import Collector
    from seedream_desktop.state.handover import Handed, Handover
    from seedream_desktop.state.remembering import Remembering

_TURN_S = 0.0002  # of a thread, before another one may run
NAME = "Seedream Desktop"
CLOSING_MS = 2000
SAVING_MS = 200  # what is under way to the settings, at the end
TRIMMING_MS = 300_000  # between two looks at how much room the thumbnails take


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    base_url: str
    library: Path | None = None
    data_dir: Path | None = None
    environment_key: str | None = None
    is_demo: bool = False
    files: tuple[Path, ...] = ()


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
        self._language = Language(self._qt)
        self._catalog = load_catalog(resource_path("models.toml"))
        self._library = options.library  # asked for by name; None: the one that is remembered
        self._own_library: Path | None = None  # while the demo has another
        self._library_id = ""  # of the one that is remembered, once it was open
        self._own_credentials: Credentials | None = None
        self._demo: DemoServer | None = None
        self._is_changing = False  # to the demo
        self._leaving: Leaving | None = None
        self._handover: Handover | None = None
        self._collector: Collector | None = None
        self._crashes: CrashHook | None = None
        self._reports: CrashReports | None = None
        self._remembering: Remembering | None = None
        self._hanging: list[QObject] = []  # with threads that did not end: to delete them is to wait for them
        self._chores = TaskRunner(1, self)
        if options.is_demo:
            self._demo = _started_demo()
        self._open_session(self._provider(self._demo), None)

    def exec(self) -> int:
        """Run until the window is closed; then end everything within two seconds."""
        code = self._qt.exec()
        if self._handover is not None:
            self._handover.close()
        self._end_session()
        self._chores.close(0)
        if self._demo is not None:
            self._demo.stop()
        return code

    def report_crashes(self, crashes: CrashHook) -> None:
        """Offer a report about each, once there is a window to show it."""
        self._crashes = crashes

    def quit(self) -> None:
        """End now: what is being sent becomes unknown at the next start, what waits stays queued."""
        self._qt.exit(0)  # quit() would ask every window first, and ours asks the designer

    def try_demo(self) -> None:
        """Go over to the demo; the draft comes along. What was sent is waited for: it costs money."""
        if self._demo is not None or self._is_changing:
            return
        self._is_changing = True
        self._chores.call(_started_demo, self._on_demo_started, self._on_no_demo)

    def leave_demo(self) -> None:
        """Go back to the designer's own library and key; the draft comes along."""
        demo = self._demo
        if demo is None:
            return
        try:
            provider = self._provider(None)
        except ProblemError as error:
            self.window.show_problem(error.problem)
            return
        if self._library is None or (self._options.is_demo and self._library == self._options.library):
            self._library = self._own_library  # what was named was meant for the demo
        self._swap_session(provider, None)
        self._chores.call(demo.stop, lambda _: None)

    def _on_demo_started(self, demo: DemoServer) -> None:
        def go() -> None:
            self._is_changing = False
            self._own_library, self._library = self._library, None
            self._swap_session(self._provider(demo), demo)

        if self.session.queue.running:
            self.session.queue.pause_until_end()
            self.session.queue.idle.connect(go, Qt.ConnectionType.SingleShotConnection)
        else:
            go()

    def _on_no_demo(self, problem: Problem) -> None:
        self._is_changing = False
        self.window.show_problem(problem)

    def _swap_session(self, provider: Provider, demo: DemoServer | None) -> None:
        before, references = self.window, self.session.references.files()
        carried = before.settings()
        self._end_session()
        self._demo = demo
        self._open_session(provider, carried)
        self.session.references.adopt(references)
        before.deleteLater()
        if self._collector is not None:
            self._collector.let_go()

    def _open_session(self, provider: Provider, carried: Settings | None) -> None:
        """Build session and window; ``carried``: what comes along from the window before."""
        self._places = places(self._where.data_dir / "demo") if provider.is_demo else self._where
        self.settings = load_settings(self._places.settings)
        if carried is not None:
            self.settings = replace(self.settings, **{name: getattr(carried, name) for name in CARRIED})
        self._library_id = self.settings.library_id
        self._language.speak(self.settings.language)
        apply_theme(self._qt, self.settings.theme.value)
        make_private_folder(self._places.data_dir)
        self.session = Session(self._places, self.settings, provider, self._catalog)
        self.session.recalling.begin(self._library_root(), self.settings.seen_id)
        self._show_window()

    def _end_session(self) -> None:
        self.window.hide()
        if self._remembering is not None:
            if not self._remembering.close(SAVING_MS):
                self._hanging.append(self._remembering)
            self._remembering = None
        self.session.recalling.close(SAVING_MS)
        if not self.session.close(CLOSING_MS):
            self._hanging.append(self.session)

    def _show_window(self) -> None:
        self.window = MainWindow(self.session, self.settings)
        self.session.recalling.show()  # part of the first paint
        self.window.painted.connect(self._on_painted)
        self.window.completed.connect(self._on_completed)
        self.window.settings_changed.connect(self._on_settings_changed)
        self.window.demo_requested.connect(self.try_demo)
        self.window.demo_left.connect(self.leave_demo)
        self.window.close_requested.connect(self._on_close_requested)
        self.window.show()

    def _provider(self, demo: DemoServer | None) -> Provider:
        """Where requests go. Raises ProblemError on a base URL that is refused."""
        if demo is not None:
            return Provider(
                demo.base_url, lambda: _credentials(demo.base_url, demo.key, lambda: None), is_demo=True
            )
        base_url = self._options.base_url
        if base_url != DEFAULT_BASE_URL:
            from seedream_desktop.api.addresses import check_base_url  # late: 5 ms, and rarely needed

            base_url = check_base_url(base_url)
        return Provider(base_url, lambda: self._credentials_for(base_url))

    def _credentials_for(self, base_url: str) -> Credentials:
        """The same in every session: a key may be in memory only."""
        if self._own_credentials is None:
            self._own_credentials = _credentials(base_url, self._options.environment_key)
        return self._own_credentials

    def _open_library(self) -> None:
        is_named = self._library is not None or self._demo is not None
        self.session.open(self._library_root(), "" if is_named else self._library_id)

    def _library_root(self) -> Path:
        """The library that is to be opened."""
        if self._library is not None:
            return self._library.absolute()
        return self._places.data_dir / "Library" if self._demo is not None else self._remembered_library()

    def _remembered_library(self) -> Path:
        return Path(self.settings.library) if self.settings.library else current().default_library()

    def _on_library_opened(self, library: Library) -> None:
        """Know it again: an empty folder in its place at the next start is a drive that is away."""
        if self._demo is None and library.root == self._remembered_library():
            self._library_id = library.id

    def _settings_now(self) -> Settings:
        known = self.window.settings()
        anchor = self.session.checking.remembered
        self.settings = replace(known, library_id=self._library_id, anchor=anchor)
        return self.settings

    def _on_painted(self) -> None:
        if self._after_first_paint is not None:
            then, self._after_first_paint = self._after_first_paint, None
            then(self)

    def _on_completed(self) -> None:
        """Do what could wait until the window was there."""
        from seedream_desktop.platforms.memory import give_back  # late: after the first paint
        from seedream_desktop.state.remembering import Remembering  # late: after the first paint

        give_back()
        self._remembering = Remembering(self._places.settings, self._settings_now)
        self._remembering.failed.connect(self.window.show_problem)
        self.session.pictures.opened.connect(self._on_library_opened)
        self._open_library()
        self.session.keep_what_is_seen(self.window.gallery.to_recall)
        self.session.account.load()
        self.session.worker.warm()
        if self._handover is None:
            self._begin_service()
            self._take_files(self._options.files)

    def _begin_service(self) -> None:
        """What goes on for as long as the process does."""
        from seedream_desktop.state.collector import Collector  # late: after the first paint, as all below
        from seedream_desktop.state.end_signals import EndSignals  # late: as above
        from seedream_desktop.state.handover import Handover, address_of  # late: as above

        if self._crashes is not None:
            self._begin_reporting(self._crashes)
        self._handover = Handover(address_of(self._where.data_dir), self)
        self._handover.received.connect(self._on_handed)
        self._collector = Collector(self)
        EndSignals(self).received.connect(self.quit)
        self._qt.commitDataRequest.connect(self._on_desktop_ends)
        self._trimming = QTimer(self, interval=TRIMMING_MS)
        self._trimming.timeout.connect(self._trim_thumbnails)
        self._trimming.start()

    def _trim_thumbnails(self) -> None:
        from seedream_desktop.library.thumbnails import trim  # late: as above

        folder, limit_bytes = self._where.thumbnails, self.settings.thumbnails_mb << 20
        self._chores.call(lambda: trim(folder, limit_bytes), lambda _: None)

    def _begin_reporting(self, crashes: CrashHook) -> None:
        from seedream_desktop.gui.crash_report import CrashReports  # late: after the first paint
        from seedream_desktop.state.qt_messages import heed_qt_messages  # late: as above

        heed_qt_messages()
        self._reports = CrashReports(crashes, self._where.logs, lambda: self.window, self._chores)

    def _on_handed(self, handed: Handed) -> None:
        """A second start: show the window and take its files."""
        if self._leaving is not None:
            self._leaving.come_back()
        if handed.library:
            self._library = Path(handed.library)
            if self._demo is not None and not self._options.is_demo:
                self.leave_demo()
            else:
                self.session.open(self._library)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        self._take_files(tuple(Path(name) for name in handed.files))

    def _take_files(self, files: tuple[Path, ...]) -> None:
        """As references, once a library is open that can hold them."""
        session = self.session
        if files and session.pictures.library is not None:
            session.intake.take_files(files)
        elif files:
            session.pictures.opened.connect(
                lambda _: session.intake.take_files(files), Qt.ConnectionType.SingleShotConnection
            )

    def _on_close_requested(self) -> None:
        if not self.session.queue.may_be_billed():
            self.quit()
            return
        from seedream_desktop.gui.leaving import Leaving  # late: a question is to be asked

        if self._leaving is None:
            self._leaving = Leaving(self.quit)
        self._leaving.leave(self.window, self.session)

    def _on_settings_changed(self, settings: Settings) -> None:
        before, self.settings = self.settings, settings
        self.session.queue.set_jobs_at_once(settings.jobs_at_once)
        self.session.gallery.set_jobs_at_once(self.session.queue.jobs_at_once)
        self.session.queue.set_daily_limit(settings.daily_limit_usd)
        self.session.ask_above_usd = settings.ask_above_usd
        self.session.proxy = settings.proxy
        if settings.theme is not before.theme:
            apply_theme(self._qt, settings.theme.value)
        if settings.language != before.language:
            self._language.speak(settings.language)
        is_open = self.session.pictures.library is not None
        if settings.library and (settings.library != before.library or not is_open):
            self._library = None
            self._library_id = settings.library_id if settings.library == before.library else ""
            self._open_library()

    def _on_desktop_ends(self, _: Any) -> None:
        if self._remembering is not None:
            self._remembering.save_now()


def _qt_application() -> QApplication:
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # Not by setStyle: what that returns costs 9 ms before the first paint.
    application = QApplication([NAME, "-style", "Fusion"])
    application.setApplicationName("seedream-desktop")
    application.setApplicationDisplayName(NAME)
    application.setDesktopFileName("io.github.seedream_desktop.SeedreamDesktop")
    application.setQuitOnLastWindowClosed(False)
    # A frame that is painted while a library is read waits for each turn of the interpreter it needs: of the
    # usual 5 ms, the longest of 900 frames took 214 ms, of these 45 ms (100,000 pictures, measured 2026-11).
    sys.setswitchinterval(_TURN_S)
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
