"""The record that lies beside every picture: what made it, written once, and what was said about it.

``<board>/.seedream/<file name>.json``, UTF-8, one JSON object (format 1). Scripts may rely on it; keys that
are not listed belong to newer versions and are kept. What is left out is empty, null or 0; counts are then 1,
and ``billed`` is "no".

format                      1
adopted                     true: the file lay here without a record, which was made up from its bytes;
                            gives way to one that was written when the picture was made
made                        what the picture is and what made it
├── sha256 size_bytes media_type width_px height_px      of the picture's file
├── number                  the number in its file name, rising through the library
├── made_ms took_ms         UTC milliseconds of its arrival, and how long the answer took
├── pressed_ms              UTC milliseconds of the press of Generate: what a list is ordered by; 0: not known
├── request                 as it was sent; null: made elsewhere
│   ├── model prompt watermark response_format
│   ├── size                {"preset": "2K"} or {"width_px": 2848, "height_px": 1600}
│   ├── references          [{sha256, media_type, width_px, height_px, size_bytes, name, url (scheme, host
│   │                        and path only)}]
│   └── guidance_scale seed images_in_set output_format
├── recipe                  what the designer had chosen, to be used again
├── answer                  {model, created, generated_images, output_tokens, total_tokens, request_id,
│                            size_said, link (scheme, host and path only), extra_json}
├── job_id press_id press_index press_count set_index set_count
├── choices                 [what was chosen for each place where the prompt of the press had a choice]
├── frame                   {press_id, press_index, places: [set_index of each picture of the answer],
│                            pressed_ms, sha256}: the place in an earlier press that it takes, where it then
│                            stands instead of its own; sha256 of the picture that stood there; "": none came
├── made_from               [SHA-256 of the library's pictures that were references]
├── sent_references         [{sha256, sent_sha256, derived}]: what was sent for a reference, and how it was
│                            derived from it: words in a row, first_frame flattened turned colours depth
│                            converted reduced compressed cleaned ("": the same bytes)
├── price_usd price_as_of billed       per picture, as estimated; the date of the price; yes, no or maybe
├── surcharge_usd           for the references, once a request: the pictures of an answer share it
└── edited_from             SHA-256 before another program changed the file
marks                       each {"value": ..., "at": UTC milliseconds, "by": machine id}
├── rating rejected title note         0 to 5, true or false, text, text
└── tags                    {"<tag>": {"value": true or false, "at": ..., "by": ...}}
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self, TypeVar

from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.generation.errors import Billed
from seedream_desktop.generation.job import Frame
from seedream_desktop.generation.links import bare_link, with_bare_links
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import GenerationRequest
from seedream_desktop.library.documents import document_of
from seedream_desktop.library.marks import (
    Document,
    Marks,
    canonical,
    json_object,
    marks_of,
    merged_marks,
    richest,
    stamped,
    written,
)

FORMAT = 1
_ADOPTED = "adopted"
_Asked = TypeVar("_Asked", GenerationRequest, Recipe)
_TEXT_LIMIT = 2000  # characters; a longer text in unknown keys of an answer may be a picture in base64


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What the endpoint said of a picture and the request it belongs to."""

    model: str = ""
    created: int | None = None  # Unix seconds, by the server's clock
    generated_images: int | None = None
    output_tokens: int | None = None
    total_tokens: int | None = None
    request_id: str = ""
    size_said: str = ""
    link: str = ""  # kept without its query
    extra_json: str = ""  # unknown keys of the answer, kept without links' queries and long texts


@dataclass(frozen=True, slots=True)
class SentReference:
    """A reference as it was sent."""

    sha256: str
    sent_sha256: str = ""  # of the bytes that were sent; empty: the same
    derived: str = ""  # how they were derived from the reference; empty: not at all


