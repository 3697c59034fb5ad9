"""The index finds what looks alike, and knows the colours, wherever the pictures go."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from PIL import Image

from seedream_desktop.demo.painting.picture import PictureWish, paint
from seedream_desktop.generation.errors import ProblemError, ProblemKind
from seedream_desktop.imaging import fingerprint as prints
from seedream_desktop.imaging import twins
from seedream_desktop.library import likeness
from seedream_desktop.library.index_schema import SCHEMA
from seedream_desktop.library.library import Library
from seedream_desktop.library.values import Order, Query
from tests.library.conftest import Bench

BLUE, RED = prints.COLOURS.index("blue"), prints.COLOURS.index("red")


def a_fingerprint(seed: int, *colours: int) -> bytes:
    chance = random.Random(seed)
    shares = bytes(50 if number in colours else 0 for number in range(len(prints.COLOURS)))
    return chance.randbytes(prints.SHAPE_BYTES) + chance.randbytes(prints.DETAIL_BYTES) + shares


def changed(value: bytes, bits: int) -> bytes:
    """The same but for so many bits of its shape."""
    whole = int.from_bytes(value)
    for number in range(bits):
        whole ^= 1 << (len(value) * 8 - 1 - number * 5)
    return whole.to_bytes(len(value))


@pytest.fixture
def library(bench: Bench) -> Library:
    return bench.open()


def ids(library: Library, **asked: object) -> tuple[str, ...]:
    return library.ids(Query(**asked))  # type: ignore[arg-type]


def test_what_looks_alike_is_found_nearest_first(bench: Bench, library: Library) -> None:
    pictures = [library.add(bench.new(number)) for number in range(3)]
    values = [a_fingerprint(1), changed(a_fingerprint(1), 20), a_fingerprint(2)]
    library.likeness.keep({one.sha256: value.hex() for one, value in zip(pictures, values, strict=True)})
    found = ids(library, like=values[1].hex(), order=Order.LIKENESS)
    assert set(found) == {pictures[0].id, pictures[1].id}


def test_what_is_no_fingerprint_finds_nothing(library: Library) -> None:
    assert ids(library, like="screenshot.png") == ()
    library.likeness.keep({"ab" * 32: "not one"})
    assert library.likeness.fingerprint("ab" * 32) == ""


def test_a_colour_is_a_question(bench: Bench, library: Library) -> None:
    blue, red = (library.add(bench.new(number)) for number in range(2))
    library.likeness.keep(
        {blue.sha256: a_fingerprint(1, BLUE).hex(), red.sha256: a_fingerprint(2, RED).hex()}
    )
    assert ids(library, text="colour:blue") == (blue.id,)
    library.likeness.keep({blue.sha256: a_fingerprint(1, RED, BLUE).hex()})
    assert set(ids(library, text="colour:red")) == {blue.id, red.id}


def test_fingerprints_and_colours_stay_with_a_picture_that_moves(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    value = a_fingerprint(1, BLUE)
    library.likeness.keep({picture.sha256: value.hex()})
    (moved,) = library.move([picture.id], library.create_board("Elsewhere").id)
    assert library.likeness.fingerprint(picture.sha256) == value.hex()
    assert ids(library, text="colour:blue") == (moved.id,)
    assert library.likeness.unknown() == b""


def test_what_is_known_before_its_picture_comes_is_not_lost(bench: Bench, library: Library) -> None:
    new = bench.new(1)
    library.likeness.keep({new.made.sha256: a_fingerprint(1, BLUE).hex()})
    picture = library.add(new)
    assert ids(library, text="colour:blue") == (picture.id,)


def test_what_is_not_known_is_listed_as_the_gallery_shows_it(bench: Bench, library: Library) -> None:
    pictures = [library.add(bench.new(number)) for number in range(3)]
    library.likeness.keep({pictures[1].sha256: a_fingerprint(1).hex()})
    assert library.likeness.unknown().hex() == pictures[2].sha256 + pictures[0].sha256


def test_the_picture_of_some_bytes_is_one_that_is_still_there(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    assert library.likeness.picture_of(picture.sha256) == picture.id
    library.trash([picture.id])
    assert library.likeness.picture_of(picture.sha256) == ""


def test_nothing_is_left_of_pictures_that_are_gone(bench: Bench, library: Library) -> None:
    picture = library.add(bench.new(1))
    library.likeness.keep({picture.sha256: a_fingerprint(1).hex()})
    (entry,) = library.trash([picture.id])
    library.likeness.forget_unused()
    assert library.likeness.fingerprint(picture.sha256)
    library.purge([entry.id])
    library.likeness.forget_unused()
    assert library.likeness.fingerprint(picture.sha256) == ""


@pytest.fixture
def many() -> Iterator[sqlite3.Connection]:
    """An index that is known of 100,000 pictures."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(SCHEMA)
        columns = [row[1] for row in connection.execute("PRAGMA table_info(pictures)")]
        put = f"INSERT INTO pictures({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        connection.execute("BEGIN")
        for number in range(100_000):
            named = {"pk": number + 1, "id": f"{number}", "sha256": f"{number:064x}"}
            connection.execute(put, [named.get(column, 0) for column in columns])
            likeness._put_each(connection, [(f"{number:064x}", a_fingerprint(number))])
        connection.execute("COMMIT")
        yield connection


