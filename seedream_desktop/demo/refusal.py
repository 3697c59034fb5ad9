"""The error answers of the stand-in, in CometAPI's shape."""

import json
import uuid

from seedream_desktop.demo.wire import Response

JSON_TYPE = ("Content-Type", "application/json; charset=utf-8")
ACCESS_DENIED_BODY = b'{"Code":"AccessDenied","Message":"Access Denied","EC":"0003-00000015"}'


class Refusal(Exception):
    """A request that is answered with an error; `param` names the field at fault, empty when it is none."""

    def __init__(self, status: int, message: str, param: str = "", code: str = "invalid_request") -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.param = param
        self.code = code

    def response(self) -> Response:
        """The answer on the wire."""
        request_id = uuid.uuid4().hex
        error = {
            "message": f"{self.message} (request id: {request_id})",
            "type": "comet_api_error",
            "param": self.param,
            "code": self.code,
        }
        return json_response({"error": error}, self.status, request_id)


def json_response(payload: object, status: int = 200, request_id: str = "") -> Response:
    """A JSON answer with an X-Request-Id of its own."""
    body = json.dumps(payload, ensure_ascii=False).encode("utf-8", "replace")
    return Response(status, (JSON_TYPE, ("X-Request-Id", request_id or uuid.uuid4().hex)), body)


def access_denied() -> Response:
    """What the object store answers to a link that it did not sign just so, or whose time is over."""
    return Response(403, (("Content-Type", "application/json"),), ACCESS_DENIED_BODY)
