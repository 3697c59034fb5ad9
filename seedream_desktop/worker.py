"""The worker: a child process that decodes what is not trusted, limited in memory and time.

A decoder that crashes, hangs or eats memory takes its child along, never the application: the picture counts
as damaged, and the next one gets a new child. Both sides speak JSON behind a length, through pipes; nothing
that a child says is ever unpickled. The child ends when its standard input does.
"""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
import threading
import typing
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, TypeVar

from seedream_desktop.files import problem_of
from seedream_desktop.generation.catalog import ReferenceRules
from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.generation.request import SentForm
from seedream_desktop.imaging import checking, decoding, drawing, exporting, fitting, foreign, twins
from seedream_desktop.imaging.checking import CheckedPicture
from seedream_desktop.imaging.drawing import BYTES_PER_PX, PIXELS_MOST, Drawing
from seedream_desktop.imaging.export_form import Exported, ExportForm, Marks, Telling
from seedream_desktop.imaging.foreign import Foreign
from seedream_desktop.imaging.reading import read_ahead
from seedream_desktop.imaging.twins import Twins
from seedream_desktop.platforms.child_limits import end_after, limit_memory, widen
from seedream_desktop.platforms.platform import current

if typing.TYPE_CHECKING:
    from seedream_desktop.imaging.markup import Markup

TASK_TIMEOUT_S = 60.0
CHILDREN = 2  # one decodes while the other is read from; more would only share the processor
_TRIES = 2  # a child may have been killed for another's memory: not the picture's fault
_LENGTH_BYTES = 4
_MESSAGE_BYTES_MAX = 1 << 20
_PIXELS_BYTES_MAX = BYTES_PER_PX * PIXELS_MOST
_END_S = 2.0
_NICENESS = 5  # the window goes first where all want the processor
_Result = TypeVar("_Result")
_Answer = CheckedPicture | SentForm | Drawing | Twins | Exported | Marks | Foreign


