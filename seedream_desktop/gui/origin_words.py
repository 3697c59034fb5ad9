"""What the details say about a picture, line by line, and which parts of its recipe can be used again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.cost import share_usd
from seedream_desktop.generation.errors import Billed
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.sizes import is_as_asked
from seedream_desktop.gui import words
from seedream_desktop.gui.dates import when

if TYPE_CHECKING:
    from seedream_desktop.generation.catalog import Catalog
    from seedream_desktop.generation.request import GenerationRequest
    from seedream_desktop.library.record import Made, Record
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.origins import Origin

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what it is about, what it says, and a note in amber where something is not as asked."""

    label: str
    value: str
    note: str = ""
    copy_words: str = ""  # what a button that copies is called; empty: there is none
    copied: str = ""  # what it copies, where that is more than the value


@dataclass(frozen=True, slots=True)
class UsableParts:
    """Recipes that hold one part each; None where the picture has no such part."""

    prompt: Recipe | None = None
    references: Recipe | None = None
    size: Recipe | None = None
    all: Recipe | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to use: the picture was made elsewhere."""
        return self == UsableParts()


def usable_parts(record: Record) -> UsableParts:
    """What of ``record`` can be used again: the recipe as chosen, or else the request as it was sent."""
    whole = record.made.recipe
    if record.made.request is not None:
        whole = whole.applied_to(_recipe_of(record.made.request))
    if whole == Recipe():
        return UsableParts()
    return UsableParts(
        prompt=Recipe(prompt=whole.prompt) if whole.prompt else None,
        references=Recipe(references=whole.references) if whole.references else None,
        size=Recipe(size=whole.size) if whole.size else None,
        all=whole,
    )


def facts_of(origin: Origin, catalog: Catalog) -> tuple[Fact, ...]:
    """Every line about one picture, in the order in which they are shown."""
    made, request = origin.record.made, origin.record.made.request
    facts = [*_asked(made, request, catalog)] if request is not None else []
    facts.append(_delivered(origin.picture, made))
    facts += _press(made)
    if request is not None:
        facts += _settings(request)
        facts += _cost(made, catalog)
    facts.append(Fact(translate("details", "Made"), _made(made)))
    facts.append(Fact(translate("details", "Board"), board_name(origin.picture)))
    copy_path = translate("details", "Copy the file's path")
    path = origin.picture.path
    facts.append(
        Fact(translate("details", "Folder"), str(path.parent), copy_words=copy_path, copied=str(path))
    )
    if made.answer.request_id:
        copy_id = translate("details", "Copy the request id")
        facts.append(Fact(translate("details", "Request"), made.answer.request_id, copy_words=copy_id))
    return tuple(facts)


def shared_facts(pictures: tuple[Picture, ...], catalog: Catalog) -> tuple[Fact, ...]:
    """What several pictures have in common, and how large they are together."""
    shared = (
        (translate("details", "Model"), {model_name(one.model, catalog) for one in pictures}),
        (translate("details", "Size"), {words.pixels(one.width_px, one.height_px) for one in pictures}),
        (translate("details", "Format"), {media_name(one.media_type) for one in pictures}),
        (translate("details", "Board"), {board_name(one) for one in pictures}),
    )
    same = [Fact(label, next(iter(values))) for label, values in shared if len(values) == 1 and all(values)]
    total = words.size_in_mb(sum(one.size_bytes for one in pictures))
    return (*same, Fact(translate("details", "Together"), total))


def shared_prompt(pictures: tuple[Picture, ...]) -> str:
    """The prompt of all of them, empty where they differ."""
    prompts = {one.prompt for one in pictures}
    return prompts.pop() if len(prompts) == 1 else ""


def board_name(picture: Picture) -> str:
    """The board that holds it: the folder's name; empty for a picture in the trash."""
    if picture.trash_id:
        return ""
    name = PurePosixPath(picture.id).parent.name
    return translate("PlacesModel", "Inbox") if name == "Inbox" else name


def media_name(media_type: str) -> str:
    """``JPEG`` for ``image/jpeg``."""
    return media_type.rpartition("/")[2].upper()


def _recipe_of(request: GenerationRequest) -> Recipe:
    return Recipe(
        prompt=request.prompt,
        references=request.references,
        model=request.model,
        size=request.size,
        watermark=request.watermark,
        is_set=request.images_in_set is not None,
        images_in_set=request.images_in_set,
        output_format=request.output_format,
        response_format=request.response_format,
        guidance_scale=request.guidance_scale,
        seed=request.seed,
    )


