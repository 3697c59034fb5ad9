"""What is sent is made once, by whoever asks first, and swept when nobody asks any more."""

import hashlib
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from seedream_desktop.files import resource_path, sha256_of
from seedream_desktop.generation.catalog import ReferenceRules, load_catalog
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.generation.request import Derivation, Reference, SentForm
from seedream_desktop.pipeline import sent_files
from seedream_desktop.pipeline.sent_files import KEPT_S, SentFiles

RULES = ReferenceRules(("image/jpeg",), 10 << 20, 36_000_000, 15, 16.0)
CAT = Reference(hashlib.sha256(b"original").hexdigest(), "image/avif", 640, 480, 8, "cat.avif")


class Fitter:
    """Writes the same few bytes for everything, and counts."""

    def __init__(self) -> None:
        self.calls = 0
        self.problem: Problem | None = None
        self.meanwhile: Callable[[], object] = lambda: None
        self._lock = threading.Lock()

    def __call__(self, path: Path, rules: ReferenceRules, target: Path, *, smaller: bool) -> SentForm:
        with self._lock:
            self.calls += 1
        if self.problem is not None:
            raise ProblemError(self.problem)
        self.meanwhile()
        content = b"smaller" if smaller else b"derived"
        target.write_bytes(content)
        return SentForm(
            hashlib.sha256(content).hexdigest(), "image/jpeg", 640, 480, len(content), (Derivation.CONVERTED,)
        )


@pytest.fixture
def fitter() -> Fitter:
    return Fitter()


@pytest.fixture
def sent(tmp_path: Path, fitter: Fitter) -> SentFiles:
    return reopened(tmp_path, fitter)


def reopened(folder: Path, fitter: Fitter) -> SentFiles:
    original = folder / "original.avif"
    original.write_bytes(b"original")
    catalog = load_catalog(resource_path("models.toml"))
    return SentFiles(folder / "sent", fitter, lambda _: original, catalog)


def as_sent(form: SentForm) -> Reference:
    return Reference(form.sha256, form.media_type, form.width_px, form.height_px, form.size_bytes)


def test_many_who_ask_at_once_make_it_once(sent: SentFiles, fitter: Fitter) -> None:
    with ThreadPoolExecutor(8) as pool:
        forms = set(pool.map(lambda _: sent.form(CAT, RULES, smaller=False), range(24)))
    assert len(forms) == 1
    assert fitter.calls == 1


def test_wishes_and_rules_are_kept_apart(sent: SentFiles, fitter: Fitter) -> None:
    other = ReferenceRules(("image/png",), 10 << 20, 36_000_000, 15, 16.0)
    plain, smaller = sent.form(CAT, RULES, smaller=False), sent.form(CAT, RULES, smaller=True)
    sent.form(CAT, other, smaller=False)
    assert fitter.calls == 3
    assert sent.path(as_sent(plain)).read_bytes() == b"derived"
    assert sent.path(as_sent(smaller)).read_bytes() == b"smaller"


def test_what_was_not_derived_is_the_original(sent: SentFiles) -> None:
    assert sent.path(CAT).read_bytes() == b"original"


def test_a_later_start_knows_what_was_made(sent: SentFiles, fitter: Fitter, tmp_path: Path) -> None:
    form = sent.form(CAT, RULES, smaller=False)
    assert reopened(tmp_path, fitter).form(CAT, RULES, smaller=False) == form
    assert fitter.calls == 1


def test_what_nobody_asked_for_any_more_is_swept(sent: SentFiles, fitter: Fitter, tmp_path: Path) -> None:
    sent.form(CAT, RULES, smaller=False)
    sent.form(CAT, RULES, smaller=True)
    old_s = time.time() - KEPT_S - 60
    for path in (tmp_path / "sent").glob("??/*"):
        os.utime(path, (old_s, old_s))
    later = reopened(tmp_path, fitter)
    later.form(CAT, RULES, smaller=False)
    assert len(list((tmp_path / "sent").glob("??/*"))) == 2
    assert fitter.calls == 3


def test_a_note_that_makes_no_sense_is_as_if_it_were_not_there(
    sent: SentFiles, fitter: Fitter, tmp_path: Path
) -> None:
    form = sent.form(CAT, RULES, smaller=False)
    (note,) = (tmp_path / "sent").glob("??/*.json")
    note.write_bytes(b"{")
    assert sent.form(CAT, RULES, smaller=False) == form
    assert fitter.calls == 2


def test_a_problem_names_the_reference_and_is_not_kept(sent: SentFiles, fitter: Fitter) -> None:
    fitter.problem = Problem(ProblemKind.PICTURE_TOO_NARROW, subject="original.avif")
    with pytest.raises(ProblemError) as caught:
        sent.form(CAT, RULES, smaller=False)
    assert caught.value.problem.subject == "cat.avif"
    fitter.problem = None
    assert sent.form(CAT, RULES, smaller=False).derived


def test_a_cache_that_cannot_be_written_is_a_problem(fitter: Fitter, tmp_path: Path) -> None:
    sent = reopened(tmp_path, fitter)
    (tmp_path / "sent").write_bytes(b"no folder")
    with pytest.raises(ProblemError):
        sent.form(CAT, RULES, smaller=False)


def test_what_was_made_of_a_reference_can_be_forgotten(sent: SentFiles, tmp_path: Path) -> None:
    rules = load_catalog(resource_path("models.toml")).models[0].reference_rules
    for smaller in (False, True):
        sent.form(CAT, rules, smaller=smaller)
    assert any(path.is_file() for path in (tmp_path / "sent").rglob("*"))
    sent.forget([CAT.sha256, "cd" * 32])
    assert not any(path.is_file() for path in (tmp_path / "sent").rglob("*"))


def test_nothing_is_made_of_a_reference_whose_bytes_were_changed(
    sent: SentFiles, fitter: Fitter, tmp_path: Path
) -> None:
    original = tmp_path / "original.avif"
    told = original.stat()
    original.write_bytes(b"ORIGINAL")
    os.utime(original, ns=(told.st_atime_ns, told.st_mtime_ns))  # as long, and no newer to look at
    with pytest.raises(ProblemError) as caught:
        sent.form(CAT, RULES, smaller=False)
    problem = caught.value.problem
    assert (problem.kind, problem.subject) == (ProblemKind.REFERENCE_GONE, "cat.avif")
    assert fitter.calls == 0


def test_a_change_while_it_is_made_is_noticed(sent: SentFiles, fitter: Fitter, tmp_path: Path) -> None:
    fitter.meanwhile = lambda: (tmp_path / "original.avif").write_bytes(b"ORIGINAL")
    with pytest.raises(ProblemError) as caught:
        sent.form(CAT, RULES, smaller=False)
    assert caught.value.problem.kind is ProblemKind.REFERENCE_GONE
    assert not any(path.is_file() for path in (tmp_path / "sent").rglob("*"))


def test_what_was_made_and_is_damaged_is_made_again(sent: SentFiles, fitter: Fitter) -> None:
    form = sent.form(CAT, RULES, smaller=False)
    sent.path(as_sent(form)).write_bytes(b"DERIVED")
    assert sent.form(CAT, RULES, smaller=False) == form
    assert sent.path(as_sent(form)).read_bytes() == b"derived"


def test_an_original_is_read_only_when_its_file_is_another(
    sent: SentFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def counting(path: Path) -> str:
        read.append(path)
        return sha256_of(path)

    monkeypatch.setattr(sent_files, "sha256_of", counting)
    for smaller in (False, True, False, True):
        sent.form(CAT, RULES, smaller=smaller)
    assert read.count(tmp_path / "original.avif") == 1
