"""How a fault changes an answer."""

import json
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from seedream_desktop.demo.faults import Fault, FaultKind, Place, Shape
from seedream_desktop.demo.refusal import JSON_TYPE, Refusal, access_denied, json_response
from seedream_desktop.demo.wire import Response

HTML_BODY = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head>"
    b"<body><h1>Checking your browser before you go on</h1></body></html>"
)
NOT_JSON_BODY = b"upstream connect error or disconnect/reset before headers"
_REPLACING = frozenset(
    {
        FaultKind.STATUS,
        FaultKind.HTML,
        FaultKind.EMPTY,
        FaultKind.NOT_JSON,
        FaultKind.REDIRECT,
        FaultKind.ERROR_IN_200,
    }
)


def replaces_answer(fault: Fault) -> bool:
    """Whether the fault needs no picture to be drawn."""
    return fault.kind in _REPLACING


def faulty_answer(fault: Fault, answer: Response) -> Response:
    """The answer as the fault leaves it; `answer` does not count where the fault replaces it."""
    match fault.kind:
        case FaultKind.STATUS:
            return _status(fault)
        case FaultKind.HTML:
            return Response(fault.status or 200, (("Content-Type", "text/html; charset=utf-8"),), HTML_BODY)
        case FaultKind.EMPTY:
            return Response(fault.status or 200, (JSON_TYPE,))
        case FaultKind.NOT_JSON:
            return Response(fault.status or 200, (JSON_TYPE,), NOT_JSON_BODY)
        case FaultKind.REDIRECT:
            return Response(fault.status or 307, (("Location", fault.location), *fault.headers))
        case FaultKind.ERROR_IN_200:
            return json_response({"error": {"code": fault.code, "message": fault.message}})
        case FaultKind.TRUNCATED_JSON:
            return replace(answer, body=answer.body[: len(answer.body) // 2])
        case FaultKind.WRONG_BYTES:
            return replace(answer, body=HTML_BODY)
        case FaultKind.MISSING:
            return replace(answer, body=_without(answer.body, fault.fields))
        case FaultKind.WRONG_TYPE:
            others = (header for header in answer.headers if header[0] != "Content-Type")
            return replace(answer, headers=(("Content-Type", fault.media_type), *others))
        case _ if answer.status == HTTPStatus.OK:
            return _retold(fault, answer)
        case _:
            return answer


def end_of_item(body: bytes, count: int) -> int:
    """The byte after the item of that number in an answer's `data`, counted from 1."""
    text = body.decode("ascii")
    place = text.index('"data": [') + len('"data": [')
    for _ in range(count):
        _, place = json.JSONDecoder().raw_decode(text, place + text[place:].index("{"))
    return place


def _retold(fault: Fault, answer: Response) -> Response:
    """The same pictures, told in another way."""
    match fault.kind:
        case FaultKind.ODD_DATA:
            return replace(answer, body=json.dumps(_misshapen(json.loads(answer.body), fault.shape)).encode())
        case FaultKind.ERROR_BESIDE:
            payload = json.loads(answer.body) | {"error": {"code": fault.code, "message": fault.message}}
            return replace(answer, body=json.dumps(payload).encode())
        case FaultKind.MISCOUNT:
            payload = json.loads(answer.body)
            payload["usage"]["generated_images"] += fault.count
            return replace(answer, body=json.dumps(payload).encode())
        case FaultKind.EVENT_STREAM:
            stream_type = ("Content-Type", "text/event-stream; charset=utf-8")
            return replace(answer, headers=(stream_type,), body=_events(json.loads(answer.body)))
        case _:
            return answer


def _misshapen(payload: dict[str, Any], shape: Shape) -> object:
    items = payload["data"]
    if shape is Shape.BARE:
        return items
    shapes = {
        Shape.NULL: None,
        Shape.OBJECT: {},
        Shape.TEXT: "done",
        Shape.STRINGS: [item.get("url") or item.get("b64_json") for item in items],
        Shape.NESTED: {"data": [items]},
        Shape.SINGLE: items[0] if items else {},
    }
    return payload | {"data": shapes[shape]}


def _events(payload: dict[str, Any]) -> bytes:
    """A stream of events as the provider documents it, with a keep-alive in between."""
    common = {"model": payload["model"], "created": payload["created"]}
    lines = [": keepalive\n\n"]
    for index, item in enumerate(payload["data"]):
        name = f"image_generation.partial_{'failed' if 'error' in item else 'succeeded'}"
        lines.append(_event(name, {**common, "image_index": index, **item}))
    lines.append(_event("image_generation.completed", {**common, "usage": payload["usage"]}))
    lines.append("data: [DONE]\n\n")
    return "".join(lines).encode()


def _event(name: str, value: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps({'type': name, **value})}\n\n"


def _status(fault: Fault) -> Response:
    status = fault.status or 500
    if fault.body is not None:
        named = {name.lower() for name, _ in fault.headers}
        default = () if "content-type" in named or not fault.body else (JSON_TYPE,)
        return Response(status, (*default, *fault.headers), fault.body)
    if fault.on is Place.LINKS:
        return replace(access_denied(), status=status)
    answer = Refusal(status, fault.message, code=fault.code).response()
    return replace(answer, headers=(*answer.headers, *fault.headers))


def _without(body: bytes, names: tuple[str, ...]) -> bytes:
    payload = json.loads(body)
    for holder in (payload, *payload.get("data", [])):
        for name in names:
            holder.pop(name, None)
    return json.dumps(payload).encode()
