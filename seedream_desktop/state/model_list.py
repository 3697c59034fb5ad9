"""The models that the provider lists for a key, asked for in the background and remembered for offline."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.offer import offer_of

if TYPE_CHECKING:
    from seedream_desktop.api.client import Client
    from seedream_desktop.credentials import KeyState
    from seedream_desktop.generation.catalog import Catalog
    from seedream_desktop.generation.job import Job
    from seedream_desktop.tasks import Task, TaskRunner


class ModelList(QObject):
    """Holds the last list and what it offers. GUI thread only."""

    changed = Signal(object)  # Offer

    def __init__(
        self, catalog: Catalog, listed: tuple[str, ...], client: Callable[[], Client], runner: TaskRunner
    ) -> None:
        """Start with the ``listed`` ids of the run before; ``client`` is called on a pool thread."""
        super().__init__()
        self._catalog = catalog
        self._client = client
        self._runner = runner
        self._asking: Task | None = None
        self.offer = offer_of(catalog, listed)

    def spelled(self, model_id: str) -> str:
        """The id under which the provider lists a model."""
        return self.offer.spelled(model_id)

    def refresh(self) -> None:
        """Ask for the list; where no answer can be had the last one stays."""
        if self._asking is not None:
            self._asking.cancel()  # it may be about another key
        self._asking = self._runner.start(self._ask, self._take, lambda _: None)

    def follow_key(self, state: KeyState) -> None:
        """Another key has another list; without one nothing is known."""
        if state.has_key:
            self.refresh()
        else:
            self._take(())

    def follow_job(self, job: Job) -> None:
        """The list is old where a job's model is not found any more."""
        if job.state.is_over and _is_about_the_model(job.problem):
            self.refresh()

    async def _ask(self) -> AsyncIterator[tuple[str, ...]]:
        yield await self._client().models()

    def _take(self, listed: tuple[str, ...]) -> None:
        offer = offer_of(self._catalog, listed)
        if offer != self.offer:
            self.offer = offer
            self.changed.emit(offer)


def _is_about_the_model(problem: Problem | None) -> bool:
    return problem is not None and problem.kind is ProblemKind.MODEL_NOT_FOUND
