"""Presets of recipes: kept in the library's folder, merged like searches, newer ones left alone."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import Reference, Size
from seedream_desktop.imaging.export_form import ExportWish
from seedream_desktop.library.library import Library
from seedream_desktop.library.recipe_presets import merge_presets
from tests.library.conftest import Bench

LOOK = Recipe(prompt="grain, {mood}", variables=(("mood", "calm|loud"),), size=Size(preset="2K"))
MARKS = st.fixed_dictionaries(
    {"value": st.text(max_size=3), "at": st.integers(0, 5), "by": st.sampled_from("ab")}
)
DOCUMENTS = st.fixed_dictionaries(
    {
        "id": st.just("ab" * 16),
        "kind": st.just("recipe"),
        "format": st.integers(1, 3),
        "name": MARKS,
        "recipe": MARKS,
    }
)


def folder_of(library: Library) -> Path:
    return library.root / ".seedream" / "presets"


def test_a_preset_is_kept_with_just_what_it_holds(bench: Bench) -> None:
    saved = bench.open().recipe_presets.save("Look", LOOK)
    assert saved is not None
    assert saved.recipe == LOOK
    assert bench.open().recipe_presets.all() == (saved,)
    assert bench.open().recipe_presets.find(saved.id) == saved


def test_links_that_are_credentials_are_not_kept(library: Library) -> None:
    secret = Reference("ab" * 32, "image/png", 10, 10, 100, "a.png", url="https://a.example/x?token=secret")
    library.recipe_presets.save("Mood", Recipe(references=(secret,)))
    (path,) = folder_of(library).iterdir()
    assert "secret" not in path.read_text()
    assert (library.recipe_presets.all()[0].recipe.references or ())[0].sha256 == "ab" * 32


def test_presets_are_renamed_changed_removed_and_put_back(library: Library) -> None:
    presets = library.recipe_presets
    look, other = presets.save("look", LOOK), presets.save("Other", Recipe(seed=4))
    assert look is not None
    assert other is not None
    presets.rename(look.id, "Zebra")
    presets.change(other.id, Recipe(seed=5))
    assert [(one.name, one.recipe.seed) for one in presets.all()] == [("Other", 5), ("Zebra", None)]
    assert presets.remove(look.id) is not None
    assert presets.rename(look.id, "Gone") is None
    assert presets.remove(look.id) is None
    assert presets.save("Zebra", LOOK, look.id) is not None
    assert [one.id for one in presets.all()] == [other.id, look.id]


def test_export_presets_lie_beside_them_untouched(library: Library) -> None:
    library.presets.save("Look", ExportWish())
    library.recipe_presets.save("Look", LOOK)
    assert [one.name for one in library.presets.all()] == ["Look"]
    assert [one.name for one in library.recipe_presets.all()] == ["Look"]
    library.presets.remove("Look")
    assert [one.name for one in library.recipe_presets.all()] == ["Look"]


@pytest.mark.parametrize(
    "change",
    [{"format": 2}, {"recipe": {"value": {"size": "huge"}, "at": 1, "by": "z"}}],
    ids=["newer format", "unknown values"],
)
def test_one_of_a_newer_version_is_listed_and_left_alone(library: Library, change: dict[str, object]) -> None:
    presets = library.recipe_presets
    saved = presets.save("Look", LOOK)
    assert saved is not None
    path = folder_of(library) / f"{saved.id}.json"
    path.chmod(0o600)
    content = json.dumps(json.loads(path.read_text()) | change)
    path.write_text(content)
    (held,) = presets.all()
    assert (held.name, held.is_newer, held.recipe) == ("Look", True, Recipe())
    assert presets.rename(held.id, "Mine") is None
    assert presets.change(held.id, Recipe(seed=1)) is None
    assert presets.save("Mine", LOOK, held.id) is None
    assert presets.remove(held.id) is None
    assert path.read_text() == content


def test_what_is_no_preset_is_passed_over(library: Library) -> None:
    folder = folder_of(library)
    folder.mkdir(exist_ok=True)
    for number, content in enumerate(
        ("", "[]", "{}", '{"kind": "recipe", "format": 1, "id": "../x"}', "[" * 99)
    ):
        (folder / f"{number}.json").write_text(content)
    assert library.recipe_presets.all() == ()


def test_copies_of_a_synchroniser_are_one_preset_and_go_when_it_is_written(library: Library) -> None:
    presets = library.recipe_presets
    saved = presets.save("Look", LOOK)
    assert saved is not None
    path = folder_of(library) / f"{saved.id}.json"
    copy = path.with_name(f"{saved.id}.sync-conflict-20261123.json")
    document = json.loads(path.read_text())
    document["name"] = {"value": "Later", "at": document["name"]["at"] + 1, "by": "z"}
    copy.write_text(json.dumps(document))
    assert [one.name for one in presets.all()] == ["Later"]
    presets.change(saved.id, Recipe(seed=9))
    assert [(one.name, one.recipe.seed) for one in presets.all()] == [("Later", 9)]
    assert not copy.exists()


@given(DOCUMENTS, DOCUMENTS)
def test_merging_does_not_depend_on_the_order(first: dict[str, object], second: dict[str, object]) -> None:
    merged = merge_presets(first, second)
    assert merged == merge_presets(second, first)
    assert merge_presets(merged, second) == merged


def test_references_of_presets_are_not_swept(bench: Bench, library: Library) -> None:
    content = bench.bytes_of(5)
    reference = library.add_reference(bench.source(content), bench.checked(content), "a.png")
    library.recipe_presets.save("Mood", Recipe(references=(reference,)))
    assert library.sweep_references((), 9e12) == 0
    assert library.reference_path(reference).is_file()
