"""Base URLs that are taken, links taken apart unchanged, addresses that are allowed."""

import ipaddress

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.api.addresses import AddressRule, Link, check_base_url, origin_of, written_address
from seedream_desktop.generation.errors import ProblemError, ProblemKind
from tests.api.conftest import problem_from

TAKEN = {
    "https://api.cometapi.com/v1": "https://api.cometapi.com/v1",
    "  https://api.cometapi.com/v1/  ": "https://api.cometapi.com/v1",
    "HTTPS://API.CometAPI.com:443/v1": "https://api.cometapi.com/v1",
    "api.cometapi.com/v1": "https://api.cometapi.com/v1",
    "https://例子.example/v1": "https://xn--fsqu00a.example/v1",
    "https://ark.example/api/v3": "https://ark.example/api/v3",
    "http://127.0.0.1:8080/v1": "http://127.0.0.1:8080/v1",
    "http://localhost:1/": "http://localhost:1",
    "http://192.168.1.5/v1": "http://192.168.1.5/v1",
    "http://[::1]:8080/v1": "http://[::1]:8080/v1",
    "http://[fd00::1]/v1": "http://[fd00::1]/v1",
}
REFUSED = (
    "",
    "https://",
    "http://api.cometapi.com/v1",
    "http://8.8.8.8/v1",
    "http://2130706433/v1",
    "http://0.0.0.0/v1",
    "ftp://a.example",
    "file:///etc/passwd",
    "https://user:secret@a.example/v1",
    "https://a.example/v1?key=1",
    "https://a.example/v1#x",
    "https://a b.example/v1",
    "https://a.example:99999/v1",
    "https://a\xa0b/v1",
    "https://[fe80::1%eth0]/v1",
    "https://a.example\n/v1",
    "https://[::1/v1",
    "https://" + "a" * 70 + ".example",
)


@pytest.mark.parametrize(("text", "expected"), TAKEN.items())
def test_a_good_base_url_is_normalised(text: str, expected: str) -> None:
    assert check_base_url(text) == expected
    assert check_base_url(expected) == expected


@pytest.mark.parametrize("text", REFUSED)
def test_a_bad_base_url_is_refused(text: str) -> None:
    assert problem_from(lambda: check_base_url(text)).kind is ProblemKind.BASE_URL_REFUSED


@given(st.text())
def test_any_text_is_a_base_url_or_a_problem(text: str) -> None:
    try:
        checked = check_base_url(text)
    except ProblemError:
        return
    assert check_base_url(checked) == checked


@pytest.mark.parametrize(
    ("base_url", "origin"),
    [
        ("https://api.cometapi.com/v1", "https://api.cometapi.com"),
        ("https://a.example:8443/x/y", "https://a.example:8443"),
        ("http://127.0.0.1:99/v1", "http://127.0.0.1:99"),
    ],
)
def test_a_key_belongs_to_an_origin(base_url: str, origin: str) -> None:
    assert origin_of(base_url) == origin


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="#")))
def test_every_visible_ascii_character_of_a_link_stays_as_it_is(tail: str) -> None:
    assert Link.parse("https://example.com/" + tail).target == b"/" + tail.encode()


@given(st.text() | st.text().map("https://".__add__))
def test_any_text_is_a_link_or_none(text: str) -> None:
    try:
        link = Link.parse(text)
    except ValueError:
        return
    assert httpx.URL(link.origin).raw_host.decode() == link.host
    assert link.target.startswith(b"/")
    assert all(0x21 <= byte <= 0x7E for byte in link.target)


@pytest.mark.parametrize(
    "host", ["127.1", "2130706433", "0x7f000001", "017700000001", "localhost", "a.localhost"]
)
def test_old_spellings_of_loopback_are_understood(host: str) -> None:
    assert written_address(host) == ipaddress.ip_address("127.0.0.1")


NEVER = (
    "127.0.0.1 10.0.0.1 172.16.0.1 192.168.0.1 169.254.169.254 100.64.0.1 100.100.100.200 0.0.0.0 224.0.0.1"
    " 240.0.0.1 255.255.255.255 192.0.2.1 ::1 :: fe80::1 fec0::1 fd00::1 ff02::1 ::ffff:10.0.0.1 ::10.0.0.1"
    " 64:ff9b::a00:1 64:ff9b:1::1 2002:a00:1:: 2001::1 2001:db8::1"
)
ALWAYS = "8.8.8.8 198.18.0.7 198.19.255.1 2606:4700::1111 64:ff9b::808:808 2002:808:808:: ::ffff:8.8.8.8"


@pytest.mark.parametrize("text", NEVER.split())
def test_what_is_not_public_is_refused(text: str) -> None:
    rule = AddressRule.for_base("https://api.example.com/v1")
    assert not rule.allows_address(ipaddress.ip_address(text), "pictures.example")


@pytest.mark.parametrize("text", ALWAYS.split())
def test_what_is_public_is_allowed(text: str) -> None:
    rule = AddressRule.for_base("https://api.example.com/v1")
    assert rule.allows_address(ipaddress.ip_address(text), "pictures.example")


@pytest.mark.parametrize(
    ("base_url", "address", "host", "is_allowed"),
    [
        ("http://127.0.0.1:1/v1", "127.0.0.1", "127.0.0.1", True),
        ("http://localhost:1/v1", "::1", "localhost", True),
        ("http://127.0.0.1:1/v1", "10.0.0.1", "10.0.0.1", False),
        ("http://192.168.1.5/v1", "192.168.1.5", "192.168.1.5", True),
        ("http://192.168.1.5/v1", "192.168.1.6", "192.168.1.6", False),
        ("http://192.168.1.5/v1", "127.0.0.1", "127.0.0.1", False),
        ("https://gateway.corp/v1", "10.1.2.3", "gateway.corp", True),
        ("https://gateway.corp/v1", "10.1.2.3", "other.corp", False),
        ("https://gateway.corp/v1", "127.0.0.1", "gateway.corp", False),
    ],
)
def test_the_base_urls_own_place_is_the_exception(
    base_url: str, address: str, host: str, is_allowed: bool
) -> None:
    assert AddressRule.for_base(base_url).allows_address(ipaddress.ip_address(address), host) is is_allowed


@pytest.mark.parametrize(
    ("base_url", "url", "is_allowed"),
    [
        ("https://api.example.com", "https://a.example/x", True),
        ("https://api.example.com", "http://a.example/x", False),
        ("http://127.0.0.1:1", "http://127.0.0.1:2/x", True),
        ("http://127.0.0.1:1", "https://a.example/x", True),
    ],
)
def test_plain_http_is_for_a_plain_base_url_only(base_url: str, url: str, is_allowed: bool) -> None:
    assert AddressRule.for_base(base_url).allows_link(Link.parse(url)) is is_allowed
