import base64
import hashlib
import json
import socket
import struct
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.demo.conftest import LITE, SMALLEST, Client
from tests.demo_fixtures import Demo

NOTICED_WITHIN_S = 0.05
HEAD = (
    "POST /v1/images/generations HTTP/1.1\r\n"
    "Host: x\r\nAuthorization: Bearer sk-x\r\nContent-Length: {}\r\n\r\n"
)


def begin(connection: socket.socket, sent: float = 1.0) -> None:
    """Sends the head and this share of the body."""
    body = json.dumps(SMALLEST).encode()
    connection.sendall(HEAD.format(len(body)).encode() + body[: round(len(body) * sent)])


def leave(connection: socket.socket, reset: bool = False) -> float:
    """Closes the connection; when that was, in seconds since the epoch."""
    if reset:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
    return time.time()


def generating(count: int) -> Callable[[list[dict[str, Any]]], bool]:
    """Whether so many requests have begun to draw."""
    return lambda requests: [request["pictures"] for request in requests] == [1] * count


def left(count: int) -> Callable[[list[dict[str, Any]]], bool]:
    """Whether the clients of so many requests have hung up."""
    return lambda requests: sum(request["closed_in"] is not None for request in requests) == count


def test_what_arrived_is_on_record(demo: Demo, client: Client) -> None:
    client.generate()
    (found,) = demo.requests()
    assert (found["method"], found["target"]) == ("POST", "/v1/images/generations")
    assert found["header_names"][0] == "Host"
    assert found["fields"] == SMALLEST
    assert (found["body_complete"], found["status"], found["phase"]) == (True, 200, "done")
    assert found["closed_in"] is None


def test_neither_key_nor_picture_is_on_record(demo: Demo, client: Client) -> None:
    client.generate(model=LITE, image=["data:image/png;base64," + "A" * 5000])
    (found,) = demo.requests()
    assert found["headers"]["authorization"] == "Bearer ***"
    assert client.key not in json.dumps(found)
    assert found["fields"]["image"][0].endswith("(5022 characters)")


def test_requests_tell_their_connections_apart(demo: Demo, client: Client) -> None:
    client.call("GET", "/v1/models")
    client.raw(b"GET /v1/models HTTP/1.1\r\n\r\nGET /v1/models HTTP/1.1\r\nConnection: close\r\n\r\n")
    first, second, third = (request["connection"] for request in demo.requests())
    assert first < second == third


@pytest.mark.parametrize("reset", [False, True])
def test_who_leaves_while_generating_is_noticed_at_once(demo: Demo, client: Client, reset: bool) -> None:
    demo.set_delay(30)
    noticed_after_s = []
    for attempt in range(3):  # the quickest counts: a busy machine makes any single one late
        connection = client.connect()
        begin(connection)
        demo.wait_for(generating(attempt + 1))
        left_at = leave(connection, reset)
        found = demo.wait_for(left(attempt + 1))
        assert found[attempt]["closed_in"] == "generating"
        noticed_after_s.append(found[attempt]["closed_at"] - left_at)
    assert min(noticed_after_s) < NOTICED_WITHIN_S


def test_who_leaves_in_the_middle_of_the_body_is_noticed(demo: Demo, client: Client) -> None:
    connection = client.connect()
    begin(connection, sent=0.5)
    demo.wait_for(lambda requests: [one["phase"] for one in requests] == ["body"])
    leave(connection)
    (found,) = demo.wait_for(left(1))
    assert (found["closed_in"], found["body_complete"], found["status"]) == ("body", False, None)


def test_who_leaves_after_the_answer_has_not_hung_up(demo: Demo, client: Client) -> None:
    client.generate()
    client.call("GET", "/v1/models")
    assert [request["closed_in"] for request in demo.requests()] == [None, None]


def test_a_generation_that_nobody_waits_for_still_costs(demo: Demo, client: Client) -> None:
    before = client.call("GET", "/v1/dashboard/billing/usage").payload["total_usage"]
    demo.set_delay(30)
    connection = client.connect()
    begin(connection)
    demo.wait_for(lambda requests: requests[-1]["pictures"] == 1)
    leave(connection)
    assert client.call("GET", "/v1/dashboard/billing/usage").payload["total_usage"] > before


def test_a_reset_forgets_everything(demo: Demo, client: Client) -> None:
    client.generate()
    demo.set_fault("empty", on="any")
    demo.set_delay(30)
    demo.reset()
    assert demo.requests() == []
    assert client.generate().status == 200


def test_several_generations_wait_side_by_side(demo: Demo, client: Client) -> None:
    demo.set_delay(30)
    connections = [client.connect() for _ in range(6)]
    for connection in connections:
        begin(connection)
    demo.wait_for(generating(6))
    for connection in connections:
        connection.close()
    demo.wait_for(lambda requests: all(request["closed_in"] == "generating" for request in requests))


def test_the_pictures_of_an_answer_can_be_told_again_by_their_sha256(demo: Demo, client: Client) -> None:
    answer = client.generate(response_format="b64_json")
    (found,) = demo.requests()
    pictures = [base64.b64decode(item["b64_json"]) for item in answer.payload["data"]]
    assert found["sha256"] == [hashlib.sha256(picture).hexdigest() for picture in pictures]
