"""How a fault changes an answer."""

import json
from dataclasses import replace

from seedream_desktop.demo.faults import Fault, FaultKind, Place
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
        case _:
            return answer


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
