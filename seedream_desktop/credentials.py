"""The key: kept in the operating system's keyring, one entry for each origin, and nowhere else.

The backend is chosen here from a list of classes. ``keyring.get_keyring()`` is never asked: the environment
and a configuration file decide what that returns, and either may name a backend that stores nothing, or one
that runs any Python file and hands it the key.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, Protocol, TypeVar

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind

SERVICE = "seedream-desktop"
ANSWER_S = 60.0  # a question of the keyring may have to be read and answered by a person
_KEY_LENGTH_MAX = 5000
_BACKENDS = {
    "linux": (
        ("keyring.backends.SecretService", "Keyring", "Secret Service"),
        ("keyring.backends.libsecret", "Keyring", "Secret Service"),
        ("keyring.backends.kwallet", "DBusKeyring", "KWallet"),
        ("keyring.backends.kwallet", "DBusKeyringKWallet4", "KWallet"),
    ),
    "win32": (("keyring.backends.Windows", "WinVaultKeyring", "Windows Credential Manager"),),
    "darwin": (("keyring.backends.macOS", "Keyring", "macOS Keychain"),),
}
Result = TypeVar("Result")


class KeySource(StrEnum):
    """Where the key in use comes from."""

    KEYRING = "keyring"
    SESSION = "session"  # in memory only, gone when the application ends
    ENVIRONMENT = "environment"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class KeyState:
    """What is known about the key; never the key."""

    source: KeySource
    backend: str = ""  # the keyring's name for people, empty when there is none
    problem: Problem | None = None
    is_other: bool = False  # the keyring holds another key than before, or none any more

    @property
    def has_key(self) -> bool:
        """Whether a request can be sent."""
        return self.source is not KeySource.NONE

    @property
    def is_for_session(self) -> bool:
        """Whether it is gone when the window is closed."""
        return self.source is KeySource.SESSION


class Backend(Protocol):
    """What is asked of a keyring."""

    def get_password(self, service: str, username: str) -> str | None:
        """The stored key, or None."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Store the key."""

    def delete_password(self, service: str, username: str) -> None:
        """Remove the key."""


@dataclass(frozen=True, slots=True)
class NamedBackend:
    """A keyring and its name for people."""

    name: str
    backend: Backend


def parse_key(text: str) -> str:
    """``text`` without blanks around it. Raises ProblemError(KEY_MALFORMED) on what no header can carry."""
    key = text.strip()
    is_legal = 0 < len(key) <= _KEY_LENGTH_MAX and all("!" <= character <= "~" for character in key)
    if not is_legal:
        raise ProblemError(Problem(ProblemKind.KEY_MALFORMED))
    return key


class Credentials:
    """The key of one origin. Every method but ``key`` blocks, perhaps until a prompt is answered."""

    __slots__ = ("_backend", "_environment_key", "_find", "_held", "_lock", "_origin", "_source")

    def __init__(
        self,
        origin: str,
        environment_key: str | None = None,
        find: Callable[[], NamedBackend | None] | None = None,
    ) -> None:
        """Hold no key yet. ``environment_key`` is used while the keyring has none, and never stored."""
        self._origin = origin
        self._environment_key = environment_key
        self._find = find or find_keyring
        self._backend: NamedBackend | None = None
        self._held: str | None = None
        self._source = KeySource.NONE
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return "Credentials(•••)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not written anywhere")

    def key(self) -> str | None:
        """The key in use; does not block."""
        return self._held

    def load(self) -> KeyState:
        """Take the keyring's key, else one of this session, else the one of the environment.

        Another program may have replaced it or taken it away since. A key that is in use stays in use while
        the keyring does not open.
        """
        with self._lock:
            before = self._held
            try:
                stored = self._stored(self._keyring())
                state = self._taken(stored) if stored is not None else self._without_stored(None)
            except ProblemError as error:
                if self._source is KeySource.KEYRING:
                    return self._state(error.problem)
                state = self._without_stored(error.problem)
            return replace(state, is_other=before is not None and self._held != before)

    def store(self, key: str) -> KeyState:
        """Keep ``key`` in the keyring; if that fails, for this session only, with the problem.

        Raises ProblemError(KEY_MALFORMED).
        """
        parsed = parse_key(key)
        with self._lock:
            try:
                backend = self._keyring()
                _ask(lambda: backend.set_password(SERVICE, self._origin, parsed))
                is_kept = self._stored(backend) == parsed
            except ProblemError as error:
                return self._use(parsed, KeySource.SESSION, error.problem)
            if not is_kept:
                return self._use(parsed, KeySource.SESSION, Problem(ProblemKind.KEYRING_UNUSABLE))
            return self._use(parsed, KeySource.KEYRING)

    def forget(self) -> KeyState:
        """Remove the key from the keyring and from memory; one of the environment stays in use."""
        with self._lock:
            try:
                backend = self._keyring()
                if self._stored(backend) is not None:
                    _ask(lambda: backend.delete_password(SERVICE, self._origin))
            except ProblemError as error:
                if self._source is KeySource.KEYRING:
                    return self._state(error.problem)
            self._use(None, KeySource.NONE)
            return self._without_stored(None)

    def _keyring(self) -> Backend:
        """The keyring, looked for again as long as there is none. Raises ProblemError(KEYRING_UNUSABLE)."""
        if self._backend is None:
            self._backend = _ask(self._find)
        if self._backend is None:
            raise ProblemError(Problem(ProblemKind.KEYRING_UNUSABLE))
        return self._backend.backend

    def _stored(self, backend: Backend) -> str | None:
        return _ask(lambda: backend.get_password(SERVICE, self._origin))

    def _taken(self, stored: str) -> KeyState:
        """Raises ProblemError(KEY_MALFORMED): whatever another program may have put there."""
        try:
            return self._use(parse_key(stored), KeySource.KEYRING)
        except ProblemError:
            self._source = KeySource.NONE  # what was there before is there no more
            raise

    def _without_stored(self, problem: Problem | None) -> KeyState:
        if self._source is KeySource.SESSION:
            return self._state(problem)
        if not self._environment_key:
            return self._use(None, KeySource.NONE, problem)
        try:
            return self._use(parse_key(self._environment_key), KeySource.ENVIRONMENT)
        except ProblemError as error:
            return self._use(None, KeySource.NONE, error.problem)

    def _use(self, key: str | None, source: KeySource, problem: Problem | None = None) -> KeyState:
        self._held, self._source = key, source
        return self._state(problem)

    def _state(self, problem: Problem | None) -> KeyState:
        return KeyState(self._source, self._backend.name if self._backend else "", problem)