def _asked(made: Made, request: GenerationRequest, catalog: Catalog) -> Iterator[Fact]:
    yield Fact(translate("details", "Model"), model_name(request.model, catalog), _other_model(made, request))
    parts = []
    if request.size is not None:
        size = request.size
        parts.append(
            words.resolution(size.preset) if size.is_preset else words.pixels(size.width_px, size.height_px)
        )
    if request.output_format is not None:
        parts.append(words.output_format(request.output_format))
    if request.images_in_set is not None:
        text = translate("details", "a set of up to {count}")
        parts.append(text.format(count=request.images_in_set))
    if parts:
        yield Fact(translate("details", "Asked for"), _listed(parts))


def _delivered(picture: Picture, made: Made) -> Fact:
    name = media_name(made.media_type)
    parts = [words.pixels(picture.width_px, picture.height_px)] if picture.width_px else []
    parts += [name, words.size_in_mb(picture.size_bytes)]
    request = made.request
    label = translate("details", "Delivered") if request is not None else translate("details", "Size")
    return Fact(label, _listed(parts), _differences(picture, made, request, name))


def _differences(picture: Picture, made: Made, request: GenerationRequest | None, name: str) -> str:
    size = request.size if request is not None else None
    asked_format = request.output_format if request is not None else None
    notes = []
    if not is_as_asked(size, picture.width_px, picture.height_px):
        notes.append(translate("details", "not the size that was asked for"))
    if asked_format is not None and words.output_format(asked_format) != name:
        notes.append(translate("details", "not the format that was asked for"))
    if request is not None and request.images_in_set and made.set_count < request.images_in_set:
        text = translate("details", "{count} of up to {most} pictures came")
        notes.append(text.format(count=made.set_count, most=request.images_in_set))
    if made.edited_from:
        notes.append(translate("details", "changed by another program since"))
    return _listed(notes)


def _press(made: Made) -> Iterator[Fact]:
    text = translate("details", "{number} of {count}")
    if made.press_count > 1:
        value = text.format(number=made.press_index + 1, count=made.press_count)
        yield Fact(translate("details", "Press"), value)
    if made.set_count > 1:
        value = text.format(number=made.set_index + 1, count=made.set_count)
        yield Fact(translate("details", "Set"), value)


def _settings(request: GenerationRequest) -> Iterator[Fact]:
    is_on = translate("details", "on") if request.watermark else translate("details", "off")
    yield Fact(translate("details", "Watermark"), is_on)
    if request.guidance_scale is not None:
        yield Fact(translate("details", "Guidance scale"), f"{request.guidance_scale:g}")
    if request.seed is not None:
        yield Fact(translate("details", "Seed"), str(request.seed))


def _cost(made: Made, catalog: Catalog) -> Iterator[Fact]:
    """What this picture cost, and whose price of when that is."""
    yield Fact(translate("details", "Cost"), _cost_words(made))
    if made.billed is not Billed.NO and made.price_usd is not None and made.price_as_of:
        yield Fact(translate("details", "Price list"), _price_list(made, catalog))


def _cost_words(made: Made) -> str:
    if made.billed is Billed.NO:
        return translate("details", "not billed")
    count = made.answer.generated_images or made.set_count
    usd = share_usd(made.price_usd, made.surcharge_usd, count)
    if usd is None:
        price = translate("words", "price not known")
        if made.billed is Billed.MAYBE:
            return translate("details", "may have been billed, {price}").format(price=price)
        return translate("details", "billed, {price}").format(price=price)
    parts = [words.money(usd)]
    if made.billed is Billed.MAYBE:
        parts.append(translate("details", "may have been billed"))
    elif count == 1:
        parts.append(translate("details", "billed"))
    else:
        text = translate("details", "{money} billed for {count} pictures")
        parts.append(text.format(money=words.money(usd * count), count=count))
    if made.surcharge_usd:
        parts.append(translate("details", "references included"))
    return _listed(parts)


def _price_list(made: Made, catalog: Catalog) -> str:
    """``BytePlus, 2026-11-22``; only the date where the prices are others now."""
    model = catalog.model(made.request.model if made.request is not None else "")
    is_same = model.price_as_of == made.price_as_of
    return _listed(filter(None, (model.price_source if is_same else "", made.price_as_of)))


def _made(made: Made) -> str:
    if not made.took_ms:
        return when(made.made_ms)
    text = translate("details", "{when}, in {duration}")
    return text.format(when=when(made.made_ms), duration=words.seconds(made.took_ms / 1000))


def _other_model(made: Made, request: GenerationRequest) -> str:
    """Answers name the model with or without the date of its version."""
    said, asked = made.answer.model, request.model
    if not said or said.startswith(asked) or asked.startswith(said):
        return ""
    return translate("details", "the answer names {model}").format(model=said)


def model_name(model_id: str, catalog: Catalog) -> str:
    """What a model is called; empty where none is named."""
    return words.model_name(catalog.model(model_id)) if model_id else ""


def _listed(parts: Iterable[str]) -> str:
    return translate("details", ", ", "between the parts of a line").join(parts)
