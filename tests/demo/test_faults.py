import base64
import json
import socket
from collections.abc import Mapping
from http.client import HTTPException, IncompleteRead, RemoteDisconnected
from time import monotonic
from typing import Any

import pytest

from seedream_desktop.demo.faults import Fault, FaultKind, FaultQueue, Place, parse_fault
from tests.demo.conftest import Client
from tests.demo_fixtures import Demo

BILLING = "/v1/dashboard/billing/usage"
V_4_0 = {"model": "doubao-seedream-4-0-250828", "size": "1280x720"}
SET_OF_3 = {**V_4_0, "prompt": "a set of 3", "sequential_image_generation": "auto"}


def test_a_status_comes_with_the_endpoints_own_error(demo: Demo, client: Client) -> None:
    demo.set_fault("status", status=429, code="rate", message="slow down", headers={"Retry-After": "7"})
    reply = client.generate()
    assert (reply.status, reply.headers["retry-after"]) == (429, "7")
    assert reply.payload["error"]["code"] == "rate"
    assert client.generate().status == 200


@pytest.mark.parametrize("body", ["", "plain words", '{"error": "short"}'])
def test_a_status_comes_with_the_body_that_was_given(demo: Demo, client: Client, body: str) -> None:
    demo.set_fault("status", status=503, body=body)
    reply = client.generate()
    assert (reply.status, reply.body.decode()) == (503, body)


def test_a_status_can_carry_any_bytes(demo: Demo, client: Client) -> None:
    packed = base64.b64encode(b"\x1f\x8b\xff").decode()
    demo.set_fault("status", status=200, body_base64=packed, headers={"Content-Encoding": "gzip"})
    assert client.generate().body == b"\x1f\x8b\xff"


@pytest.mark.parametrize(
    ("fault", "status", "content_type"),
    [
        ({"kind": "html"}, 200, "text/html; charset=utf-8"),
        ({"kind": "html", "status": 404}, 404, "text/html; charset=utf-8"),
        ({"kind": "empty"}, 200, "application/json; charset=utf-8"),
        ({"kind": "not_json"}, 200, "application/json; charset=utf-8"),
        ({"kind": "truncated_json"}, 200, "application/json; charset=utf-8"),
    ],
)
def test_what_is_not_as_agreed_is_no_json(
    demo: Demo, client: Client, fault: dict[str, Any], status: int, content_type: str
) -> None:
    demo.set_fault(**fault)
    reply = client.generate()
    assert (reply.status, reply.headers["content-type"]) == (status, content_type)
    with pytest.raises(json.JSONDecodeError):
        _ = reply.payload


@pytest.mark.parametrize("kind", ["drop_before_body", "drop_after_body"])
@pytest.mark.parametrize("reset", [False, True])
def test_the_connection_is_dropped_without_an_answer(
    demo: Demo, client: Client, kind: str, reset: bool
) -> None:
    demo.set_fault(kind, reset=reset)
    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        client.generate()
    assert demo.posts()[0]["body_complete"] is (kind == "drop_after_body")


@pytest.mark.parametrize("fault", [{}, {"at_byte": 0}, {"at_byte": 5}])
def test_an_answer_breaks_off_in_the_middle(demo: Demo, client: Client, fault: dict[str, Any]) -> None:
    demo.set_fault("cut", **fault)
    with pytest.raises(IncompleteRead) as broken:
        client.generate()
    assert len(broken.value.partial) == fault.get("at_byte", len(broken.value.partial))
    assert broken.value.expected


def test_a_picture_breaks_off_with_a_reset(demo: Demo, client: Client) -> None:
    link = client.link()
    demo.set_fault("cut", on="links", at_byte=100, reset=True)
    with pytest.raises((HTTPException, ConnectionResetError)):
        client.fetch(link)
    assert client.fetch(link).status == 200


def test_silence_lasts_until_the_client_leaves(demo: Demo, client: Client) -> None:
    demo.set_fault("silence")
    with client.connect() as connection:
        connection.sendall(b"POST /v1/images/generations HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}")
        connection.settimeout(0.2)
        with pytest.raises(TimeoutError):
            connection.recv(1)
    found = demo.wait_for(lambda requests: requests[0]["closed_in"] is not None)
    assert found[0]["closed_in"] == "generating"