def find_keyring() -> NamedBackend | None:
    """The usable keyring of this session that comes first by its own priority, or None."""
    known = _BACKENDS.get(sys.platform, _BACKENDS["linux"])
    if known is _BACKENDS["linux"] and not _has_session_bus():
        return None  # every keyring there is reached over the bus; looking for them costs 170 ms and 10 MB
    classes = ((name, _backend_class(module, class_name)) for module, class_name, name in known)
    usable = [(name, kind) for name, kind in classes if kind is not None and kind.viable]
    if not usable:
        return None
    name, kind = max(usable, key=lambda entry: entry[1].priority)
    # Without this, variables named KEYRING_PROPERTY_… set any attribute of the backend.
    changes: dict[str, Any] = {"set_properties_from_env": lambda _: None}
    if kind.__module__ == "keyring.backends.SecretService":
        changes["get_password"] = lambda self, *asked: _look_up(kind, self, asked)
    untouched = type(kind)(kind.__name__, (kind,), changes)
    return NamedBackend(name, untouched())


def _look_up(kind: Any, backend: Any, asked: tuple[str, ...]) -> str | None:
    """Ask only a keyring that exists: the Secret Service would ask the designer to make one, just to read."""
    service = importlib.import_module("secretstorage")  # late: 10 MB
    with contextlib.closing(service.dbus_init()) as connection:
        try:
            service.Collection(connection)
        except service.ItemNotFoundException:
            return None
    found: str | None = kind.get_password(backend, *asked)
    return found


def _has_session_bus() -> bool:
    runtime_folder = os.environ.get("XDG_RUNTIME_DIR")
    named = bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS"))
    return named or (runtime_folder is not None and Path(runtime_folder, "bus").exists())


def _backend_class(module: str, class_name: str) -> Any:
    try:
        return getattr(importlib.import_module(module), class_name)  # late: keyring takes 170 ms
    except (ImportError, AttributeError):
        return None


def _ask(question: Callable[[], Result]) -> Result:
    """What the keyring answers within a minute. Raises ProblemError(KEYRING_REFUSED, KEYRING_SILENT)."""
    answers, said = list[Result](), list[str]()

    def ask() -> None:
        try:
            answers.append(question())
        except Exception as error:  # noqa: BLE001 - whatever the libraries below a backend raise
            said.append(type(error).__name__)  # never its text: it may hold what was to be stored

    asking = threading.Thread(target=ask, name="keyring", daemon=True)  # it may never answer
    asking.start()
    asking.join(ANSWER_S)
    if answers:
        return answers[0]
    # Raised out here, so that no frame that holds the key hangs on the new exception.
    if said:
        raise ProblemError(Problem(ProblemKind.KEYRING_REFUSED, said=said[0]))
    raise ProblemError(Problem(ProblemKind.KEYRING_SILENT))
