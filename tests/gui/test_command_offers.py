"""What is meant by what was typed into the field under Ctrl+K."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.gui.command_offers import RECENT_MOST, Offer, chosen_lately, ranked

OFFERS = (
    Offer("export", "Export…", keys="Ctrl+E"),
    Offer("diagnostics", "Export diagnostics…", also="diagnostics"),
    Offer("full", "Pictures only", keys="F11", also="full screen"),
    Offer("posters", "Posters", "Board in Acme"),
    Offer("acme", "Acme rebrand", "Board"),
    Offer("蓝", "蓝色海报设计", "项目"),
    Offer("reject", "Reject, or take it back"),
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("exp", ["export", "diagnostics"]),
        ("EXPORT D", ["diagnostics"]),
        ("dia exp", ["diagnostics"]),
        ("take", ["reject"]),
        ("port", []),  # no word begins so
        ("screen", ["full"]),
        ("acme", ["acme", "posters"]),  # its own name first
        ("海报", ["蓝"]),
        ("蓝色 设计", ["蓝"]),
        ("  ", [offer.id for offer in OFFERS]),
        ("board acme", ["posters", "acme"]),
        ("e…", []),
    ],
)
def test_each_word_begins_one_of_a_name(typed: str, expected: list[str]) -> None:
    assert [offer.id for offer in ranked(OFFERS, typed, ())] == expected


def test_what_was_chosen_lately_stands_first_among_what_fits_as_well() -> None:
    recent = chosen_lately(chosen_lately((), "export"), "diagnostics")
    assert recent == ("diagnostics", "export")
    assert [offer.id for offer in ranked(OFFERS, "", recent)][:2] == ["diagnostics", "export"]
    assert [offer.id for offer in ranked(OFFERS, "exp", recent)] == ["diagnostics", "export"]
    assert [offer.id for offer in ranked(OFFERS, "acme", ("posters",))] == ["acme", "posters"]


@given(st.lists(st.sampled_from("abcdefghijklmnopqrs")))
def test_of_what_was_chosen_a_few_are_kept_each_once(chosen: list[str]) -> None:
    recent: tuple[str, ...] = ()
    for one in chosen:
        recent = chosen_lately(recent, one)
        assert recent[0] == one
    assert len(recent) == len(set(recent)) <= RECENT_MOST


@given(st.text(max_size=12))
def test_whatever_is_typed_offers_a_part_of_what_there_is(typed: str) -> None:
    found = ranked(OFFERS, typed, ("acme",))
    assert len(set(found)) == len(found)
    assert set(found) <= set(OFFERS)
