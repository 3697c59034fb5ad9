"""The models: what each takes, read from one table (``resources/models.toml``)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.request import GenerationRequest, OutputFormat, Size
from seedream_desktop.generation.sizes import size_is_legal

REFERENCES_AND_PICTURES = 15  # references + pictures of one request, seed document 2026-11
PROMPT_LIMIT_CJK = 300  # recommended, seed document 2026-11; a hint, never a block
PROMPT_LIMIT_LATIN = 1000
_VENDOR = re.compile(r"^(?:doubao[-/]|dola[-/]|bytedance[-/])+")
_FAMILIES = ("seedream", "seededit")


@dataclass(frozen=True, slots=True)
class PriceStep:
    """A price per picture that holds up to a number of pixels; ``None``: for any number."""

    up_to_px: int | None
    usd: float


@dataclass(frozen=True, slots=True)
class NamedSize:
    """A size of the provider's own table: ``ratio`` such as "16:9", ``resolution`` such as "2K"."""

    ratio: str
    resolution: str
    size: Size


@dataclass(frozen=True, slots=True)
class ReferenceRules:
    """What a reference must be to be taken as it is."""

    media_types: tuple[str, ...]  # "image/png"
    size_bytes: int  # at most
    pixels: int  # width x height, at most
    side_px: int  # each side, at least
    aspect: float  # the longer side over the shorter, at most


@dataclass(frozen=True, slots=True)
class Model:
    """What one model takes. Limits are the provider's; the table names source and date."""

    id: str  # as it is sent
    family: str  # key of the table, "5.0-lite"
    title: str  # a proper name, the same in every language: "Seedream 5.0 lite"
    purpose: str  # a kind: "all_round", "quality", "fast", "draft", "edit"
    presets: tuple[str, ...]
    sizes: tuple[NamedSize, ...]
    default_size: Size | None
    pixels_min: int
    pixels_max: int
    sure_pixels_min: int  # what every source grants; own pixels outside may be refused
    sure_pixels_max: int
    disputed_resolutions: tuple[str, ...]  # of ``presets`` or ``sizes``, that may be refused
    aspect_max: float  # width / height, and the same the other way round
    multiple_px: int
    references_max: int
    references_min: int
    reference_rules: ReferenceRules  # of each reference
    takes_sets: bool
    takes_seed: bool
    default_guidance: float | None  # None: does not take it
    output_formats: tuple[OutputFormat, ...]  # empty: does not take the field, delivers JPEG
    typical_s: int
    silence_s: float  # how long an answer with one picture may keep silent
    set_silence_s: float  # the same for a set
    prices: tuple[PriceStep, ...]
    price_as_of: str  # ISO date
    price_source: str  # whose list: a proper name
    reference_usd: float
    references_free: int

    def resolutions(self, ratio: str) -> tuple[str, ...]:
        """The resolutions that the table has for ``ratio``; for an empty one, the presets."""
        if not ratio:
            return self.presets
        return tuple(named.resolution for named in self.sizes if named.ratio == ratio)

    def ratios(self) -> tuple[str, ...]:
        """Every ratio of the table, in its order, each once."""
        return tuple(dict.fromkeys(named.ratio for named in self.sizes))

    def size_of(self, ratio: str, resolution: str) -> Size | None:
        """The exact size for a ratio and a resolution, the preset for an empty ratio, or None."""
        if not ratio:
            return Size(preset=resolution) if resolution in self.presets else None
        matches = (n.size for n in self.sizes if (n.ratio, n.resolution) == (ratio, resolution))
        return next(matches, None)

    def named(self, size: Size | None) -> NamedSize | None:
        """The table's entry for ``size``; a preset has an empty ratio; None: exact pixels of one's own."""
        if size is None:
            return None
        if size.is_preset:
            return NamedSize("", size.preset, size)
        return next((named for named in self.sizes if named.size == size), None)

    def images_in_set_max(self, references: int) -> int:
        """The highest ceiling of a set beside that many references; 0 where the model makes no sets."""
        return max(0, REFERENCES_AND_PICTURES - references) if self.takes_sets else 0

    def wait_s(self, request: GenerationRequest) -> float:
        """How many seconds the answer to ``request`` may keep silent before it counts as lost."""
        return self.silence_s if request.images_in_set is None else self.set_silence_s


@dataclass(frozen=True, slots=True)
class Catalog:
    """Every known model, the default first, and the rules for an unknown one."""

    models: tuple[Model, ...]
    fallback: Model
    patterns: tuple[tuple[str, str], ...]  # (pattern, family), the first that matches wins

    def model(self, model_id: str) -> Model:
        """What ``model_id`` takes; an unknown Seedream gets the conservative rules under its own id."""
        known = next((model for model in self.models if model.id == model_id), None)
        return known or _renamed(self._by_pattern(model_id), model_id)

    def _by_pattern(self, model_id: str) -> Model:
        bare = bare_id(model_id)
        for pattern, family in self.patterns:
            if re.match(pattern, bare):
                return next((model for model in self.models if model.family == family), self.fallback)
        return self.fallback


