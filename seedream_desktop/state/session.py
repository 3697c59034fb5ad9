"""A session: everything live that works on one library with one provider, built once and tied together.

What the first paint does without is built when it is first asked for, and imported then: the queue, the
account, the library, the API and the pipeline took half of the start-up time together.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.state.draft import Draft
from seedream_desktop.state.ending import end_threads
from seedream_desktop.state.library_session import READING_THREADS, LibrarySession
from seedream_desktop.state.locked_property import locked_property

if TYPE_CHECKING:
    from seedream_desktop.api.client import Client
    from seedream_desktop.credentials import Credentials
    from seedream_desktop.generation.catalog import Catalog
    from seedream_desktop.generation.cost import Cost
    from seedream_desktop.generation.job import Job
    from seedream_desktop.journal import Journal
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.values import Board, Picture
    from seedream_desktop.pipeline.events import JobEvent, PictureSaved
    from seedream_desktop.pipeline.library_thread import LibraryThread
    from seedream_desktop.pipeline.sent_files import SentFiles
    from seedream_desktop.settings import Places, Settings
    from seedream_desktop.state.account import Account
    from seedream_desktop.state.adopting import DraftReferences
    from seedream_desktop.state.board_defaults import BoardDefaults
    from seedream_desktop.state.checking import Checking
    from seedream_desktop.state.draft_files import DraftFiles
    from seedream_desktop.state.drafts import Drafts
    from seedream_desktop.state.dropped_pictures import DroppedPictures
    from seedream_desktop.state.editing import Editing
    from seedream_desktop.state.forgetting import Forgetting
    from seedream_desktop.state.job_queue import JobQueue
    from seedream_desktop.state.marking_up import MarkingUp
    from seedream_desktop.state.model_list import ModelList
    from seedream_desktop.state.presets import SavedPresets
    from seedream_desktop.state.pressing import Press
    from seedream_desktop.state.prompt_history import PromptHistory
    from seedream_desktop.state.provider import Provider
    from seedream_desktop.state.recovering import Recovering
    from seedream_desktop.state.reference_intake import ReferenceIntake
    from seedream_desktop.state.sent_forms import SentForms
    from seedream_desktop.state.terminal import Terminal
    from seedream_desktop.state.wakefulness import Wakefulness

SAVING_S = 0.5  # what a picture that is being saved gets at the end; the next start finds it otherwise


class Session(LibrarySession):
    """The live objects of one library and one provider. GUI thread only, but for what says otherwise."""

    def __init__(self, places: Places, settings: Settings, provider: Provider, catalog: Catalog) -> None:
        """Build what is painted first; nothing is opened, asked or sent before ``open``."""
        super().__init__(places, settings, catalog)
        self.provider = provider
        self._jobs_at_once = settings.jobs_at_once
        self._daily_limit_usd = settings.daily_limit_usd
        self.ask_above_usd = settings.ask_above_usd
        self._last_press: Press | None = None
        self._made_press: tuple[object, Press | None] | None = None
        self.proxy = settings.proxy  # may be changed; asked for each request anew, on any thread
        self._anchor = settings.anchor
        self._listed = settings.listed_models if settings.listed_origin == provider.base_url else ()
        self._jobs = self._runner(settings.jobs_at_once)
        self._writing = self._runner(1)  # the journal: in order
        self._asking = self._runner(READING_THREADS)  # keyring, key test, balance
        self.draft = Draft(catalog, settings.recipe, settings.variations, settings.board_id)
        self._other_drafts = settings.drafts, settings.draft_place
        self.gallery.set_jobs_at_once(settings.jobs_at_once)

    @locked_property
    def account(self) -> Account:
        """The key."""
        from seedream_desktop.state.account import Account  # late: as above

        return Account(self._credentials, lambda: self.client, self._asking)

    @locked_property
    def wakefulness(self) -> Wakefulness:
        """Keeps the computer from sleeping, once begun."""
        from seedream_desktop.platforms.platform import current  # late: as above
        from seedream_desktop.state.wakefulness import Wakefulness  # late: as above

        return Wakefulness(self.queue, current().stay_awake, self._runner(1))

    @locked_property
    def library_thread(self) -> LibraryThread:
        """The one on which jobs write to the library."""
        from seedream_desktop.pipeline.library_thread import LibraryThread  # late: as above

        return LibraryThread()

    @locked_property
    def model_list(self) -> ModelList:
        """The models that the key may use."""
        from seedream_desktop.state.model_list import ModelList  # late: as above

        models = ModelList(self.catalog, self._listed, lambda: self.client, self._asking)
        self.draft.spell_models(models.spelled)
        self.account.key_changed.connect(models.follow_key)
        self.queue.job_changed.connect(models.follow_job)
        return models

    @locked_property
    def queue(self) -> JobQueue:
        """The jobs."""
        from seedream_desktop.state.fetching_again import FetchingAgain  # late: as above
        from seedream_desktop.state.job_queue import JobQueue  # late: as above
        from seedream_desktop.state.spending_limit import charges_of  # late: as above

        threads = (self._jobs, self._writing, self._jobs_at_once)
        queue = JobQueue(lambda: self.journal, self._run, *threads, charges_of(lambda: self.pictures.library))
        queue.set_daily_limit(self._daily_limit_usd)
        queue.jobs_added.connect(self.gallery.add_jobs)
        queue.job_changed.connect(self.gallery.change_job)
        queue.job_removed.connect(self.gallery.remove_job)
        queue.jobs_removed.connect(self.gallery.remove_jobs)
        queue.progress_changed.connect(self.gallery.show_progress)
        queue.picture_saved.connect(self._on_picture_saved)
        FetchingAgain(queue)
        return queue

    @locked_property
    def recovering(self) -> Recovering:
        """What an earlier run left in the journal."""
        from seedream_desktop.state.recovering import Recovering  # late: as above

        recovering = Recovering(
            self.queue, self.pictures, lambda: self.journal, self.places.spool, self._writing, self._acting
        )
        recovering.journal_set_aside.connect(self._on_journal_set_aside)
        return recovering

    @locked_property
    def checking(self) -> Checking:
        """Whether what was not answered was billed."""
        from seedream_desktop.state.checking import Checking  # late: as above

        return Checking(
            self.queue,
            self.account,
            lambda: self.pictures.library,
            self._asking,
            catalog=self.catalog,
            origin=self.provider.base_url,
            anchor=self._anchor,
        )

    @locked_property
    def intake(self) -> ReferenceIntake:
        """What becomes a reference."""
        from seedream_desktop.state.reference_intake import ReferenceIntake  # late: as above

        library, thumbnail = self.pictures.the_library, self.thumbnails.path_of
        intake = ReferenceIntake(self.reading, self.worker, library, thumbnail, lambda: self.client)
        intake.taken.connect(self.draft.add_references)
        return intake

    @locked_property
    def marking_up(self) -> MarkingUp:
        """What is drawn on references."""
        from seedream_desktop.state.marking_up import MarkingUp  # late: as above

        threads, library = self._runner(1), self.pictures.the_library
        return MarkingUp(self.draft, threads, library, lambda: self.worker, self.thumbnails.path_of)

    @locked_property
    def dropped_pictures(self) -> DroppedPictures:
        """What is imported without a file of its own."""
        from seedream_desktop.state.dropped_pictures import DroppedPictures  # late: as above

        return DroppedPictures(self.importing, self.activities, self.reading, lambda: self.client)

    @locked_property
    def references(self) -> DraftReferences:
        """The draft's references, as far as their files are concerned."""
        from seedream_desktop.state.adopting import DraftReferences  # late: as above

        show = (self.thumbnails, lambda: self.sent_forms)
        held = lambda: self.drafts.references()  # noqa: E731, PLW0108 - built later
        return DraftReferences(held, self.draft, self.pictures, lambda: self.worker, self._acting, *show)

    @locked_property
    def sent_files(self) -> SentFiles:
        """What is sent for references, on disk. Any thread."""
        from seedream_desktop.pipeline.sent_files import SentFiles  # late: as above

        return SentFiles(self.places.sent, self.worker.fit, self.reference_path, self.catalog)

    @locked_property
    def sent_forms(self) -> SentForms:
        """What will be sent for the draft's references."""
        from seedream_desktop.state.sent_forms import SentForms  # late: as above

        return SentForms(self.draft, self._runner(1), lambda: self.sent_files)

    @locked_property
    def forgetting(self) -> Forgetting:
        """Boards that go for good."""
        from seedream_desktop.state.forgetting import Forgetting  # late: as above

        return Forgetting(self, self._acting)

    @locked_property
    def board_defaults(self) -> BoardDefaults:
        """What boards want of a request."""
        from seedream_desktop.state.board_defaults import BoardDefaults  # late: as above

        return BoardDefaults(self.draft, self.pictures)

    @locked_property
    def drafts(self) -> Drafts:
        """The draft among others."""
        from seedream_desktop.state.drafts import Drafts  # late: as above

        return Drafts(self.draft, *self._other_drafts)

    @locked_property
    def draft_files(self) -> DraftFiles:
        """Drafts that are handed on."""
        from seedream_desktop.state.draft_files import DraftFiles  # late: as above

        return DraftFiles(self.draft, self.drafts, self.pictures, self.reading, lambda: self.worker)

    @locked_property
    def presets(self) -> SavedPresets:
        """Parts of recipes under names."""
        from seedream_desktop.state.presets import SavedPresets  # late: as above

        return SavedPresets(self.draft, self.pictures, self.activities, self.undo, self.reading)

    @locked_property
    def prompt_history(self) -> PromptHistory:
        """The prompts that were used before."""
        from seedream_desktop.state.prompt_history import PromptHistory  # late: as above

        return PromptHistory(self.draft, self.pictures, self.target_board, self.reading)

    @locked_property
    def terminal(self) -> Terminal:
        """Requests on their way to a terminal."""
        from seedream_desktop.state.terminal import Terminal  # late: as above

        return Terminal(self)

    @locked_property
    def _credentials(self) -> Credentials:
        return self.provider.credentials()

    @locked_property
    def journal(self) -> Journal:
        """What survives a crash; opened by the thread that writes it."""
        from seedream_desktop.journal import Journal  # late: after the first paint

        return Journal(self.places.journal)

    @locked_property
    def client(self) -> Client:
        """The provider's door. Thread-safe, and made anew at no cost."""
        from seedream_desktop.api.client import Client  # late: after the first paint

        return Client(
            self.provider.base_url,
            self._credentials.key,
            self.sent_files.path,
            proxy=lambda: self.proxy,
            silence_s=lambda request: self.catalog.model(request.model).wait_s(request),
        )

    def open(self, library: Path, expected_id: str = "") -> None:
        """Open the library and take over what the journal holds; both off the GUI thread.

        With ``expected_id`` no other library is opened or begun there: an empty mount point is none. The
        draft's references come along from the library before.
        """
        self.references.bring_along()  # there before the next is opened
        self._expected_ids[library] = expected_id
        self.pictures.open(library)
        self.recovering.begin_once()

    def press(self) -> tuple[Job, ...]:
        """Queue what the draft asks for; () on a second press at once, or (told) while no library is open."""
        press = self._press_of_draft()
        if press is None and self._why_closed is not None:
            self.pictures.failed.emit(self._why_closed)
        jobs = self.queue.press(press) if press is not None else ()
        if jobs:
            self._last_press = press
            self.draft.frame = None  # the press holds it; what is pressed next stands for itself
            self.drafts.note_sent()
        return jobs

    @property
    def last_press(self) -> Press | None:
        """What was sent last into the library that is open; None: nothing yet."""
        library, press = self.pictures.library, self._last_press
        return press if library is not None and press is not None and press.library_id == library.id else None

    def press_again(self) -> tuple[Job, ...]:
        """Queue what was sent last once more, whatever the draft is by now; () as ``press``."""
        press = self.last_press
        return self.queue.press(press) if press is not None else ()

    def same_request(self) -> Job | None:
        """A job that waits or is under way and asks for just what the draft does."""
        return self.queue.same_as(self._press_of_draft())

    def is_large(self, cost: Cost | None) -> bool:
        """Whether a press may cost more than the designer wants to be spent without being asked."""
        return bool(self.ask_above_usd) and cost is not None and cost.high_usd > self.ask_above_usd

    def _press_of_draft(self) -> Press | None:
        """Made once for the questions before a press and for the press itself."""
        from seedream_desktop.state.pressing import press_into  # late: as above

        draft, library, board = self.draft, self.pictures.library, self.target_board()
        key = draft.recipe, draft.variations, draft.model, library, board
        if self._made_press is None or self._made_press[0] != key:
            self._made_press = key, press_into(draft, library, board)
        return self._made_press[1]

    def ask_what_was_spent(self) -> None:
        """Add up what the draft's board has cost this month; the answer comes from ``pictures``."""
        if board := self.target_board():
            month = time.strftime("%Y-%m", time.gmtime())  # as the library files it
            self.pictures.ask_what_was_spent(board.id, month)

    def target_board(self) -> Board | None:
        """Where the draft's pictures go: the chosen board, else the Inbox; None: no library is open yet."""
        chosen = (board for board in self._boards if board.id == self.draft.board_id)
        return next(chosen, self._boards[0] if self._boards else None)

    @locked_property
    def editing(self) -> Editing:
        """Pictures on their way to image 1."""
        from seedream_desktop.state.editing import Editing  # late: as above

        return Editing(self.draft, self.pictures, self.intake, self.reading, lambda: self.worker)

    def edit(self, picture: Picture) -> None:
        """Make ``picture`` image 1 of a new draft, at once."""
        self.editing.begin(picture)

    def close(self, wait_ms: int) -> bool:
        """Stop everything, the journal's writing last; True when every thread ended in time.

        Must not be let go of otherwise: a pool that is deleted waits for its threads, however long.
        """
        built = self.__dict__  # what was never asked for is not built to be closed
        if "activities" in built:
            self.activities.stop()
        have_ended = end_threads(self._runners, self._writing, wait_ms)
        if "worker" in built:
            self.worker.close()
        if "wakefulness" in built:
            self.wakefulness.close()
        if not have_ended or ("library_thread" in built and not self.library_thread.drain(SAVING_S)):
            return False
        if "pictures" in built and self.pictures.library is not None:
            self.pictures.library.close()
        if "journal" in built:
            self.journal.close()
        return True

    def _on_opened(self, library: Library) -> None:
        super()._on_opened(library)
        self.recovering.go_on()
        self.references.show()
        self.forgetting.resume(library)

    def _on_journal_set_aside(self, name: str) -> None:
        self.pictures.failed.emit(Problem(ProblemKind.JOURNAL_SET_ASIDE, subject=name))

    def _on_picture_saved(self, saved: PictureSaved) -> None:
        self.gallery.place_picture(saved)
        self.pictures.saved(saved.picture)

    def _run(self, job: Job) -> AsyncIterator[JobEvent]:
        """Called on the pool thread of the job."""
        from seedream_desktop.pipeline.run import run_job  # late: after the first paint
        from seedream_desktop.state.job_tools import tools_of  # late: as above

        return run_job(job, tools_of(self))