def test_an_answer_can_be_late(demo: Demo, client: Client) -> None:
    demo.set_fault("delay", delay_s=0.3)
    started = monotonic()
    assert client.generate().status == 200
    assert monotonic() - started >= 0.3


def test_a_picture_can_drip(demo: Demo, client: Client) -> None:
    link = client.link()
    size_bytes = len(client.fetch(link).body)
    demo.set_fault("drip", on="links", bytes_per_s=size_bytes * 5)
    started = monotonic()
    assert len(client.fetch(link).body) == size_bytes
    assert monotonic() - started >= 0.15


def test_a_link_can_be_denied(demo: Demo, client: Client) -> None:
    link = client.link()
    demo.set_fault("status", on="links", status=403)
    reply = client.fetch(link)
    assert (reply.status, reply.payload["EC"]) == (403, "0003-00000015")


def test_a_page_can_call_itself_a_picture(demo: Demo, client: Client) -> None:
    link = client.link()
    demo.set_fault("wrong_bytes", on="links")
    reply = client.fetch(link)
    assert reply.headers["content-type"] == "image/jpeg"
    assert reply.body.startswith(b"<!DOCTYPE html>")


def test_some_pictures_of_a_set_can_fail(demo: Demo, client: Client) -> None:
    demo.set_fault("partial_failure", indexes=[0, 2], code="Blocked", message="No.")
    payload = client.generate(**SET_OF_3).payload
    assert [set(item) for item in payload["data"]] == [{"error"}, {"url", "size"}, {"error"}]
    assert payload["data"][0]["error"] == {"code": "Blocked", "message": "No."}
    assert payload["usage"]["generated_images"] == 1


def test_an_error_can_hide_in_a_success(demo: Demo, client: Client) -> None:
    demo.set_fault("error_in_200", code="Blocked")
    reply = client.generate()
    assert reply.status == 200
    assert reply.payload["error"]["code"] == "Blocked"


@pytest.mark.parametrize("name", ["usage", "created", "model", "data"])
def test_a_field_can_be_missing(demo: Demo, client: Client, name: str) -> None:
    demo.set_fault("missing", fields=[name])
    assert set(client.generate().payload) == {"model", "created", "data", "usage"} - {name}


def test_a_field_of_a_picture_can_be_missing(demo: Demo, client: Client) -> None:
    demo.set_fault("missing", fields=["size", "usage"])
    payload = client.generate().payload
    assert [set(item) for item in payload["data"]] == [{"url"}]
    assert "usage" not in payload


@pytest.mark.parametrize("status", [301, 302, 307])
def test_the_api_can_redirect(demo: Demo, client: Client, status: int) -> None:
    demo.set_fault("redirect", status=status, location="http://127.0.0.1:1/elsewhere")
    reply = client.generate()
    assert (reply.status, reply.headers["location"]) == (status, "http://127.0.0.1:1/elsewhere")


def test_more_pictures_than_asked_can_come(demo: Demo, client: Client) -> None:
    demo.set_fault("extra_pictures", count=2)
    payload = client.generate().payload
    assert len(payload["data"]) == payload["usage"]["generated_images"] == 3


def test_a_fault_hits_as_often_as_it_says(demo: Demo, client: Client) -> None:
    demo.set_fault("status", on="billing", status=500, times=2)
    statuses = [client.call("GET", BILLING).status for _ in range(3)]
    assert statuses == [500, 500, 200]


def test_a_fault_hits_only_where_it_is_on(demo: Demo, client: Client) -> None:
    demo.set_fault("status", on="models", status=500)
    assert client.call("GET", BILLING).status == 200
    assert client.call("GET", "/v1/models").status == 500