@pytest.mark.endurance
def test_a_picture_is_found_among_100_000_in_half_a_second(
    many: sqlite3.Connection, say_figures: Callable[[str], None]
) -> None:
    times = []
    for number in range(0, 100_000, 10_000):
        like = changed(a_fingerprint(number), 60).hex()
        started_s = time.process_time()
        found = likeness.ranked(many, like)
        times.append(time.process_time() - started_s)
        assert found[0][0] == number + 1
    say_figures(f"a picture among 100,000: {1000 * max(times):.0f} ms of the processor at most")
    assert max(times) < 0.5


MOTIFS = ("mountain mist", "paper poster", "sea at dusk", "still life vase")
ORIGINALS, RIVALS = 100, 8_000  # rivals are parts of them, turned; the rest of 100,000 are nobody's


def part_of(image: Image.Image, chance: random.Random) -> Image.Image:
    side = round(image.width * chance.uniform(0.45, 0.7))
    left, top = (chance.randrange(image.width - side) for _ in range(2))
    return image.crop((left, top, left + side, top + side)).transpose(Image.Transpose(chance.randrange(7)))


def screenshot_of(image: Image.Image, chance: random.Random) -> Image.Image:
    """Cut off by 5 %, made smaller, and compressed."""
    left, top = (chance.uniform(0, 0.05) * image.width for _ in range(2))
    cut = image.crop(
        (round(left), round(top), round(left + 0.95 * image.width), round(top + 0.95 * image.height))
    )
    side, file = round(image.width * chance.uniform(0.4, 0.9)), BytesIO()
    cut.resize((side, side)).save(file, "JPEG", quality=chance.randint(40, 75))
    return Image.open(file).convert("RGB")


@pytest.mark.endurance
def test_99_of_100_screenshots_find_their_originals_among_100_000(
    many: sqlite3.Connection, say_figures: Callable[[str], None]
) -> None:
    chance = random.Random(5)
    images = [paint(PictureWish(MOTIFS[seed % 4], (256, 256), seed)) for seed in range(ORIGINALS)]
    rivals = (part_of(chance.choice(images), chance) for _ in range(RIVALS))
    many.execute("BEGIN")
    for number, image in enumerate(itertools.chain(images, rivals)):
        likeness._put_each(many, [(f"{number:064x}", prints.fingerprint_of(image))])
    many.execute("COMMIT")
    right, said, wrong = 0, 0, 0
    for number, image in enumerate(images):
        like = prints.fingerprint_of(screenshot_of(image, chance))
        near = likeness.ranked(many, like.hex())
        right += near[0][0] == number + 1
        nearest = likeness.nearest_of(many, near)
        said += nearest is not None and nearest.is_same
        others = likeness.nearest_of(many, [one for one in near if one[0] != number + 1])
        wrong += others is not None and others.is_same
    say_figures(
        f"{right} of {ORIGINALS} right, {said} of them said to be the one; {wrong} wrongly without it"
    )
    assert right >= 99
    assert said >= 85
    assert wrong <= 2


def test_pictures_that_are_there_twice_stand_beside_the_first_of_them(bench: Bench, library: Library) -> None:
    board = library.create_board("Elsewhere")
    pictures = [library.add(bench.new(number)) for number in range(4)]
    copy = library.import_picture(pictures[3].path, bench.checked(bench.bytes_of(3)), board.id)
    near, other = a_fingerprint(1), a_fingerprint(2)
    values = [near, other, changed(near, 10), a_fingerprint(3)]
    library.likeness.keep({one.sha256: value.hex() for one, value in zip(pictures, values, strict=True)})
    assert set(ids(library, text="is:duplicate")) == {copy.id, pictures[3].id}
    assert library.likeness.find_duplicates(bench_twins(bench))
    for order in (Order.NEWEST, Order.OLDEST, Order.RATING, Order.NAME):
        found = ids(library, text="is:duplicate", order=order)
        halves = {frozenset(found[:2]), frozenset(found[2:])}
        assert halves == {frozenset({copy.id, pictures[3].id}), frozenset({pictures[0].id, pictures[2].id})}
    assert ids(library, text="-is:duplicate") == (pictures[1].id,)
    assert ids(library, text="is:duplicate", board_id=board.id) == (copy.id,)
    library.trash([pictures[0].id, copy.id])
    assert ids(library, text="is:duplicate") == ()