@dataclass(frozen=True, slots=True)
class Made:
    """What a picture is and what made it. Written once."""

    sha256: str
    size_bytes: int
    media_type: str
    width_px: int
    height_px: int
    made_ms: int
    took_ms: int = 0
    pressed_ms: int = 0
    number: int = 0  # given by the library
    request: GenerationRequest | None = None  # None: made elsewhere
    recipe: Recipe = field(default_factory=Recipe)
    answer: AnswerFacts = AnswerFacts()
    job_id: str = ""
    press_id: str = ""
    press_index: int = 0
    press_count: int = 1
    set_index: int = 0
    set_count: int = 1
    choices: tuple[str, ...] = ()
    frame: Frame | None = None  # whose place it takes
    made_from: tuple[str, ...] = ()
    sent_references: tuple[SentReference, ...] = ()
    price_usd: float | None = None
    price_as_of: str = ""
    surcharge_usd: float = 0.0
    billed: Billed = Billed.NO
    edited_from: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A picture's record as far as this version knows its keys."""

    made: Made
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A record's file: the whole JSON object, and what this version understands of it."""

    document: Document
    record: Record

    @classmethod
    def of(cls, made: Made) -> Self:
        """A new one, without marks, credentials and pictures in base64."""
        document = {"format": FORMAT, "made": _made_document(made), "marks": {}}
        return cls(document, Record(made))

    @classmethod
    def read(cls, content: bytes) -> Self:
        """What the file's bytes say. Raises ValueError when they are no record."""
        return cls.understood(document_of(content))

    @classmethod
    def understood(cls, document: Any) -> Self:
        """What the JSON object says. Raises ValueError when it is no record."""
        if not isinstance(document, dict):
            raise ValueError("not an object")  # noqa: TRY004
        made = decode(Made, document.get("made"))
        return cls(document, Record(made, marks_of(document.get("marks"))))

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        return written(self.document)

    @property
    def is_adopted(self) -> bool:
        """Whether it was made up from the picture's bytes."""
        return self.document.get(_ADOPTED) is True

    def marked(self, values: dict[str, Any], tags: dict[str, bool], now_ms: int, machine_id: str) -> Self:
        """With marks given now; everything else stays, keys of newer versions too."""
        marks = stamped(json_object(self.document.get("marks")), values, now_ms, machine_id)
        if tags:
            marks["tags"] = stamped(json_object(marks.get("tags")), tags, now_ms, machine_id)
        return replace(
            self,
            document={**self.document, "marks": marks},
            record=replace(self.record, marks=marks_of(marks)),
        )

    def remade(self, made: Made) -> Self:
        """About other bytes, or with more known about them; the marks stay."""
        kept = {name: value for name, value in self.document.items() if name != _ADOPTED}
        document = {**kept, "made": _made_document(made)}
        return replace(self, document=document, record=replace(self.record, made=made))

    def adopted(self) -> Self:
        """For a picture that had no record: what is brought later with more known replaces it."""
        return replace(self, document={**self.document, _ADOPTED: True})


def merge(copies: Sequence[RecordFile]) -> RecordFile:
    """Copies of one record as one: marks value by value, the later one wins. Their order does not matter.

    ``made`` is taken whole from one of them, rather from one that is not adopted.
    """
    documents = [copy.document for copy in copies]
    names = {name for document in documents for name in document} - {_ADOPTED}
    merged = {name: richest(document.get(name) for document in documents) for name in names}
    best = max(documents, key=_made_standing)
    merged["made"] = best.get("made")
    if best.get(_ADOPTED) is True:
        merged[_ADOPTED] = True
    merged["marks"] = functools.reduce(
        merged_marks, (document.get("marks") for document in documents), dict[str, Any]()
    )
    return RecordFile.understood(merged)


def merge_into(held: RecordFile, copy: RecordFile) -> RecordFile:
    """``held`` with what ``copy`` knows; of the picture before it was edited that is only its marks."""
    if copy.record.made.sha256 != held.record.made.sha256:
        is_adopted = {_ADOPTED: True} if held.is_adopted else {}
        copy = RecordFile.understood({**copy.document, "made": held.document["made"]} | is_adopted)
    return merge((held, copy))


def is_copy_of(held: RecordFile, copy: RecordFile) -> bool:
    """Whether a record that lies beside ``held`` under almost its name is surely of the same picture."""
    one, other = held.record.made, copy.record.made
    is_made_up = held.is_adopted or copy.is_adopted
    return is_same_picture(one, other) or (is_made_up and one.sha256 == other.sha256)


def is_same_picture(first: Made, second: Made) -> bool:
    """Whether both surely speak of one picture, edited since or not."""
    is_edited = first.edited_from == second.sha256 or second.edited_from == first.sha256
    return (first.sha256 == second.sha256 or is_edited) and _origin(first) == _origin(second)


def _origin(made: Made) -> tuple[str, int, int]:
    """What is the same however the picture was edited; one from elsewhere is known by its moment."""
    return (made.job_id, made.set_index, 0 if made.job_id else made.made_ms)


def _made_document(made: Made) -> Document:
    request = None if made.request is None else _bared(made.request)
    bared = replace(made, request=request, recipe=_bared(made.recipe))
    written: Document = encode(bared)
    if bared.request is not None:
        written["request"] = _spelled_out(bared.request)
    answer = written.get("answer", {})
    for name, clean in (("link", bare_link), ("extra_json", _clean_json)):
        if name in answer:
            answer[name] = clean(answer[name])
    return written


def _bared(asked: _Asked) -> _Asked:
    """A request or a recipe whose references' links are no credentials any more."""
    if not asked.references:
        return asked
    return replace(asked, references=with_bare_links(asked.references))


def _spelled_out(request: GenerationRequest) -> Document:
    """Defaults included: what was asked must not change its meaning with a later version's defaults."""
    held = {part.name: getattr(request, part.name) for part in fields(request)}
    return {name: encode(value) for name, value in held.items() if value is not None}


def _clean_json(text: str) -> str:
    try:
        return json.dumps(_clean(json.loads(text)), ensure_ascii=False)
    except (ValueError, RecursionError):
        return ""


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _clean(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, str):
        if value.lstrip()[:4].lower() == "http":
            return bare_link(value.strip())
        return value if len(value) <= _TEXT_LIMIT else ""
    return value


def _made_standing(document: Document) -> tuple[bool, bool, bool, str]:
    made = document.get("made")
    is_object = isinstance(made, dict)
    has_request = json_object(made).get("request") is not None
    return (is_object, document.get(_ADOPTED) is not True, has_request, canonical(made))