def test_faults_are_taken_in_their_order_and_can_be_cleared(demo: Demo, client: Client) -> None:
    for status in (500, 502, 503):
        demo.set_fault("status", on="any", status=status)
    assert [client.call("GET", BILLING).status for _ in range(2)] == [500, 502]
    demo.clear_faults()
    assert client.call("GET", BILLING).status == 200


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"kind": "nothing"},
        {"kind": "status", "on": "mars"},
        {"kind": "status", "stauts": 5},
        {"kind": 5},
        {"kind": "status", "body_base64": "*"},
        {"kind": "missing", "fields": "usage"},
        {"kind": "cut", "reset": 1},
    ],
)
def test_a_fault_that_is_not_understood_is_refused(client: Client, wish: Mapping[str, object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        parse_fault(wish)
    assert client.call("POST", "/control/faults", wish).status == 400


def test_a_queue_counts_down() -> None:
    queue = FaultQueue()
    queue.add(Fault(FaultKind.EMPTY, Place.LINKS, times=2))
    taken = [queue.take(place) for place in (Place.MODELS, Place.LINKS, Place.LINKS, Place.LINKS)]
    assert [fault is not None for fault in taken] == [False, True, True, False]


def test_a_client_that_leaves_during_a_drip_is_noticed(demo: Demo, client: Client) -> None:
    link = client.link()
    demo.set_fault("drip", on="links", bytes_per_s=1000)
    with client.connect() as connection:
        connection.sendall(f"GET {link} HTTP/1.1\r\n\r\n".encode())
        assert connection.recv(10, socket.MSG_WAITALL)
    found = demo.wait_for(lambda requests: requests[-1]["closed_in"] is not None)
    assert found[-1]["closed_in"] == "answering"


def test_a_picture_can_be_damaged_and_the_others_whole(demo: Demo, client: Client) -> None:
    demo.set_fault("damaged_pictures", indexes=[1])
    items = client.generate(**SET_OF_3, response_format="b64_json").payload["data"]
    ends = [base64.b64decode(item["b64_json"]).endswith(b"\xff\xd9") for item in items]
    assert ends == [True, False, True]


def test_a_picture_can_come_in_both_forms(demo: Demo, client: Client) -> None:
    demo.set_fault("both_forms")
    (item,) = client.generate().payload["data"]
    assert client.fetch(item["url"].partition(str(client.port))[2]).body == base64.b64decode(item["b64_json"])


def test_a_picture_can_come_in_another_format_than_asked_for(demo: Demo, client: Client) -> None:
    demo.set_fault("other_format")
    (item,) = client.generate(response_format="b64_json").payload["data"]
    assert base64.b64decode(item["b64_json"]).startswith(b"\x89PNG")


def test_a_picture_can_be_called_something_else(demo: Demo, client: Client) -> None:
    link = client.link()
    demo.set_fault("wrong_type", on="links", media_type="text/plain")
    reply = client.fetch(link)
    assert reply.headers["content-type"] == "text/plain"
    assert reply.body.startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        ("null", type(None)),
        ("object", dict),
        ("text", str),
        ("strings", list),
        ("nested", dict),
        ("single", dict),
    ],
)
def test_data_can_be_of_another_shape(demo: Demo, client: Client, shape: str, kind: type) -> None:
    demo.set_fault("odd_data", shape=shape)
    assert type(client.generate().payload["data"]) is kind


def test_an_error_can_stand_beside_pictures(demo: Demo, client: Client) -> None:
    demo.set_fault("error_beside", code="InternalServiceError")
    payload = client.generate().payload
    assert (len(payload["data"]), payload["error"]["code"]) == (1, "InternalServiceError")


def test_more_can_be_counted_than_made(demo: Demo, client: Client) -> None:
    demo.set_fault("miscount", count=2)
    assert client.generate().payload["usage"]["generated_images"] == 3


def test_an_answer_can_break_off_after_some_pictures(demo: Demo, client: Client) -> None:
    demo.set_fault("cut_after", count=2)
    with pytest.raises(IncompleteRead) as broken:
        client.generate(**SET_OF_3)
    assert len(json.loads(broken.value.partial + b"]}")["data"]) == 2


def test_an_answer_can_be_told_as_events(demo: Demo, client: Client) -> None:
    demo.set_fault("event_stream")
    reply = client.generate(**SET_OF_3)
    assert reply.headers["content-type"].startswith("text/event-stream")
    lines = reply.body.decode().split("\n")
    assert sum(line == "event: image_generation.partial_succeeded" for line in lines) == 3
    assert "data: [DONE]" in lines
