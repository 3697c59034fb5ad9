"""The key, as the window knows it: where it is kept and whether it works; never the key itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from seedream_desktop.credentials import Credentials, KeySource, KeyState, parse_key
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import now_ms

if TYPE_CHECKING:
    from seedream_desktop.api.account import Balance, KeyTest
    from seedream_desktop.api.client import Client
    from seedream_desktop.generation.job import Job
    from seedream_desktop.tasks import Task, TaskRunner

SLOW_MS = 1500  # a keyring that takes longer is said to be waited for
EVERY_MS = 20_000  # between two questions after jobs


class Account(QObject):
    """Keeps the key through the keyring and asks the provider about it, both off the GUI thread."""

    key_changed = Signal(object)  # KeyState
    key_tested = Signal(object)  # KeyTest
    balance_changed = Signal(object)  # Balance
    balance_failed = Signal(object)  # Problem: what is left cannot be known now
    waiting_changed = Signal(bool)  # whether the keyring has not answered for a while
    failed = Signal(object)  # Problem: what was typed is no key, or the test could not be made

    def __init__(self, credentials: Credentials, client: Callable[[], Client], runner: TaskRunner) -> None:
        """Start out with no key known; ``load`` asks the keyring. ``client`` is called on a pool thread."""
        super().__init__()
        self._credentials = credentials
        self._client = client
        self._runner = runner
        self._testing: Task | None = None
        self._asking_balance: Task | None = None
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.refresh_balance)
        self._tested_ms = 0
        self.balance_asked_ms = 0  # when what was heard last was asked
        self._keeping: list[tuple[Callable[[], KeyState], Callable[[], None]]] = []  # the first is under way
        self._reread: set[str] = set()  # jobs whose refused key was looked up again
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(lambda: self._set_waiting(is_waiting=True))
        self.is_waiting = False
        self.state = KeyState(KeySource.NONE)

    @property
    def has_key(self) -> bool:
        """Whether a request can be sent."""
        return self.state.has_key

    def load(self) -> None:
        """Ask the keyring; the answer comes as ``key_changed``. A locked keyring may ask the designer."""
        self._keep(self._credentials.load)

    def follow_job(self, job: Job) -> None:
        """Where the key of the keyring was refused, look once whether there is another one by now."""
        is_refused = job.problem is not None and job.problem.kind is ProblemKind.KEY_REFUSED
        if is_refused and self.state.source is KeySource.KEYRING and job.id not in self._reread:
            self._reread.add(job.id)
            self.load()

    def store(self, text: str) -> None:
        """Keep a key that was typed or pasted, then test it."""
        try:
            key = parse_key(text)
        except ProblemError as error:
            self.failed.emit(error.problem)
            return
        self._keep(lambda: self._credentials.store(key), self.test)

    def forget(self) -> None:
        """Take the key out of the keyring and out of memory."""
        self._keep(self._credentials.forget)

    def test(self) -> None:
        """Ask the provider about address and key; the answer comes as ``key_tested``.

        Without a key the keyring is asked for one first.
        """
        if not self.has_key:
            self._keep(self._credentials.load, self.test)  # it may have been unlocked meanwhile
            return
        if self._testing is not None:
            self._testing.cancel()  # it may be about another key
        self._tested_ms = now_ms()
        self._testing = self._runner.start(self._test, self._on_tested, self._on_test_ended)

    def refresh_balance(self) -> None:
        """Ask what is left; the answer comes as ``balance_changed`` or ``balance_failed``."""
        if not self.has_key:
            self.balance_failed.emit(Problem(ProblemKind.NO_KEY))
        elif self._asking_balance is None or self._asking_balance.is_over:
            self._soon.stop()
            self.balance_asked_ms = now_ms()
            self._asking_balance = self._runner.start(self._balance, self._on_balance, self._on_balance_ended)

    def refresh_balance_soon(self) -> None:
        """Ask what is left, but not again right after it was asked: for what happens often."""
        if self.has_key and not self._soon.isActive():
            self._soon.start(max(0, self.balance_asked_ms + EVERY_MS - now_ms()))

    def _keep(self, act: Callable[[], KeyState], then: Callable[[], None] = lambda: None) -> None:
        """Do ``act`` after those before it: two keys must not change places in a slow keyring."""
        self._keeping.append((act, then))
        if len(self._keeping) == 1:
            self._keep_next()

    def _keep_next(self) -> None:
        if not self._keeping:
            return
        act, then = self._keeping[0]
        self._slow.start()

        def on_result(state: KeyState) -> None:
            self.state = state
            if self._asking_balance is not None:
                self._asking_balance.cancel()  # it is another key's
                self._asking_balance = None
            self.key_changed.emit(state)
            if self.has_key:
                then()
            on_end()

        def on_problem(problem: Problem) -> None:
            self.failed.emit(problem)
            on_end()

        def on_end() -> None:
            self._slow.stop()
            self._set_waiting(is_waiting=False)
            del self._keeping[0]
            self._keep_next()

        self._runner.call(act, on_result, on_problem)

    def _set_waiting(self, *, is_waiting: bool) -> None:
        if is_waiting != self.is_waiting:
            self.is_waiting = is_waiting
            self.waiting_changed.emit(is_waiting)

    async def _test(self) -> AsyncIterator[KeyTest]:
        yield await self._client().test_key()

    async def _balance(self) -> AsyncIterator[Balance]:
        yield await self._client().balance()

    def _on_balance(self, balance: Balance) -> None:
        self._asking_balance = None  # who asks from now on means what comes later
        self.balance_changed.emit(balance)

    def _on_balance_ended(self, problem: Problem | None) -> None:
        if problem is not None:
            self.balance_failed.emit(problem)

    def _on_tested(self, test: KeyTest) -> None:
        self.key_tested.emit(test)
        if test.balance is not None:
            self.balance_asked_ms = self._tested_ms
            self.balance_changed.emit(test.balance)

    def _on_test_ended(self, problem: Problem | None) -> None:
        if problem is not None:
            self.failed.emit(problem)