def test_only_what_came_since_is_compared(bench: Bench, library: Library) -> None:
    asked = []

    def pairs(shapes: bytes, new_count: int) -> tuple[int, ...]:
        asked.append((len(shapes) // prints.SHAPE_BYTES, new_count))
        return bench_twins(bench)(shapes, new_count)

    pictures = [library.add(bench.new(number)) for number in range(3)]
    keep = [a_fingerprint(1), changed(a_fingerprint(1), 5), changed(a_fingerprint(1), 9)]
    for count, (picture, value) in enumerate(zip(pictures, keep, strict=True)):
        library.likeness.keep({picture.sha256: value.hex()})
        assert library.likeness.find_duplicates(pairs) == (count > 0)
    assert not library.likeness.find_duplicates(pairs)
    assert asked == [(1, 1), (2, 1), (3, 1)]
    assert len(ids(library, text="is:duplicate")) == 3


def test_what_takes_the_place_of_one_that_went_is_compared(bench: Bench, library: Library) -> None:
    first, gone = (library.add(bench.new(number)) for number in range(2))
    library.likeness.keep({first.sha256: a_fingerprint(1).hex(), gone.sha256: a_fingerprint(2).hex()})
    library.likeness.find_duplicates(bench_twins(bench))
    (entry,) = library.trash([gone.id])
    library.purge([entry.id])
    library.likeness.forget_unused()
    copy = library.add(bench.new(2))
    library.likeness.keep({copy.sha256: changed(a_fingerprint(1), 5).hex()})
    assert library.likeness.find_duplicates(bench_twins(bench))
    assert set(ids(library, text="is:duplicate")) == {first.id, copy.id}


def bench_twins(bench: Bench) -> Callable[[bytes, int], tuple[int, ...]]:
    def pairs(shapes: bytes, new_count: int) -> tuple[int, ...]:
        path = bench.folder / "shapes"
        path.write_bytes(shapes)
        return twins.twins_in(path, new_count).places

    return pairs


def detailed(seed: int, shift: int = 0) -> str:
    """A fingerprint whose tiny copy is ``shift`` levels away from that of another."""
    value = a_fingerprint(seed)
    detail = bytes(min(255, level // 2 + shift) for level in prints.detail_of(value))
    return (prints.shape_of(value) + detail + prints.shares_of(value)).hex()


@pytest.mark.parametrize(
    ("others", "is_same"),
    [((2,), True), ((5, 9), True), ((8,), False), ((4, 5), False), ((1, 1), False), ((), None)],
    ids=["alone", "far_ahead", "too_far", "two_rivals", "two_as_near", "nothing"],
)
def test_an_original_is_told_from_what_only_looks_like_it(
    bench: Bench, library: Library, others: tuple[int, ...], is_same: bool | None
) -> None:
    pictures = [library.add(bench.new(number)) for number in range(len(others))]
    kept = {one.sha256: detailed(1, shift) for one, shift in zip(pictures, others, strict=True)}
    library.likeness.keep(kept)
    nearest = library.lookup.nearest(detailed(1))
    assert (nearest.is_same if nearest else None) == is_same
    assert nearest is None or nearest.id in {one.id for one in pictures}
    assert nearest is None or not is_same or nearest.id == pictures[0].id


def test_an_original_in_the_trash_is_found_there_unless_a_copy_is_not(bench: Bench, library: Library) -> None:
    one, other = (library.add(bench.new(number)) for number in range(2))
    library.likeness.keep({one.sha256: detailed(1)})
    library.trash([one.id])
    nearest = library.lookup.nearest(detailed(1))
    assert nearest is not None
    assert nearest.is_trashed
    assert nearest.copies == 0
    library.likeness.keep({other.sha256: detailed(1)})
    library.likeness.find_duplicates(bench_twins(bench))
    nearest = library.lookup.nearest(detailed(1))
    assert nearest is not None
    assert (nearest.id, nearest.is_trashed, nearest.is_same, nearest.copies) == (other.id, False, True, 1)


def test_what_differs_in_detail_is_no_twin(bench: Bench, library: Library) -> None:
    pictures = [library.add(bench.new(number)) for number in range(2)]
    shape, shares = a_fingerprint(1)[: prints.SHAPE_BYTES], bytes(len(prints.COLOURS))
    for number, picture in enumerate(pictures):
        detail = bytes([number * 20] * prints.DETAIL_BYTES)
        library.likeness.keep({picture.sha256: (shape + detail + shares).hex()})
    assert not library.likeness.find_duplicates(bench_twins(bench))
    assert ids(library, text="is:duplicate") == ()


def test_a_picture_that_was_replaced_outside_is_not_as_known_until_it_was_taken_in(
    bench: Bench, library: Library
) -> None:
    picture = library.add(bench.new(1))
    assert library.likeness.is_as_known(picture.id)
    picture.path.unlink()
    picture.path.write_bytes(bench.bytes_of(2))
    os.utime(picture.path, ns=(1, 1))
    assert not library.likeness.is_as_known(picture.id)
    library.synchronise()
    assert library.likeness.is_as_known(picture.id)
    picture.path.unlink()
    assert not library.likeness.is_as_known(picture.id)
    bench.root.rename(bench.folder / "away")
    with pytest.raises(ProblemError) as error:
        library.likeness.is_as_known(picture.id)
    assert error.value.problem.kind is ProblemKind.LIBRARY_AWAY
