"""A new laptop: the library's folder, copied to another machine and nothing else, says the same there."""

import os
import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seedream_desktop.generation.errors import Billed
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import GenerationRequest
from seedream_desktop.imaging.export_form import ExportWish
from seedream_desktop.library.costs import Spend
from seedream_desktop.library.library import Library, open_library
from seedream_desktop.library.values import Order, Picture, Query
from tests.library.conftest import Bench
from tests.library.index_contents import contents

NOVEMBER_MS = 1_795_000_000_000
REQUEST = GenerationRequest("seedream-5-0-lite", "a cat", None)


def filled(bench: Bench) -> Library:
    """Everything that a designer makes in a library, on two machines that share it."""
    library = bench.open()
    library.synchronise()
    acme, posters = library.create_board("Acme"), library.create_board("海报")
    inner = library.create_board("Round 2", acme.id)
    boards = (acme, posters, inner)
    pictures = [library.add(bench.new(number, boards[number % 3].id)) for number in range(12)]
    library.mark(
        [pictures[0].id, pictures[4].id], rating=5, title="Broadway", note="für Ämme", add_tags=["hero"]
    )
    library.mark([pictures[1].id], rejected=True, rating=2)
    library.mark([pictures[4].id], remove_tags=["hero"], add_tags=["海报"])
    library.hand_order.arrange(acme.id, [pictures[0].id], "")
    library.hand_order.rank(posters.id, acme.id)
    library.set_up_board(acme.id, {"client_safe": True, "budget": {"usd": 40.0, "per": "month"}})
    library.searches.save("Heroes", Query(text="tag:hero rating:>=4", order=Order.RATING))
    library.searches.save(
        "蓝", Query(text="蓝 3月", literal=("3月",), board_id=posters.id, hides_rejected=True)
    )
    library.presets.save("Web", ExportWish())
    library.recipe_presets.save("Look", Recipe(prompt="grain, {mood}", model="seedream-5-0-lite"))
    for number, billed in enumerate((Billed.YES, Billed.MAYBE, Billed.NO)):
        board_id = boards[number].id
        spend = Spend(f"job-{number}", NOVEMBER_MS, board_id, "m", 4, 4, 0, 0.035, "2026-11-01", billed)
        library.record_spend(spend)
    library.trash([pictures[5].id])
    _made_of_others(bench, library, pictures, acme.id)
    return library


def _made_of_others(bench: Bench, library: Library, pictures: list[Picture], board_id: str) -> None:
    """A reference and what came of it, one from elsewhere, a copy, and what another program saved over it."""
    content = bench.bytes_of(77)
    reference = library.add_reference(bench.source(content), bench.checked(content), "mood.png")
    request = replace(bench.new(0).made.request or REQUEST, references=(reference,))
    made_from = (reference.sha256, pictures[2].sha256)
    library.add(bench.new(20, board_id, request=request, made_from=made_from))
    foreign = bench.bytes_of(30)
    library.import_picture(bench.source(foreign), bench.checked(foreign), board_id)
    copy = library.working_copy(pictures[7].id)
    copy.path.write_bytes(bench.bytes_of(31))
    past_s = time.time() - 60  # what was written this moment may not be whole
    os.utime(copy.path, (past_s, past_s))
    library.synchronise()


def told(library: Library) -> dict[str, Any]:
    """All that the library says."""
    boards = library.boards()
    trashed = [replace(entry, picture=_anywhere(entry.picture)) for entry in library.trashed()]
    found: dict[str, Any] = {"boards": boards, "counts": library.counts(), "trash": trashed}
    for order in Order:
        pictures = library.pictures(library.ids(Query(order=order)))
        found[order.value] = [_anywhere(picture) for picture in pictures]
    for board in boards:
        ids = library.ids(Query(board_id=board.id, order=Order.BY_HAND))
        found[board.path] = (ids, library.board_settings(board.id), library.spent(board.id, "2026-11"))
        found[board.path] += tuple(library.record(picture_id) for picture_id in ids)
        found[f"relatives in {board.path}"] = [_relatives(library, one) for one in library.pictures(ids)]
        facts = library.arranging.facts(ids, is_by_date=True, is_stacked=True)
        found[f"stacks in {board.path}"] = facts
        asked = [library.record(one).made.request for one in ids]
        used = [one for request in asked if request is not None for one in request.references]
        found[f"references in {board.path}"] = [library.reference_path(one).read_bytes() for one in used]
    found["searches"] = library.searches.all()
    found["found"] = [library.ids(search.query) for search in library.searches.all()]
    found["search counts"] = library.searches.counts()
    found["presets"] = sorted(library.presets.all(), key=lambda preset: preset.name)
    found["recipe presets"] = library.recipe_presets.all()
    found["costs"] = (library.spent(None, "2026-11"), library.cost_table.rows(None))
    found["tags"] = library.known_tags()
    found["next"] = library.ids(Query(text="rating:>=2 -is:rejected"))
    return found


def _relatives(library: Library, picture: Picture) -> tuple[tuple[str, ...], ...]:
    found = library.relations.of(picture)
    groups = (*found.made_from, (), *found.led_to, (), found.press)
    return tuple(tuple(one.id for one in group) for group in groups)


def _anywhere(picture: Picture) -> Picture:
    return replace(picture, path=Path())


@pytest.mark.parametrize("copy", [shutil.copy2, shutil.copyfile], ids=["with times", "without times"])
def test_a_copied_folder_says_the_same_on_another_machine(bench: Bench, tmp_path: Path, copy: Any) -> None:
    here = filled(bench)
    before = told(here)
    new_root, new_index = tmp_path / "laptop" / "Seedream", tmp_path / "laptop data" / "index.sqlite3"
    shutil.copytree(bench.root, new_root, copy_function=copy)
    there = open_library(new_root, new_index, "laptop", settle_s=0.0)
    bench.opened.append(there)
    assert there.needs_rebuild
    there.synchronise()
    after = told(there)
    for name, said in before.items():
        assert (name, after[name]) == (name, said)
    assert there.id == here.id
    assert len(before["searches"]) == 2
    assert before["found"][0]
    assert before["costs"][0].billed_usd
    assert before["references in Acme"] == [bench.bytes_of(77)]
    assert any(any(groups) for groups in before["relatives in Acme"])


def test_what_is_done_there_comes_back_with_the_folder(bench: Bench, tmp_path: Path) -> None:
    filled(bench).close()
    there = open_library(bench.root, tmp_path / "laptop.sqlite3", "laptop", settle_s=0.0)
    there.synchronise()
    (search,) = (one for one in there.searches.all() if one.name == "Heroes")
    there.searches.rename(search.id, "Best")
    there.mark(there.ids(Query(text="tag:hero")), rating=4)
    said = told(there)
    there.close()
    here = bench.open()
    here.synchronise()
    assert told(here) == said
    assert contents(bench.index)["tags"] == contents(tmp_path / "laptop.sqlite3")["tags"]
