import re
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from seedream_desktop.demo.links import parse_range
from tests.demo.conftest import Client
from tests.demo_fixtures import Demo

DENIED = b'{"Code":"AccessDenied","Message":"Access Denied","EC":"0003-00000015"}'
DAY_S = 86_400
V_4_0 = "doubao-seedream-4-0-250828"


@pytest.fixture
def link(client: Client) -> str:
    return client.link()


def test_a_link_as_issued_opens_the_picture(client: Client, link: str) -> None:
    reply = client.fetch(link)
    assert (reply.status, reply.headers["content-type"]) == (200, "image/jpeg")
    assert int(reply.headers["content-length"]) == len(reply.body)
    assert Image.open(BytesIO(reply.body)).size == (512, 512)


def test_a_link_carries_the_object_stores_signature(link: str) -> None:
    query = parse_qs(urlsplit(link).query)
    assert query["X-Tos-Algorithm"] == ["TOS4-HMAC-SHA256"]
    assert query["X-Tos-Expires"] == ["86400"]
    assert query["X-Tos-SignedHeaders"] == ["host"]
    assert re.fullmatch(r"\d{8}T\d{6}Z", query["X-Tos-Date"][0])
    assert "%2F" in link.partition("X-Tos-Credential=")[2].partition("&")[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("%2F", "/"),
        ("%2F", "%2f"),
        ("%2F", "%252F"),
        ("%7E", "~"),
        ("%e4", "%E4"),
        ("%e4%bd%9c", "作"),
        ("%41", "A"),
        ("+", "%2B"),
        ("+", "%20"),
        ("+", " "),
        ("X-Tos-Expires=86400", "X-Tos-Expires=86401"),
        ("&X-Tos-SignedHeaders=host", ""),
        ("&", "&amp;"),
        (".jpeg", ".jpg"),
    ],
)
def test_another_spelling_is_denied(client: Client, link: str, old: str, new: str) -> None:
    assert old in link
    target = link.replace(old, new)
    request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\nConnection: close\r\n\r\n"
    answer = client.raw(request.encode())
    if " " in target:
        assert answer.startswith(b"HTTP/1.1 400")
    else:
        assert answer.startswith(b"HTTP/1.1 403")
        assert answer.endswith(DENIED)


def test_the_key_is_not_for_the_object_store(client: Client, link: str) -> None:
    reply = client.fetch(link, {"Authorization": f"Bearer {client.key}"})
    assert (reply.status, reply.body) == (403, DENIED)
    assert client.fetch(link).status == 200


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT"])
def test_the_signature_is_for_get_only(client: Client, link: str, method: str) -> None:
    assert client.call(method, link, headers={}).status == 403


def test_the_signature_is_for_its_host_only(client: Client, link: str) -> None:
    assert client.fetch(link, {"Host": "elsewhere.example"}).status == 403


def test_a_link_is_good_for_a_day(demo: Demo, client: Client, link: str) -> None:
    demo.advance_clock(DAY_S - 60)
    assert client.fetch(link).status == 200
    demo.advance_clock(60)
    assert client.fetch(link).body == DENIED


def test_every_picture_has_a_link_of_its_own(client: Client) -> None:
    fields = {
        "model": V_4_0,
        "size": "1280x720",
        "prompt": "a set of 3",
        "sequential_image_generation": "auto",
    }
    data = client.generate(**fields).payload["data"]
    assert len({item["url"] for item in data}) == 3


def test_a_part_of_a_picture_can_be_asked_for(client: Client, link: str) -> None:
    whole = client.fetch(link)
    part = client.fetch(link, {"Range": "bytes=100-", "If-Range": whole.headers["etag"]})
    assert (part.status, part.body) == (206, whole.body[100:])
    assert part.headers["content-range"] == f"bytes 100-{len(whole.body) - 1}/{len(whole.body)}"


def test_a_part_of_another_version_is_the_whole(client: Client, link: str) -> None:
    reply = client.fetch(link, {"Range": "bytes=100-", "If-Range": '"another"'})
    assert (reply.status, int(reply.headers["content-length"])) == (200, len(reply.body))


def test_a_part_beyond_the_end_cannot_be_had(client: Client, link: str) -> None:
    reply = client.fetch(link, {"Range": "bytes=99999999-"})
    assert (reply.status, reply.body) == (416, b"")


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("bytes=0-0", (0, 0)),
        ("bytes=5-", (5, 99)),
        ("bytes=-5", (95, 99)),
        ("bytes=-500", (0, 99)),
        ("bytes=90-500", (90, 99)),
        ("bytes=5-2", None),
        ("bytes=0-1,5-6", None),
        ("items=0-1", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
    ],
)
def test_ranges_are_read_as_http_says(text: str, span: tuple[int, int] | None) -> None:
    assert parse_range(text, 100) == span


@given(st.text(max_size=30), st.integers(0, 10_000))
def test_a_range_is_always_inside_the_picture(text: str, size_bytes: int) -> None:
    try:
        span = parse_range("bytes=" + text, size_bytes)
    except ValueError:
        return
    assert span is None or 0 <= span[0] <= span[1] < size_bytes
