"""Saved searches: kept in the library's folder, merged like boards, counted as they are now."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.imaging.fingerprint import SIZE_BYTES
from seedream_desktop.library.library import Library
from seedream_desktop.library.searches import PLACE, merge_searches
from seedream_desktop.library.values import Order, Query
from tests.library.conftest import Bench

MARKS = st.fixed_dictionaries(
    {"value": st.text(max_size=3), "at": st.integers(0, 5), "by": st.sampled_from("ab")}
)
DOCUMENTS = st.fixed_dictionaries(
    {"id": st.just("ab" * 16), "format": st.just(1), "name": MARKS, "query": MARKS}
)


def folder_of(library: Library) -> Path:
    return library.root / ".seedream" / "searches"


def test_a_search_is_kept_with_all_that_it_asks_for(bench: Bench) -> None:
    library = bench.open()
    query = Query("board", "blue march", ("march",), rated=True, hides_rejected=True, order=Order.RATING)
    query = replace(query, like="ab" * SIZE_BYTES)
    saved = library.searches.save("Blue", query)
    assert bench.open().searches.all() == (saved,)
    assert saved.query == query
    assert [path.name for path in folder_of(library).iterdir()] == [f"{saved.id}.json"]


def test_searches_are_renamed_changed_removed_and_put_back(library: Library) -> None:
    blue, cats = (
        library.searches.save("blue", Query(text="blue")),
        library.searches.save("Cats", Query(text="cat")),
    )
    assert [search.name for search in library.searches.all()] == ["blue", "Cats"]
    library.searches.rename(blue.id, "Zebra")
    library.searches.save("Cats", Query(text="猫"), cats.id)
    assert [(search.name, search.query.text) for search in library.searches.all()] == [
        ("Cats", "猫"),
        ("Zebra", "blue"),
    ]
    library.searches.remove(cats.id)
    assert [search.id for search in library.searches.all()] == [blue.id]
    assert library.searches.rename(cats.id, "Dogs") is None
    assert library.searches.save(cats.name, cats.query, cats.id) == cats
    assert len(library.searches.all()) == 2


def test_counts_are_live(bench: Bench, library: Library) -> None:
    cats = library.searches.save("Cats", Query(text="cat"))
    best = library.searches.save("Best", Query(text="rating:>=4"))
    assert library.searches.counts() == {cats.id: 0, best.id: 0}
    picture = library.add(bench.new(1, prompt="a cat"))
    assert library.searches.counts() == {cats.id: 1, best.id: 0}
    library.mark([picture.id], rating=5)
    assert library.searches.counts() == {cats.id: 1, best.id: 1}
    library.trash([picture.id])
    assert library.searches.counts() == {cats.id: 0, best.id: 0}


def test_a_search_by_picture_finds_on_another_machine_what_looks_so_there(bench: Bench) -> None:
    library = bench.open()
    alike, other = library.add(bench.new(1)), library.add(bench.new(2))
    like = bytes(SIZE_BYTES).hex()
    library.searches.save("Alike", Query(like=like, order=Order.LIKENESS))
    there = bench.open("machine-2", bench.folder / "other" / "index.sqlite3")
    there.synchronise()
    (search,) = there.searches.all()
    assert there.searches.counts() == {search.id: 0}  # nothing was looked at there
    there.likeness.keep({alike.sha256: like, other.sha256: (b"\xff" * SIZE_BYTES).hex()})
    assert there.lookup.ids(search.query) == (alike.id,)
    assert there.searches.counts() == {search.id: 1}


@pytest.mark.parametrize("like", [5, None, [], "no fingerprint"])
def test_a_fingerprint_that_is_none_finds_nothing_and_breaks_nothing(bench: Bench, like: object) -> None:
    library = bench.open()
    library.add(bench.new(1))
    saved = library.searches.save("Alike", Query(text="cat", like="ab"))
    path = folder_of(library) / f"{saved.id}.json"
    document = json.loads(path.read_text())
    document["query"]["value"]["like"] = like
    path.write_text(json.dumps(document))
    assert library.searches.counts() == {saved.id: 0 if isinstance(like, str) else 1}


def test_copies_of_a_synchroniser_are_merged_the_later_value_wins(bench: Bench) -> None:
    library = bench.open()
    saved = library.searches.save("Cats", Query(text="cat"))
    file = folder_of(library) / f"{saved.id}.json"
    document = json.loads(file.read_bytes())
    document["name"] = {"value": "Kittens", "at": document["name"]["at"] + 5, "by": "other"}
    document["query"] = {"value": {"text": "dog"}, "at": 1, "by": "other"}
    copy = file.with_name(f"{saved.id}.sync-conflict-20261122-101010-ABC.json")
    copy.write_text(json.dumps(document), encoding="utf-8")
    library.synchronise()
    assert not copy.exists()
    (merged,) = bench.open().searches.all()
    assert (merged.id, merged.name, merged.query.text) == (saved.id, "Kittens", "cat")


def test_a_search_that_asks_for_something_else_keeps_the_name_another_machine_gave_it(bench: Bench) -> None:
    library = bench.open("a")
    saved = library.searches.save("Cats", Query(text="cat"))
    path = folder_of(library) / f"{saved.id}.json"
    before = path.read_bytes()
    library.searches.rename(saved.id, "Felines")
    renamed = path.read_bytes()
    path.write_bytes(before)
    bench.open("b").searches.save("Cats", Query(text="猫"), saved.id)
    path.with_name(f"{saved.id}.sync-conflict.json").write_bytes(renamed)
    (merged,) = library.searches.all()
    assert (merged.name, merged.query.text) == ("Felines", "猫")
    library.searches.synchronise()
    assert library.searches.change(saved.id, Query(text="cat")) == library.searches.find(saved.id)
    assert library.searches.all()[0].name == "Felines"
    assert library.searches.change("abcdef12", Query()) is None


def test_what_another_machine_saved_is_a_change(bench: Bench) -> None:
    here, there = bench.open(), bench.open("machine-2", bench.folder / "other.sqlite3")
    for library in (here, there):
        library.synchronise()
    there.searches.save("Cats", Query(text="cat"))
    assert here.synchronise()
    assert not here.synchronise()


def test_what_another_machine_saved_is_noticed_in_its_folder_alone(bench: Bench) -> None:
    here, there = bench.open(), bench.open("machine-2", bench.folder / "other.sqlite3")
    for library in (here, there):
        library.synchronise()
    saved = there.searches.save("Cats", Query(text="cat"))
    assert here.look([PLACE])
    assert here.searches.all() == (saved,)
    there.searches.remove(saved.id)
    assert here.look([PLACE])
    assert not here.look([PLACE])


def test_the_same_search_saved_on_two_machines_is_there_twice_and_each_goes_by_itself(bench: Bench) -> None:
    here, there = bench.open(), bench.open("machine-2", bench.folder / "other" / "index.sqlite3")
    ids = {library.searches.save("Blue", Query(text="blue")).id for library in (here, there)}
    assert {search.id for search in here.searches.all()} == ids
    assert set(there.searches.counts()) == ids
    gone = ids.pop()
    here.searches.remove(gone)
    assert {search.id for search in there.searches.all()} == ids


def test_what_is_done_here_is_no_news_here(library: Library) -> None:
    library.synchronise()
    saved = library.searches.save("Cats", Query(text="cat"))
    assert not library.look([PLACE])
    library.searches.rename(saved.id, "Dogs")
    assert not library.look([PLACE])
    library.searches.remove(saved.id)
    assert not library.look([PLACE])


def test_a_damaged_file_is_named_once_it_lies_still(bench: Bench) -> None:
    library = bench.open()
    saved = library.searches.save("Cats", Query(text="cat"))
    file = folder_of(library) / f"{saved.id}.json"
    file.write_bytes(file.read_bytes()[:20])
    assert bench.open(settle_s=30).searches.damaged() == ()
    assert library.searches.damaged() == (file.name,)
    assert library.searches.all() == ()
    assert file.exists()


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_merging_is_the_same_in_any_order(first: dict, second: dict, third: dict) -> None:
    merged = merge_searches(merge_searches(first, second), third)
    assert merged == merge_searches(first, merge_searches(third, second))
    assert merge_searches(merged, first) == merged


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"id": "../../evil"}', b'{"id": 7}', b'{"id": "abcdef12", "query": 7, "name": []}'],
)
def test_a_damaged_file_hides_no_other_search(library: Library, content: bytes) -> None:
    saved = library.searches.save("Cats", Query(text="cat"))
    (folder_of(library) / "0.json").write_bytes(content)
    assert saved in library.searches.all()
    library.synchronise()
    assert saved in library.searches.all()


@pytest.mark.parametrize("order", ["sideways", 7, None, ["newest"], {"value": "newest"}])
def test_a_value_that_is_none_counts_as_never_given(library: Library, order: object) -> None:
    query = {"text": 7, "literal": "cat", "board": None, "rated": "yes", "order": order}
    document = {"id": "abcdef12", "name": {"value": "Odd"}, "query": {"value": query}}
    folder_of(library).mkdir(parents=True, exist_ok=True)
    (folder_of(library) / "abcdef12.json").write_text(json.dumps(document), encoding="utf-8")
    (odd,) = library.searches.all()
    assert (odd.name, odd.query) == ("Odd", Query())


def test_a_library_that_cannot_be_written_says_so(bench: Bench) -> None:
    description = bench.open().root / ".seedream" / "library.json"
    held = json.loads(description.read_bytes())
    description.write_text(json.dumps({**held, "format": 99}), encoding="utf-8")
    with pytest.raises(ProblemError):
        bench.open().searches.save("Cats", Query(text="cat"))
