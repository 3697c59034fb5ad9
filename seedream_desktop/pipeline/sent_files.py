"""What is sent for references, made once and kept on this machine: a cache, swept by age.

A job is frozen when it is queued: what is made of a reference, or sent as it is, are the bytes that its
SHA-256 names. A file that was changed since is not sent; the picture has to be dropped again.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from seedream_desktop.files import disk_problems, make_private_folder, sha256_of
from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.generation.request import Reference, SentForm

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog, ReferenceRules
    from seedream_desktop.generation.request import GenerationRequest

KEPT_S = 14 * 86_400.0  # since they were last wanted
_WAY = 2  # counts up when other bytes come out of the same picture and rules


class Fit(Protocol):
    """The worker, as far as it makes references fit."""

    def __call__(self, path: Path, rules: ReferenceRules, target: Path, *, smaller: bool) -> SentForm:
        """Write what is sent for ``path`` to ``target``, unless it is that file. Raises ProblemError."""


class _Seen(NamedTuple):
    """A file as it was when its bytes were read."""

    path: Path
    size_bytes: int
    mtime_ns: int
    ctime_ns: int  # whoever changes bytes and sets the other time back cannot set this one


class SentFiles:
    """Derived files by their SHA-256, and what was derived from which reference how. Any thread."""

    def __init__(
        self, folder: Path, fit: Fit, original: Callable[[Reference], Path], catalog: Catalog
    ) -> None:
        """Keep them in ``folder``; ``original`` says where a reference lies and may raise ProblemError."""
        self._folder = folder
        self._fit = fit
        self._original = original
        self._catalog = catalog
        self._lock = threading.Lock()
        self._making: dict[str, threading.Lock] = {}
        self._seen: dict[str, _Seen] = {}  # files that were held against their SHA-256, by that
        self._is_swept = False

    def form_for(self, reference: Reference, request: GenerationRequest) -> SentForm:
        """What is sent for a reference of ``request``, as ``form``."""
        rules = self._catalog.model(request.model).reference_rules
        return self.form(reference, rules, smaller=request.smaller_references)

    def form(self, reference: Reference, rules: ReferenceRules, *, smaller: bool) -> SentForm:
        """What is sent for ``reference``; its file is there afterwards. Blocks. Raises ProblemError."""
        note = self._note(reference, rules, smaller=smaller)
        with self._one_at_a_time(note.name), disk_problems(self._folder):
            self._sweep_once()
            known = _read(note)
            if known is not None and self._is_here(known):
                if not known.derived:
                    self._whole(reference)
                _touch(note)
                return known
            return self._made(reference, rules, note, smaller=smaller)

    def path(self, reference: Reference) -> Path:
        """Where the bytes of a reference lie as it is sent: derived, or the original. Raises ProblemError."""
        derived = self._place(reference.sha256)
        return derived if derived.is_file() else self._original(reference)

    def forget(self, sha256s: Iterable[str]) -> None:
        """Remove what was made of these references. Blocks."""
        for sha256 in sha256s:
            reference = Reference(sha256, "", 0, 0, 0)
            for rules in {model.reference_rules for model in self._catalog.models}:
                for smaller in (False, True):
                    note = self._note(reference, rules, smaller=smaller)
                    with suppress(OSError):
                        if (form := _read(note)) is not None and form.derived:
                            self._place(form.sha256).unlink(missing_ok=True)
                        note.unlink(missing_ok=True)

    def _made(self, reference: Reference, rules: ReferenceRules, note: Path, *, smaller: bool) -> SentForm:
        original = self._whole(reference)
        make_private_folder(note.parent)
        target = note.with_suffix(".part")
        try:
            form = self._fit(original, rules, target, smaller=smaller)
            self._whole(reference)  # nobody changed it meanwhile
            if form.derived:
                place = self._place(form.sha256)
                make_private_folder(place.parent)
                target.replace(place)
        except ProblemError as error:
            problem = error.problem
            subject = reference.name if problem.subject == original.name else problem.subject
            raise ProblemError(replace(problem, subject=subject)) from error
        finally:
            target.unlink(missing_ok=True)
        _write(note, form)
        return form

    def _whole(self, reference: Reference) -> Path:
        """Where the original lies. Raises ProblemError(REFERENCE_GONE) when its bytes are others."""
        path = self._original(reference)
        if not self._is_sound(path, reference.sha256):
            raise ProblemError(Problem(ProblemKind.REFERENCE_GONE, subject=reference.name))
        return path

    def _is_sound(self, path: Path, sha256: str) -> bool:
        """Whether a file has the bytes; they are read whenever it is another than at the last look."""
        try:
            told = path.stat()
        except OSError:
            return False
        seen = _Seen(path, told.st_size, told.st_mtime_ns, told.st_ctime_ns)
        if self._seen.get(sha256) != seen:
            if sha256_of(path) != sha256:
                return False
            self._seen[sha256] = seen
        return True

    def _is_here(self, form: SentForm) -> bool:
        if not form.derived:
            return True
        place = self._place(form.sha256)
        _touch(place)
        return self._is_sound(place, form.sha256)

    def _place(self, sha256: str) -> Path:
        name = hashlib.sha256(
            sha256.encode("utf-8", "surrogatepass")
        ).hexdigest()  # whatever a file may claim
        return self._folder / name[:2] / f"{name}.sent"

    def _note(self, reference: Reference, rules: ReferenceRules, *, smaller: bool) -> Path:
        asked = [_WAY, reference.sha256, encode(rules), smaller]
        key = hashlib.sha256(json.dumps(asked, sort_keys=True).encode("ascii")).hexdigest()
        return self._folder / key[:2] / f"{key}.json"

    @contextmanager
    def _one_at_a_time(self, key: str) -> Iterator[None]:
        """The tray and a job that want the same wait for each other instead of making it twice."""
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            yield

    def _sweep_once(self) -> None:
        with self._lock:
            if self._is_swept:
                return
            self._is_swept = True
        oldest_s = time.time() - KEPT_S
        with suppress(OSError):
            for path in self._folder.glob("??/*"):
                if path.stat().st_mtime < oldest_s:
                    path.unlink(missing_ok=True)


def _read(note: Path) -> SentForm | None:
    try:
        return decode(SentForm, json.loads(note.read_bytes()))
    except (OSError, ValueError):
        return None


def _write(note: Path, form: SentForm) -> None:
    part = note.with_suffix(".note")
    with suppress(OSError):  # then it is made again the next time
        part.write_text(json.dumps(encode(form)), encoding="ascii")
        part.replace(note)


def _touch(path: Path) -> None:
    with suppress(OSError):
        os.utime(path)
