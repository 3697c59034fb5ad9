"""The draft: the whole recipe that the designer is working on, with one undo for all that is done to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop.generation.catalog import REFERENCES_AND_PICTURES, Catalog, Model, problems
from seedream_desktop.generation.cost import Cost, estimate
from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.recipe import Recipe, may_be_many, to_request, whole, without_links
from seedream_desktop.generation.request import (
    GenerationRequest,
    OutputFormat,
    Reference,
    ResponseFormat,
    Size,
)
from seedream_desktop.generation.sizes import size_across, size_for
from seedream_desktop.settings import VARIATIONS_MAX
from seedream_desktop.state.draft_step import DraftStep, Held, drop_oldest

if TYPE_CHECKING:
    from seedream_desktop.generation.adjusting import Adjustment
    from seedream_desktop.generation.asking import Asked
    from seedream_desktop.generation.expand import Expansion
    from seedream_desktop.generation.job import Frame
    from seedream_desktop.state.typing_run import TypingRun

GUIDANCE_MIN, GUIDANCE_MAX = 1.0, 10.0  # seed document, 2026-11
SEED_MIN, SEED_MAX = -1, 2_147_483_647  # -1: random; seed document, 2026-11
_STEADY_FIELDS = frozenset({"images_in_set", "seed", "guidance_scale", "pixels"})  # one step however often
_TYPED = "prompt"
_VARIABLE = "variable "  # with its name the field of a step


class Draft(QObject):
    """Holds a whole recipe, keeps it legal for its model, and says when it changed."""

    recipe_changed = Signal(object)  # Recipe, always whole
    variations_changed = Signal(int)
    board_changed = Signal(str)
    references_refused = Signal(object)  # tuple[Problem, ...]: those that had no room
    adjusted = Signal(object)  # tuple[Adjustment, ...]: ``adjustments`` are others now

    def __init__(
        self,
        catalog: Catalog,
        recipe: Recipe,
        variations: int = 1,
        board_id: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._recipe = whole(recipe, catalog)
        self._variations = min(max(1, variations), VARIATIONS_MAX)
        self._board_id = board_id
        self._is_edit = False
        self.is_exchanging = False  # what is told just now is about another draft, not a wish
        self._adjustments: tuple[Adjustment, ...] = ()
        self._listed: Callable[[str], str] = str
        self._expanded: tuple[Recipe, Expansion] | None = None
        self.frame: Frame | None = None  # what the next press is made for
        self._undo: list[DraftStep] = []
        self._redo: list[DraftStep] = []
        self._run: TypingRun | None = None  # what is typed now, while it may go on

    @property
    def recipe(self) -> Recipe:
        """The recipe as it stands."""
        return self._recipe

    @property
    def variations(self) -> int:
        """How many independent requests one press makes."""
        return self._variations

    @property
    def board_id(self) -> str:
        """The board that results go to; empty for the Inbox."""
        return self._board_id

    @property
    def model(self) -> Model:
        """What the chosen model takes, under the id that the provider lists it by."""
        return self._catalog.model(self._listed(self._recipe.model or ""))

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """What the last change altered because the model does not take it; empty after the next one."""
        return self._adjustments

    @property
    def is_edit(self) -> bool:
        """Whether it began as an edit of image 1."""
        return self._is_edit

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to go back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to go forth."""
        return bool(self._redo)

    def request(self) -> GenerationRequest:
        """The request that would be sent, the first of them where the prompt stands for many."""
        if not may_be_many(self._recipe):
            return to_request(self._recipe, self.model)
        from seedream_desktop.generation.asking import first_of  # late: a plain prompt does without

        return to_request(first_of(self._recipe, self.expansion()), self.model)

    def expansion(self) -> Expansion:
        """What the prompt stands for."""
        from seedream_desktop.generation.asking import expansion_of  # late: as above

        if self._expanded is None or self._expanded[0] != self._recipe:
            self._expanded = self._recipe, expansion_of(self._recipe)
        return self._expanded[1]

    def asked(self) -> tuple[Asked, ...]:
        """Every request that a press would make; () where a problem of the prompt stands in the way."""
        from seedream_desktop.generation.asking import asked_of  # late: not before a press

        return asked_of(self._recipe, self.model, self._variations)

    def requests_count(self) -> int:
        """How many requests a press would make; 0 where a problem of the prompt stands in the way."""
        if not may_be_many(self._recipe):
            return self._variations
        return 0 if self._prompt_problem() is not None else self._variations * self.expansion().count

    def problems(self) -> tuple[Problem, ...]:
        """Everything that the endpoint would refuse, and why no request can be made."""
        found, own = problems(self.request(), self.model), self._prompt_problem()
        return found if own is None else (own, *(one for one in found if one.kind is not own.kind))

    def cost(self) -> Cost | None:
        """What the whole press may cost, or None where no price is known, or nothing would be asked for."""
        each, count = estimate(self.request(), self.model), self.requests_count()
        return each.times(count) if each and count else None

    def references_room(self) -> int:
        """How many more references the model takes; never below 0."""
        return max(0, self.model.references_max - len(self._references))

    def images_in_set_max(self) -> int:
        """The highest ceiling of a set beside the references, 1 at least."""
        return max(1, REFERENCES_AND_PICTURES - len(self._references))

    def spell_models(self, listed: Callable[[str], str]) -> None:
        """From now on call models as ``listed`` spells their ids."""
        self._listed = listed

    def set_prompt(self, text: str) -> None:
        """Take what was typed; letters that were typed in one go are one step."""
        if text == self._recipe.prompt:
            return
        from seedream_desktop.state.typing_run import typed_on  # late: nobody types before the first paint

        self._run, goes_on = typed_on(self._run, self._recipe.prompt or "", text)
        self._remember(_TYPED, goes_on=goes_on)
        self._store(replace(self._recipe, prompt=text))

    def set_variable(self, name: str, values: str) -> None:
        """What stands in the place of a variable of the prompt: one value, or several parted by ``|``."""
        known = dict(self._recipe.variables or ()) | {name: values}
        self._change(f"{_VARIABLE}{name}", replace(self._recipe, variables=tuple(known.items())))

    def set_by_line(self, is_on: bool) -> None:
        """Take each line of the prompt as one of its own, or all as one."""
        self._change("by_line", replace(self._recipe, by_line=is_on))

    def set_model(self, model_id: str) -> None:
        """Choose a model; the size becomes the nearest that it takes, the rest is kept for the way back."""
        if model_id != self._recipe.model:
            from seedream_desktop.generation.adjusting import adjustments, parts_taken  # late: as below

            old, new = self.model, self._catalog.model(model_id)

            got = replace(self._recipe, model=model_id, size=size_across(self._recipe.size, old, new))
            self._change("model", got, adjustments(self._recipe, got, new, parts_taken(old)))

    def set_size(self, size: Size) -> None:
        """Ask for a size, legal or not (``problems`` says so)."""
        own = self.model.named(size) is None and self.model.named(self._recipe.size) is None
        self._change("pixels" if own else "size", replace(self._recipe, size=size))

    def set_watermark(self, is_on: bool) -> None:
        """Ask for the mark in the corner, or not."""
        self._change("watermark", replace(self._recipe, watermark=is_on))

    def set_set(self, is_set: bool) -> None:
        """Ask for a set of pictures in one request."""
        self._change("set", replace(self._recipe, is_set=is_set))

    def set_images_in_set(self, count: int) -> None:
        """The ceiling of a set; at most what the references leave of fifteen."""
        self._change("images_in_set", replace(self._recipe, images_in_set=max(1, count)))

    def set_output_format(self, output_format: OutputFormat) -> None:
        """Ask for a picture format."""
        self._change("output_format", replace(self._recipe, output_format=output_format))

    def set_response_format(self, response_format: ResponseFormat) -> None:
        """How the pictures come back."""
        self._change("response_format", replace(self._recipe, response_format=response_format))

    def set_smaller_references(self, is_on: bool) -> None:
        """Send the references reduced, or as the model takes them."""
        self._change("smaller_references", replace(self._recipe, smaller_references=is_on))

    def set_seed(self, seed: int | None) -> None:
        """A seed from -1 to 2147483647; None or -1: random."""
        kept = None if seed is None or seed <= SEED_MIN else min(seed, SEED_MAX)
        self._change("seed", replace(self._recipe, seed=kept))

    def set_guidance_scale(self, scale: float | None) -> None:
        """How closely to follow the prompt, 1.0 to 10.0; None: the model's own."""
        kept = None if scale is None else min(max(scale, GUIDANCE_MIN), GUIDANCE_MAX)
        self._change("guidance_scale", replace(self._recipe, guidance_scale=kept))

    def set_variations(self, count: int) -> None:
        """How many independent requests one press makes, 1 to 100."""
        count = min(max(1, count), VARIATIONS_MAX)
        if count != self._variations:
            self._variations = count
            self.variations_changed.emit(count)

    def set_board(self, board_id: str) -> None:
        """Where results go."""
        if board_id != self._board_id:
            self._board_id = board_id
            self.board_changed.emit(board_id)

    def add_references(self, references: tuple[Reference, ...]) -> int:
        """Append what there is room for and say what there was none for; how many were taken."""
        return self.insert_references(len(self._references), references)

    def insert_references(self, index: int, references: tuple[Reference, ...]) -> int:
        """The same before the one at ``index``; the words of the prompt follow."""
        room, held = self.references_room(), self._references
        taken, refused = references[:room], references[room:]
        if taken:
            from seedream_desktop.generation.mentions import after_insertion  # late: no start needs it

            new = after_insertion(len(held), index, len(taken))
            self._renumber((*held[:index], *taken, *held[index:]), new)
        if refused:
            self.references_refused.emit(tuple(self._no_room(reference) for reference in refused))
        return len(taken)

    def remove_reference(self, index: int) -> None:
        """Take the reference at ``index`` out of the tray."""
        from seedream_desktop.generation.mentions import after_removal  # late: as above

        kept = self._references[:index] + self._references[index + 1 :]
        self._renumber(kept, after_removal(len(self._references), index))

    def replace_reference(self, index: int, reference: Reference) -> None:
        """Put ``reference`` in the place of another: it keeps the number, and the prompt its words."""
        self._renumber((*self._references[:index], reference, *self._references[index + 1 :]), {})

    def move_reference(self, index: int, to: int) -> None:
        """Move the reference at ``index`` so that it lies at ``to``."""
        from seedream_desktop.generation.mentions import after_move  # late: as above

        moved = list(self._references)
        moved.insert(to, moved.pop(index))
        self._renumber(tuple(moved), after_move(len(moved), index, to))

    def apply(self, recipe: Recipe) -> None:
        """Put in place every part that ``recipe`` holds, as one step.

        Links of its references are left out: records keep them without what made them work.
        """
        from seedream_desktop.generation.adjusting import adjustments, parts_held  # late: no start needs it

        merged = without_links(recipe).applied_to(self._recipe)
        if recipe.prompt is not None and recipe.by_line is None:
            merged = replace(merged, by_line=False)  # a prompt says how it is read, or it is one
        model = self._catalog.model(merged.model or "")
        got = replace(merged, size=size_for(merged.size, model))
        self._change("", got, adjustments(merged, got, model, parts_held(recipe)))

    def reset(self, defaults: Recipe) -> None:
        """Every parameter as in a new draft of a board with such defaults; words, references, model stay."""
        own = self._recipe
        kept = Recipe(own.prompt, own.references, own.model, variables=own.variables, by_line=own.by_line)
        got = whole(kept.applied_to(defaults), self._catalog)
        self._change("reset", replace(got, size=size_for(got.size, self.model)))

    def edit_from(self, reference: Reference) -> None:
        """Begin an edit: it is image 1, the size follows it, the prompt is empty, model and board stay."""
        size = size_for(Size(width_px=reference.width_px, height_px=reference.height_px), self.model)
        once = replace(self._recipe, is_set=False, by_line=False)
        edited = replace(once, prompt="", references=(reference,), size=size)
        self._remember("")
        self._is_edit = True
        self._store(edited)
        self._tell(())

    def undo(self) -> None:
        """Go one step back."""
        if self._undo:
            self._go(self._undo.pop(), self._redo)

    def redo(self) -> None:
        """Go one step forth."""
        if self._redo:
            self._go(self._redo.pop(), self._undo)

    def exchange(self, other: Held) -> Held:
        """Hold ``other``, with its steps; gives what was held."""
        held = (self._recipe, self._variations, self._board_id, self._is_edit, self._undo, self._redo)
        self.is_exchanging = True
        self._run = None
        recipe, variations, board_id, self._is_edit, self._undo, self._redo = other
        self.set_variations(variations)
        self.set_board(board_id)
        self._store(whole(recipe, self._catalog))
        self._tell(())
        self.is_exchanging = False
        return held

    def forget(self) -> None:
        """Empty prompt and references, and every step that could bring them back."""
        self._undo.clear()
        self._redo.clear()
        self._is_edit = False
        self._store(replace(self._recipe, prompt="", references=()))
        self._tell(())

    @property
    def _references(self) -> tuple[Reference, ...]:
        return self._recipe.references or ()

    def _prompt_problem(self) -> Problem | None:
        if not may_be_many(self._recipe):
            return None
        from seedream_desktop.generation.asking import expansion_problem  # late: a plain prompt does without

        return expansion_problem(self.expansion(), self._variations)

    def _no_room(self, reference: Reference) -> Problem:
        most = self.model.references_max
        kind = ProblemKind.TOO_MANY_REFERENCES if most else ProblemKind.NO_REFERENCE_TAKEN
        return Problem(kind, subject=reference.name or self.model.title, limit=most)

    def _change(self, field: str, recipe: Recipe, told: tuple[Adjustment, ...] = ()) -> None:
        recipe = self._limited(recipe)
        if is_other := recipe != self._recipe:
            self._remember(field)
            self._is_edit = self._is_edit and bool(field) and bool(recipe.references)
            self._store(recipe)
        if is_other or told:
            self._tell(told)

    def _renumber(self, references: tuple[Reference, ...], new: dict[int, int]) -> None:
        """Change the references; where words speak of one they go on meaning it, in the same step."""
        from seedream_desktop.generation.mentions import renumbered  # late: as above

        recipe = self._recipe
        prompt = renumbered(recipe.prompt or "", new)
        values = tuple((name, renumbered(one, new)) for name, one in recipe.variables or ())
        self._change("references", replace(recipe, references=references, prompt=prompt, variables=values))

    def _limited(self, recipe: Recipe) -> Recipe:
        most = max(1, REFERENCES_AND_PICTURES - len(recipe.references or ()))
        return replace(recipe, images_in_set=most) if (recipe.images_in_set or 1) > most else recipe

    def _remember(self, field: str, *, goes_on: bool = False) -> None:
        self._redo.clear()
        goes_on = goes_on or field in _STEADY_FIELDS or field.startswith(_VARIABLE)
        if not (goes_on and self._undo and self._undo[-1].field == field):
            self._undo.append(DraftStep(self._recipe, self._is_edit, field))
            drop_oldest(self._undo)

    def _go(self, step: DraftStep, back: list[DraftStep]) -> None:
        back.append(DraftStep(self._recipe, self._is_edit, step.field))
        self._run = None
        self._is_edit = step.is_edit
        self._store(step.recipe)
        self._tell(())

    def _store(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self.recipe_changed.emit(recipe)

    def _tell(self, told: tuple[Adjustment, ...]) -> None:
        if told != self._adjustments:
            self._adjustments = told
            self.adjusted.emit(told)
