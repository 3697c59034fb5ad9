"""Which models there are to choose from: the table's, measured against the list of what a key may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seedream_desktop.generation.catalog import bare_id, is_seedream

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog, Model


@dataclass(frozen=True, slots=True)
class Offer:
    """The models to choose from, under the ids that the provider lists, and those that a key may not use."""

    offered: tuple[Model, ...]
    folded: tuple[Model, ...] = ()
    listed: tuple[str, ...] = ()  # the list's Seedream ids; empty: no list is known, nothing is folded

    def spelled(self, model_id: str) -> str:
        """The id under which the provider lists the same model, or ``model_id`` itself."""
        if model_id in self.listed:
            return model_id
        bare = bare_id(model_id)
        return next((one for one in self.listed if bare_id(one) == bare), model_id)

    def holds(self, model_id: str) -> bool:
        """Whether the key may use the model, as far as is known."""
        return not self.listed or self.spelled(model_id) in self.listed


def offer_of(catalog: Catalog, listed: tuple[str, ...]) -> Offer:
    """What to offer to a key that may use the models ``listed``; () where that is not known.

    A list without any Seedream counts as none: gateways exist that list only what can chat.
    """
    drawing = _one_of_each(tuple(one for one in listed if is_seedream(one)), catalog)
    if not drawing:
        return Offer(catalog.models)
    offered: list[Model] = []
    folded: list[Model] = []
    for model in catalog.models:
        found = _listed_as(model, drawing, catalog)
        if found:
            offered.append(catalog.model(found))
        else:
            folded.append(model)
    taken = {model.id for model in offered}
    others = (catalog.model(one) for one in drawing if one not in taken)
    return Offer((*offered, *others), tuple(folded), drawing)


def _one_of_each(drawing: tuple[str, ...], catalog: Catalog) -> tuple[str, ...]:
    """Each model once, where a list spells it in several ways: as the table does, if it can be."""
    own = {model.id for model in catalog.models}
    by_bare: dict[str, str] = {}
    for one in drawing:
        if bare_id(one) not in by_bare or one in own:
            by_bare[bare_id(one)] = one
    return tuple(by_bare.values())


def _listed_as(model: Model, drawing: tuple[str, ...], catalog: Catalog) -> str:
    """The listed id that is ``model``, else the newest of its family; empty where there is none."""
    bare = bare_id(model.id)
    same = [one for one in drawing if bare_id(one) == bare]
    family = [one for one in drawing if catalog.model(one).family == model.family]
    return same[0] if same else max(family, key=bare_id, default="")
