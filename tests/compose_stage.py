"""What the tests of composing share: the real table of models, references, a draft, a dressed application."""

import hashlib
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from seedream_desktop.files import resource_path
from seedream_desktop.generation.catalog import Catalog, ReferenceRules, load_catalog
from seedream_desktop.generation.errors import Problem, ProblemError
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import Reference, SentForm
from seedream_desktop.state.draft import Draft
from seedream_desktop.state.sent_forms import SentForms
from seedream_desktop.tasks import TaskRunner

Part = TypeVar("Part", bound=QWidget)
LITE = "doubao-seedream-5-0-260128"
PRO = "seedream-5-0-pro-260628"
V3 = "doubao-seedream-3-0-t2i-250415"
EDIT = "doubao-seededit-3-0-i2i-250628"


def catalog() -> Catalog:
    return load_catalog(resource_path("models.toml"))


def a_reference(number: int = 1, width_px: int = 1024, height_px: int = 768) -> Reference:
    sha256 = hashlib.sha256(str(number).encode()).hexdigest()
    return Reference(sha256, "image/png", width_px, height_px, 700_000, f"cat {number}.png")


def references(count: int) -> tuple[Reference, ...]:
    return tuple(a_reference(number) for number in range(1, count + 1))


def a_draft(**parts: object) -> Draft:
    return Draft(catalog(), Recipe(**parts))  # type: ignore[arg-type]


def a_drop(mime: QMimeData, at: tuple[int, int] = (5, 5)) -> QDropEvent:
    """A drop of ``mime``, which the caller keeps alive."""
    action = Qt.DropAction.CopyAction
    return QDropEvent(QPointF(*at), action, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


def an_entering_drag(mime: QMimeData, at: QPoint) -> QDragEnterEvent:
    """``mime``, which the caller keeps alive, dragged in at ``at``."""
    action = Qt.DropAction.CopyAction
    return QDragEnterEvent(at, action, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


def part(of: QWidget, kind: type[Part]) -> Part:
    """The one child of that kind."""
    found = of.findChildren(kind)
    assert len(found) == 1
    return found[0]


class Maker:
    """Says what is sent without making it: what was laid into it, else the reference itself."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, bool], SentForm | Problem] = {}  # by SHA-256 and wish

    def form(self, reference: Reference, rules: ReferenceRules, *, smaller: bool) -> SentForm:
        answer = self.answers.get((reference.sha256, smaller)) or untouched(reference)
        if isinstance(answer, Problem):
            raise ProblemError(answer)
        return answer


def untouched(reference: Reference) -> SentForm:
    size = reference.width_px, reference.height_px, reference.size_bytes
    return SentForm(reference.sha256, reference.media_type, *size)


def forms_of(draft: Draft, runner: TaskRunner, maker: Maker | None = None) -> SentForms:
    kept = maker or Maker()
    return SentForms(draft, runner, lambda: kept)


def nowhere(_reference: Reference) -> Path:
    return Path("nowhere")
