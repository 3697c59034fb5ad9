"""Pictures that were made smaller and recompressed are found among many; others are not."""

import random
from io import BytesIO
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from seedream_desktop.demo.painting.picture import PictureWish, paint
from seedream_desktop.imaging import fingerprint, twins

COUNT = 40


def pairs_in(folder: Path, shapes: list[bytes], new_count: int | None = None) -> set[tuple[int, int]]:
    path = folder / "shapes"
    path.write_bytes(b"".join(shapes))
    places = twins.twins_in(path, len(shapes) if new_count is None else new_count).places
    return set(zip(places[::2], places[1::2], strict=True))


def shape(image: Image.Image) -> bytes:
    return fingerprint.shape_of(fingerprint.fingerprint_of(image))


def smaller(image: Image.Image, quality: int) -> Image.Image:
    file = BytesIO()
    image.resize((150, 150)).save(file, "JPEG", quality=quality)
    return Image.open(file).convert("RGB")


def test_every_copy_finds_its_original_among_others_of_the_same_motif(tmp_path: Path) -> None:
    images = [paint(PictureWish("sea at dusk", (192, 192), seed)) for seed in range(COUNT)]
    copies = [smaller(image, 60) for image in images]
    found = pairs_in(tmp_path, [shape(image) for image in (*images, *copies)])
    assert {(number, number + COUNT) for number in range(COUNT)} <= found


@given(st.integers(0, 1 << 30))
def test_what_has_nothing_in_common_makes_no_pair(tmp_path_factory: object, seed: int) -> None:
    chance = random.Random(seed)
    folder = tmp_path_factory.mktemp("twins")  # type: ignore[attr-defined]
    assert not pairs_in(folder, [chance.randbytes(fingerprint.SHAPE_BYTES) for _ in range(60)])


def test_a_crowd_of_one_sort_is_gone_through_in_bounded_time(tmp_path: Path) -> None:
    plain = bytes(fingerprint.EDGE_BYTES)
    shapes = [plain + random.Random(number).randbytes(42) for number in range(2000)]
    assert not pairs_in(tmp_path, shapes)


def test_new_ones_find_what_all_together_would_find_of_them(tmp_path: Path) -> None:
    images = [paint(PictureWish("paper poster", (192, 192), seed)) for seed in range(30)]
    shapes = [shape(image) for image in images] + [shape(smaller(image, 60)) for image in images]
    whole = pairs_in(tmp_path, shapes)
    few = pairs_in(tmp_path, shapes, twins.FEW)
    assert {pair for pair in whole if pair[1] >= len(shapes) - twins.FEW} <= few
    assert all(other >= len(shapes) - twins.FEW for _, other in few)
    assert pairs_in(tmp_path, shapes, twins.FEW + 1) >= {pair for pair in whole if pair[1] > 60 - twins.FEW}
    assert not pairs_in(tmp_path, shapes, 0)