class Worker:
    """A few child processes that check pictures. Every method but ``warm`` blocks; any thread may call."""

    def __init__(self, memory_mb: int = 2560, timeout_s: float = TASK_TIMEOUT_S) -> None:
        """Start nothing yet. ``memory_mb`` limits each child where the operating system can do that.

        A picture at the limits of bytes and pixels needs so much: file, pixels, two copies on the way.
        """
        self._memory_mb = memory_mb
        self._timeout_s = timeout_s
        self._places = threading.BoundedSemaphore(CHILDREN)
        self._looking = threading.BoundedSemaphore(1)
        self._lock = threading.Lock()
        self._idle: list[_Child] = []
        self._is_closed = False

    def warm(self) -> None:
        """Start a child ahead of its first task; does not wait for it."""
        with suppress(ProblemError):
            self._give_back(self._take())

    def close(self) -> None:
        """End the children; tasks that come later are refused with UNEXPECTED."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for child in idle:
            child.close()

    def check_picture(
        self, path: Path, thumbnail: Path | None, thumbnail_px: int = checking.THUMBNAIL_PX
    ) -> CheckedPicture:
        """``checking.check_picture`` in a child; PICTURE_DAMAGED also when the child broke on it."""
        task = {"task": "picture", "thumbnail_px": thumbnail_px, "thumbnail": _text(thumbnail)}
        return self._run(task, path, CheckedPicture)

    def check_reference(self, path: Path, thumbnail: Path | None) -> CheckedPicture:
        """``checking.check_reference`` in a child. Raises ProblemError as ``check_picture``."""
        return self._run({"task": "reference", "thumbnail": _text(thumbnail)}, path, CheckedPicture)

    def make_thumbnail(self, path: Path, thumbnail: Path) -> CheckedPicture:
        """``checking.make_thumbnail`` in a child. Raises ProblemError as ``check_picture``."""
        read_ahead(path)
        return self._run({"task": "thumbnail", "thumbnail": _text(thumbnail)}, path, CheckedPicture)

    def fingerprint(self, path: Path) -> str:
        """The fingerprint of a picture that somebody looks for. Raises ProblemError as ``check_picture``."""
        return self._run({"task": "look", "thumbnail": None}, path, CheckedPicture, self._looking).fingerprint

    def look_at(self, path: Path, thumbnail: Path | None) -> CheckedPicture:
        """As ``make_thumbnail``; with None for the fingerprint alone."""
        read_ahead(path)
        return self._run({"task": "look", "thumbnail": _text(thumbnail)}, path, CheckedPicture)

    def find_twins(self, path: Path, new_count: int) -> Twins:
        """``twins.twins_in`` in a child: it is pure Python for seconds. Raises ProblemError."""
        return self._run({"task": "twins", "new_count": new_count}, path, Twins)

    def fit(self, path: Path, rules: ReferenceRules, target: Path, *, smaller: bool) -> SentForm:
        """``fitting.fit_reference`` in a child. Raises ProblemError, also for ``target``."""
        task = {"task": "fit", "rules": encode(rules), "target": _text(target), "smaller": smaller}
        return self._run(task, path, SentForm)

    def draw(self, path: Path, screen: Path | None = None) -> Drawing:
        """``drawing.draw_picture`` in a child. Raises ProblemError as ``check_picture``.

        It waits for no other task: somebody looks at it.
        """
        return self._run({"task": "draw", "screen": _text(screen)}, path, Drawing, self._looking)

    def mark_up(
        self, path: Path, sha256: str, markup: Markup, target: Path, thumbnail: Path | None
    ) -> CheckedPicture:
        """``marking_up.mark_up`` in a child. Raises ProblemError, also for ``target``."""
        task = {"task": "mark_up", "sha256": sha256, "markup": encode(markup), "target": _text(target)}
        return self._run({**task, "thumbnail": _text(thumbnail)}, path, CheckedPicture)

    def export(self, path: Path, target: Path, form: ExportForm, telling: Telling) -> Exported:
        """``exporting.export_picture`` in a child. Raises ProblemError, also for ``target``."""
        task = {"task": "export", "form": encode(form), "telling": encode(telling), "target": _text(target)}
        return self._run(task, path, Exported)

    def look_at_marks(self, path: Path) -> Marks:
        """``exporting.look_at_marks`` in a child. Raises ProblemError."""
        return self._run({"task": "marks"}, path, Marks)

    def look_at_foreign(self, path: Path) -> Foreign:
        """``foreign.look_at_foreign`` in a child. Raises ProblemError as ``check_picture``."""
        read_ahead(path)
        return self._run({"task": "foreign"}, path, Foreign)

    def _run(
        self,
        task: dict[str, Any],
        path: Path,
        kind: type[_Result],
        places: threading.BoundedSemaphore | None = None,
    ) -> _Result:
        task["path"] = str(path.absolute())
        with places or self._places:
            answer = self._ask(task, path, kind)
        if isinstance(answer, Problem):
            raise ProblemError(answer)
        return answer

    def _ask(self, task: dict[str, Any], path: Path, kind: type[_Result]) -> _Result | Problem:
        for _ in range(_TRIES):
            child = self._take()
            try:
                answer = child.ask(task, kind, self._timeout_s)
            except _Hung:
                break
            except (OSError, EOFError, ValueError):
                continue
            self._give_back(child)
            return answer
        return Problem(ProblemKind.PICTURE_DAMAGED, subject=path.name)

    def _take(self) -> _Child:
        with self._lock:
            if self._is_closed:
                raise ProblemError(Problem(ProblemKind.UNEXPECTED, said="the worker is closed"))
            while self._idle:
                child = self._idle.pop()
                if child.is_alive:
                    return child
                child.close()
        try:
            return _Child(self._memory_mb)
        except OSError as error:
            raise ProblemError(Problem(ProblemKind.UNEXPECTED, said=error.strerror or "")) from error

    def _give_back(self, child: _Child) -> None:
        with self._lock:
            if not self._is_closed:
                self._idle.append(child)
                return
        child.close()


class _Hung(Exception):
    """A task took longer than it may; its child is gone."""


class _Child:
    """One child process. Whatever is raised here has ended it."""

    def __init__(self, memory_mb: int) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._input = typing.cast(IO[bytes], self._process.stdin)
        self._output = typing.cast(IO[bytes], self._process.stdout)
        widen(self._output)
        with suppress(OSError):  # dead at once: the first task finds out
            _send(self._input, {"memory_mb": memory_mb})

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, task: dict[str, Any], kind: type[_Result], timeout_s: float) -> _Result | Problem:
        """What the child answers. Raises _Hung, OSError, EOFError, ValueError."""
        is_late = threading.Event()
        clock = threading.Timer(timeout_s, self._stop, [is_late])
        clock.daemon = True
        clock.start()
        try:
            _send(self._input, task)
            reply = _receive(self._output)
            if "problem" in reply:
                return decode(Problem, reply["problem"])
            answer = decode(kind, reply.get("answer"))
            if isinstance(answer, Drawing):
                return dataclasses.replace(answer, pixels=_pixels(self._output, answer))
            return answer
        except (OSError, EOFError, ValueError) as error:
            self.close()
            if is_late.is_set():
                raise _Hung from error
            raise
        finally:
            clock.cancel()

    def close(self) -> None:
        with suppress(OSError):
            self._input.close()
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._output.close()

    def _stop(self, is_late: threading.Event) -> None:
        is_late.set()
        self._process.kill()


def main() -> int:
    """Run as the child: answer tasks from standard input until it ends."""
    source = os.fdopen(0, "rb")
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints does not reach the parent
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides, also on Ctrl+C in a terminal
    try:
        if sys.platform != "win32":
            os.nice(_NICENESS)
        limit_memory(_receive(source)["memory_mb"])
        decoding.prepare()
        while True:
            task = _receive(source)
            end_after(TASK_TIMEOUT_S * 2)
            _say(target, _answer(task))
            end_after(0)
    except EOFError:
        return 0


def _say(target: IO[bytes], answer: _Answer | Problem) -> None:
    """Send an answer; the pixels of a drawing come after it as they are."""
    if isinstance(answer, Problem):
        _send(target, {"problem": encode(answer)})
    elif isinstance(answer, Drawing):
        _send(target, {"answer": encode(dataclasses.replace(answer, pixels=b""))})
        target.write(answer.pixels)
        target.flush()
    else:
        _send(target, {"answer": encode(answer)})


def _pixels(source: IO[bytes], drawn: Drawing) -> bytes:
    """The pixels that come after a drawing. Raises EOFError, ValueError."""
    if min(drawn.drawn_width_px, drawn.drawn_height_px) < 1 or drawn.size_bytes > _PIXELS_BYTES_MAX:
        raise ValueError("no drawing")
    return _exactly(source, drawn.size_bytes)


def _answer(task: dict[str, Any]) -> _Answer | Problem:
    path = Path(task["path"])
    try:
        return _done(task, path)
    except ProblemError as error:
        return error.problem
    except MemoryError:
        return Problem(ProblemKind.PICTURE_TOO_LARGE, subject=path.name)
    except OSError as error:  # the decoders' own are problems already: this one is the target's
        return problem_of(error, Path(task.get("target", path)))


def _done(task: dict[str, Any], path: Path) -> _Answer:
    if task["task"] == "draw":
        return drawing.draw_picture(path, None if task["screen"] is None else Path(task["screen"]))
    if task["task"] == "fit":
        rules, target = decode(ReferenceRules, task["rules"]), Path(task["target"])
        return fitting.fit_reference(path, rules, target, smaller=task["smaller"])
    if task["task"] == "export":
        form, telling = decode(ExportForm, task["form"]), decode(Telling, task["telling"])
        return exporting.export_picture(path, Path(task["target"]), form, telling)
    if task["task"] == "marks":
        return exporting.look_at_marks(path)
    if task["task"] == "foreign":
        return foreign.look_at_foreign(path)
    if task["task"] == "twins":
        return twins.twins_in(path, task["new_count"])
    thumbnail = None if task["thumbnail"] is None else Path(task["thumbnail"])
    if task["task"] == "mark_up":
        from seedream_desktop.imaging.marking_up import mark_up  # late: rarely wanted
        from seedream_desktop.imaging.markup import Markup  # late: as above

        markup = decode(Markup, task["markup"])
        return mark_up(path, task["sha256"], markup, Path(task["target"]), thumbnail)
    if task["task"] == "look":
        return checking.look_at_picture(path, thumbnail)
    if task["task"] == "reference":
        return checking.check_reference(path, thumbnail)
    if task["task"] == "thumbnail" and thumbnail is not None:
        return checking.make_thumbnail(path, thumbnail)
    return checking.check_picture(path, thumbnail, task["thumbnail_px"])


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path.absolute())


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker"]
    return [sys.executable, "-P", "-m", "seedream_desktop.worker"]


def _environment() -> dict[str, str]:
    environment = current().child_environment()
    if not getattr(sys, "frozen", False):
        environment["PYTHONPATH"] = os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path)
    return environment


def _send(pipe: IO[bytes], message: dict[str, Any]) -> None:
    content = json.dumps(message).encode("ascii")
    pipe.write(len(content).to_bytes(_LENGTH_BYTES) + content)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> dict[str, Any]:
    """The next message. Raises EOFError at the end, ValueError on what is no message."""
    length = int.from_bytes(_exactly(pipe, _LENGTH_BYTES))
    if length > _MESSAGE_BYTES_MAX:
        raise ValueError("too long for a message")
    message = json.loads(_exactly(pipe, length))
    if not isinstance(message, dict):
        raise ValueError("no message")  # noqa: TRY004 - bad input, not a defect
    return message


def _exactly(pipe: IO[bytes], size_bytes: int) -> bytes:
    content = pipe.read(size_bytes)
    if len(content) < size_bytes:
        raise EOFError
    return content


if __name__ == "__main__":
    sys.exit(main())
