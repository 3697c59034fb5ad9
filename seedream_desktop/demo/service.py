"""What the endpoint answers: generations, models, billing, links; everything undocumented is a 404."""

import asyncio
import base64
import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from seedream_desktop.demo.account import Account
from seedream_desktop.demo.exchanges import Exchange
from seedream_desktop.demo.faults import Fault, FaultKind, Place
from seedream_desktop.demo.links import LinkStore, is_link
from seedream_desktop.demo.models import OTHER_IDS, SEEDREAM_IDS
from seedream_desktop.demo.orders import Order, parse_order, refuse_newer_size
from seedream_desktop.demo.references import Reference, load_reference
from seedream_desktop.demo.refusal import Refusal, json_response
from seedream_desktop.demo.sets import set_count
from seedream_desktop.demo.sizes import Size, delivered_size
from seedream_desktop.demo.wire import Head, Response

API_ROOT = "/v1"
KEY_SHAPE = re.compile(r"^sk-[\x21-\x7e]+$")
DRAWING_THREADS = 3  # 4096 x 4096 takes some 150 MB while it is drawn
TOKEN_PX = 256
LISTED_AT = 1_767_225_600  # the date that every model of the list carries

_GENERATIONS = ("POST", f"{API_ROOT}/images/generations")
_MODELS = ("GET", f"{API_ROOT}/models")
_SUBSCRIPTION = ("GET", f"{API_ROOT}/dashboard/billing/subscription")
_USAGE = ("GET", f"{API_ROOT}/dashboard/billing/usage")


@dataclass(frozen=True, slots=True)
class Subject:
    """One picture to draw."""

    order: Order
    size: Size
    seed: int
    references: tuple[Reference, ...]
    index: int


def place_of(head: Head) -> Place:
    """Which kind of request this is."""
    if is_link(head.path):
        return Place.LINKS
    call = (head.method, head.path)
    if call in (_SUBSCRIPTION, _USAGE):
        return Place.BILLING
    return {_GENERATIONS: Place.GENERATIONS, _MODELS: Place.MODELS}.get(call, Place.OTHER)


