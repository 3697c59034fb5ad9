"""What will be sent for each reference of the draft: made in the background, so that it is told before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from seedream_desktop.generation.catalog import ReferenceRules
from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.request import Reference, SentForm

if TYPE_CHECKING:
    from seedream_desktop.state.draft import Draft
    from seedream_desktop.tasks import TaskRunner

MUCH_BYTES = 10_000_000  # of all references together: gateways refuse more, and it takes long to send
_KEPT = 256  # answers, so that a way back needs no work
_NOT_HERE = (ProblemKind.LIBRARY_AWAY, ProblemKind.REFERENCE_GONE)  # the tile says that itself


class FormMaker(Protocol):
    """The cache on disk, as far as it is asked from here."""

    def form(self, reference: Reference, rules: ReferenceRules, *, smaller: bool) -> SentForm:
        """What is sent for ``reference``. Blocks. Raises ProblemError."""


@dataclass(frozen=True, slots=True)
class _Asked:
    sha256: str
    rules: ReferenceRules
    smaller: bool


class SentForms(QObject):
    """Follows the draft; nothing waits for it, and what is not known yet is estimated."""

    changed = Signal()  # something is known now, or is asked anew

    def __init__(
        self,
        draft: Draft,
        runner: TaskRunner,
        maker: Callable[[], FormMaker],
        parent: QObject | None = None,
    ) -> None:
        """Ask on ``runner``, first when the draft changes or ``ask_again`` says that the library is there."""
        super().__init__(parent)
        self._draft = draft
        self._runner = runner
        self._maker = maker
        self._known: dict[_Asked, SentForm | Problem] = {}
        self._under_way: set[_Asked] = set()
        self._again: set[_Asked] = set()  # of those under way: asked before the library was there
        self._seen: object = self._question()
        draft.recipe_changed.connect(self._on_recipe_changed)

    @property
    def is_smaller_wanted(self) -> bool:
        """Whether the designer wishes to send smaller forms."""
        return bool(self._draft.recipe.smaller_references)

    def of(self, reference: Reference) -> SentForm | Problem | None:
        """What will be sent, or why it cannot be; None: not known yet."""
        return self._answer(reference, smaller=self.is_smaller_wanted)

    def smaller(self, reference: Reference) -> SentForm | None:
        """What would be sent by the wish for smaller ones; None: not known yet, or it cannot be."""
        answer = self._answer(reference, smaller=True)
        return answer if isinstance(answer, SentForm) else None

    def total_bytes(self) -> int:
        """What travels for all references as the wish is, as base64; estimated while not all is known."""
        return self._total_bytes(smaller=self.is_smaller_wanted)

    def as_they_are_bytes(self) -> int:
        """The same without the wish for smaller ones."""
        return self._total_bytes(smaller=False)

    def smaller_bytes(self) -> int | None:
        """What would travel with the wish for smaller ones; None: not known yet."""
        forms = [self.smaller(reference) for reference in self._references]
        return self._total_bytes(smaller=True) if all(forms) else None

    def problems(self) -> tuple[Problem, ...]:
        """Why references cannot be sent to this model, each reason once, in their order."""
        answers = (self.of(reference) for reference in self._references)
        return tuple(dict.fromkeys(answer for answer in answers if isinstance(answer, Problem)))

    def ask_again(self) -> None:
        """Ask anew what could not be answered: the library is there now."""
        self._known = {asked: answer for asked, answer in self._known.items() if isinstance(answer, SentForm)}
        self._again |= self._under_way
        self._ask_missing()
        self.changed.emit()

    @property
    def _references(self) -> tuple[Reference, ...]:
        return self._draft.recipe.references or ()

    def _question(self) -> object:
        recipe = self._draft.recipe
        return recipe.model, recipe.references, recipe.smaller_references

    def _answer(self, reference: Reference, *, smaller: bool) -> SentForm | Problem | None:
        return self._known.get(self._asked(reference, smaller=smaller))

    def _asked(self, reference: Reference, *, smaller: bool) -> _Asked:
        return _Asked(reference.sha256, self._draft.model.reference_rules, smaller)

    def _total_bytes(self, *, smaller: bool) -> int:
        return sum(self._sent_bytes(reference, smaller=smaller) for reference in self._references)

    def _sent_bytes(self, reference: Reference, *, smaller: bool) -> int:
        answer = self._answer(reference, smaller=smaller)
        if isinstance(answer, SentForm):
            if reference.url and not answer.derived:
                return len(reference.url)
            size_bytes = answer.size_bytes
        else:
            size_bytes = min(reference.size_bytes, self._draft.model.reference_rules.size_bytes)
        return -(-size_bytes // 3) * 4  # base64

    def _ask_missing(self) -> None:
        is_much = self.is_smaller_wanted or self.as_they_are_bytes() > MUCH_BYTES
        for reference in self._references:
            for smaller in (False, True) if is_much else (False,):
                asked = self._asked(reference, smaller=smaller)
                if asked not in self._known and asked not in self._under_way:
                    self._ask(reference, asked)

    def _ask(self, reference: Reference, asked: _Asked) -> None:
        self._under_way.add(asked)

        def on_end(answer: SentForm | Problem) -> None:
            self._under_way.discard(asked)
            self._take(asked, answer)

        self._runner.call(
            lambda: self._maker().form(reference, asked.rules, smaller=asked.smaller), on_end, on_end
        )

    def _take(self, asked: _Asked, answer: SentForm | Problem) -> None:
        is_old, is_away = asked in self._again, isinstance(answer, Problem) and answer.kind in _NOT_HERE
        self._again.discard(asked)
        if is_away:
            if is_old:
                self._ask_missing()
            return
        while len(self._known) >= _KEPT:
            del self._known[next(iter(self._known))]
        self._known[asked] = answer
        self._ask_missing()
        self.changed.emit()

    def _on_recipe_changed(self, _recipe: object) -> None:
        question = self._question()
        if question != self._seen:
            self._seen = question
            self._ask_missing()
            self.changed.emit()
