"""When a signed link dies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.api.expiry import link_expiry_ms

END_MS = 1757555467000


@pytest.mark.parametrize(
    "query",
    [
        "X-Tos-Date=20250910T015107Z&X-Tos-Expires=86400&X-Tos-Signature=a%2fb",
        "x-tos-expires=86400&x-tos-date=20250910T015107Z",
        "X-Amz-Expires=86400&X-Amz-Date=20250910T015107Z",
        "X-Tos-Date=20250910T015107Z&Expires=1757555467",
        "Signature=a%2Bb&Expires=1757555467",
    ],
)
def test_the_end_is_in_the_link(query: str) -> None:
    assert link_expiry_ms(f"https://a.example/b.jpeg?{query}") == END_MS


@pytest.mark.parametrize(
    "query",
    [
        "",
        "Expires=3600",
        "Expires=never",
        "Expires=" + "9" * 5000,
        "X-Tos-Date=20259910T015107Z&X-Tos-Expires=86400",
        "X-Tos-Date=20250910T015107Z&X-Tos-Expires=-1",
        "X-Tos-Date=20250910T015107Z&X-Tos-Expires=999999999",
        "&".join("a=b" for _ in range(300)),
    ],
)
def test_a_link_may_not_say(query: str) -> None:
    assert link_expiry_ms(f"https://a.example/b.jpeg?{query}") is None


@given(st.text())
def test_any_text_has_an_end_or_none(text: str) -> None:
    link_expiry_ms(text)
    link_expiry_ms(f"https://a.example/?X-Tos-Date={text}&X-Tos-Expires={text}&Expires={text}")