def bare_id(model_id: str) -> str:
    """An id as every vendor would spell it: ``seedream-4-5-251128`` of ``ByteDance/Seedream-4.5-251128``."""
    return _VENDOR.sub("", model_id.strip().lower().replace(".", "-").replace("_", "-"))


def is_seedream(model_id: str) -> bool:
    """Whether an id is one of a Seedream or a SeedEdit."""
    return bare_id(model_id).startswith(_FAMILIES)


def load_catalog(path: Path) -> Catalog:
    """Read the table. Raises KeyError or ValueError on a table that is not ours (a defect, not bad input)."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    sizes = table["sizes"]
    rules = {name: _rules(entry) for name, entry in table["reference_rules"].items()}
    models = tuple(_model(entry, sizes, rules) for entry in table["model"])
    patterns = tuple((p["match"], p["family"]) for p in table["pattern"])
    return Catalog(models, _model(table["fallback"], sizes, rules), patterns)


def problems(request: GenerationRequest, model: Model) -> tuple[Problem, ...]:
    """Everything that the endpoint would refuse about ``request``; empty when it can be sent."""
    found = []
    if not request.prompt.strip():
        found.append(Problem(ProblemKind.EMPTY_PROMPT))
    count = len(request.references)
    if count > model.references_max:
        kind = ProblemKind.TOO_MANY_REFERENCES if model.references_max else ProblemKind.NO_REFERENCE_TAKEN
        found.append(Problem(kind, limit=model.references_max, actual=count, subject=model.title))
    if count < model.references_min:
        found.append(Problem(ProblemKind.REFERENCE_NEEDED, subject=model.title))
    if request.images_in_set and count + request.images_in_set > REFERENCES_AND_PICTURES:
        most = REFERENCES_AND_PICTURES - count
        found.append(Problem(ProblemKind.TOO_MANY_PICTURES, limit=most, actual=request.images_in_set))
    if request.size is not None and not size_is_legal(request.size, model):
        found.append(Problem(ProblemKind.SIZE_REFUSED, subject=request.size.wire))
    return tuple(found)


def prompt_length(prompt: str) -> tuple[int, int]:
    """(characters, recommended limit) by the prompt's script: mostly Chinese counts Chinese characters."""
    chinese = sum(1 for character in prompt if "\u3400" <= character <= "\u9fff")
    if chinese * 3 >= len(prompt.replace(" ", "")) and chinese:
        return len(prompt), PROMPT_LIMIT_CJK
    return len(prompt), PROMPT_LIMIT_LATIN


def _renamed(model: Model, model_id: str) -> Model:
    return replace(model, id=model_id)


def _rules(entry: dict[str, Any]) -> ReferenceRules:
    return ReferenceRules(
        media_types=tuple(entry["media_types"]),
        size_bytes=entry["size_bytes"],
        pixels=entry["pixels"],
        side_px=entry["side_px"],
        aspect=entry["aspect"],
    )


def _model(
    entry: dict[str, Any], sizes: dict[str, dict[str, str]], rules: dict[str, ReferenceRules]
) -> Model:
    tables = ((resolution, sizes[name]) for resolution, name in entry["size_tables"].items())
    named = tuple(
        NamedSize(ratio, resolution, Size.parse(text))
        for resolution, table in tables
        for ratio, text in table.items()
    )
    steps = tuple(PriceStep(step.get("up_to_px"), step["usd"]) for step in entry["prices"])
    default, sure = entry.get("default_size"), entry.get("sure_pixels", entry["pixels"])
    return Model(
        id=entry["id"],
        family=entry["family"],
        title=entry["title"],
        purpose=entry["purpose"],
        presets=tuple(entry["presets"]),
        sizes=named,
        default_size=Size.parse(default) if default else None,
        pixels_min=entry["pixels"][0],
        pixels_max=entry["pixels"][1],
        sure_pixels_min=sure[0],
        sure_pixels_max=sure[1],
        disputed_resolutions=tuple(entry.get("disputed_resolutions", ())),
        aspect_max=entry["aspect_max"],
        multiple_px=entry["multiple_px"],
        references_min=entry["references"][0],
        references_max=entry["references"][1],
        reference_rules=rules[entry["reference_rules"]],
        takes_sets=entry["sets"],
        takes_seed=entry["seed"],
        default_guidance=entry.get("guidance"),
        output_formats=tuple(OutputFormat(name) for name in entry["output_formats"]),
        typical_s=entry["typical_s"],
        silence_s=entry["silence_s"],
        set_silence_s=entry["set_silence_s"],
        prices=steps,
        price_as_of=entry["price_as_of"],
        price_source=entry["price_source"],
        reference_usd=entry.get("reference_usd", 0.0),
        references_free=entry.get("references_free", 0),
    )