class Service:
    """Answers requests; lives on the event loop, draws in threads."""

    def __init__(
        self, links: LinkStore, key: str | None, delay_s: float, now: Callable[[], float] = time.time
    ) -> None:
        self._links = links
        self._key = key
        self._threads = ThreadPoolExecutor(DRAWING_THREADS, thread_name_prefix="draw")
        self.account = Account(now)
        self.delay_s = delay_s

    async def answer(self, exchange: Exchange, body: bytes, fault: Fault | None) -> Response:
        """The answer to a request whose body is complete."""
        try:
            return await self._answer(exchange, body, fault)
        except Refusal as refusal:
            return refusal.response()
        except OSError:  # the pictures' temporary file: its disk is full
            return Refusal(500, "The picture could not be kept", code="server_error").response()

    def close(self) -> None:
        """Lets the drawing threads go without waiting for them."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _answer(self, exchange: Exchange, body: bytes, fault: Fault | None) -> Response:
        head = exchange.head
        place = place_of(head)
        if place is Place.LINKS:
            return self._links.answer(head)
        if place is Place.MODELS:
            return json_response(_model_list())
        if place is Place.OTHER:
            raise Refusal(404, f"Invalid URL ({head.method} {head.path})", code="")
        self._authorise(head)
        if place is Place.GENERATIONS:
            return await self._generate(exchange, body, fault)
        usage_asked = (head.method, head.path) == _USAGE
        return json_response(self.account.usage() if usage_asked else self.account.subscription())

    def _authorise(self, head: Head) -> None:
        scheme, _, key = (head.header("Authorization") or "").partition(" ")
        if scheme.lower() != "bearer" or not key:
            raise Refusal(401, "No API key was sent as a Bearer token", code="")
        fits = hmac.compare_digest(key, self._key) if self._key else bool(KEY_SHAPE.match(key))
        if not fits:
            raise Refusal(401, "Invalid token", code="")

    async def _generate(self, exchange: Exchange, body: bytes, fault: Fault | None) -> Response:
        loop = asyncio.get_running_loop()
        ready_at = loop.time() + self.delay_s
        order = await loop.run_in_executor(self._threads, parse_order, body)
        if fault and fault.kind is FaultKind.OLDER_SIZES:
            refuse_newer_size(order)
        references = await self._load(order.references)
        count = 1 if order.set_ceiling == 1 else set_count(order.prompt, order.set_ceiling)
        if fault and fault.kind is FaultKind.EXTRA_PICTURES:
            count += fault.count
        failing = (
            frozenset(fault.indexes) if fault and fault.kind is FaultKind.PARTIAL_FAILURE else frozenset()
        )
        subjects = [
            subject for subject in _subjects(order, references, count) if subject.index not in failing
        ]
        self.account.charge(order.family, [subject.size for subject in subjects], len(references))
        exchange.pictures = len(subjects)
        drawn = await asyncio.gather(
            *(loop.run_in_executor(self._threads, self._item, one, fault) for one in subjects)
        )
        exchange.sha256 = tuple(sha256 for _, sha256 in drawn)
        items = [item for item, _ in drawn]
        if fault and failing:
            for index in sorted(failing & set(range(count))):
                items.insert(index, {"error": {"code": fault.code, "message": fault.message}})
        await asyncio.sleep(max(0.0, ready_at - loop.time()))
        return json_response(_answer(order, subjects, items))

    async def _load(self, references: Sequence[str]) -> tuple[Reference, ...]:
        loop = asyncio.get_running_loop()
        loads = (loop.run_in_executor(self._threads, load_reference, item) for item in references)
        return tuple(await asyncio.gather(*loads))

    def _item(self, subject: Subject, fault: Fault | None) -> tuple[dict[str, object], str]:
        """What the answer says of a picture, and the SHA-256 of its bytes."""
        from seedream_desktop.demo.painting.picture import PictureWish, paint_file  # late: Pillow, 60 ms

        order = subject.order
        thumbnails = tuple(reference.thumbnail for reference in subject.references)
        file_format, kind = order.output_format, fault.kind if fault else None
        if kind is FaultKind.OTHER_FORMAT:
            file_format = "png" if file_format == "jpeg" else "jpeg"
        picture = paint_file(
            PictureWish(order.prompt, subject.size, subject.seed, thumbnails, order.watermark, file_format)
        )
        if fault and fault.hits(FaultKind.DAMAGED_PICTURES, subject.index):
            picture = picture[: len(picture) // 2]
        item: dict[str, object] = {"size": f"{subject.size[0]}x{subject.size[1]}"}
        if order.as_base64 or kind is FaultKind.BOTH_FORMS:
            item["b64_json"] = base64.b64encode(picture).decode()
        if not order.as_base64 or kind is FaultKind.BOTH_FORMS:
            item["url"] = self._links.issue(picture, order.output_format)
        return item, hashlib.sha256(picture).hexdigest()


def _subjects(order: Order, references: tuple[Reference, ...], count: int) -> list[Subject]:
    first = references[0].size_px if references else None
    size = delivered_size(order.size, order.family, order.prompt, first)
    seed = secrets.randbits(31) if order.seed is None else order.seed
    return [Subject(order, size, seed + index, references, index) for index in range(count)]


def _answer(order: Order, subjects: Sequence[Subject], items: Sequence[object]) -> dict[str, object]:
    tokens = round(sum(subject.size[0] * subject.size[1] for subject in subjects) / TOKEN_PX)
    return {
        "model": order.model_id,
        "created": int(time.time()),
        "data": items,
        "usage": {"generated_images": len(subjects), "output_tokens": tokens, "total_tokens": tokens},
    }


def _model_list() -> dict[str, object]:
    drawing = [_model(model_id, "bytedance", ["image-generation"]) for model_id in SEEDREAM_IDS]
    others = [_model(model_id, "custom", ["openai"]) for model_id in OTHER_IDS]
    return {"object": "list", "data": drawing + others}


def _model(model_id: str, owner: str, endpoints: list[str]) -> dict[str, object]:
    return {
        "id": model_id,
        "object": "model",
        "created": LISTED_AT,
        "owned_by": owner,
        "supported_endpoint_types": endpoints,
    }
