"""Base64 in every dress, in pieces of every size, goes to files and leaves a small text."""

import base64
import itertools
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedream_desktop.api.spool import IncomingAnswer, PictureFile

PICTURE = os.urandom(200_001)
PLAIN = base64.b64encode(PICTURE).decode()
DRESSES = {
    "plain": PLAIN,
    "without padding": PLAIN.rstrip("="),
    "lines": base64.encodebytes(PICTURE).decode(),
    "windows lines": base64.encodebytes(PICTURE).decode().replace("\n", "\r\n"),
    "url-safe": base64.urlsafe_b64encode(PICTURE).decode(),
    "data uri": f"data:image/png;base64,{PLAIN}",
    "blanks around": f" \n{PLAIN} \n",
}
ESCAPES = {
    "none": json.dumps,
    "slashes": lambda text: json.dumps(text).replace("/", "\\/"),
    "plus and equals": lambda text: json.dumps(text).replace("+", "\\u002B").replace("=", "\\u003d"),
}


def incoming_in(folder: Path) -> IncomingAnswer:
    return IncomingAnswer(folder, 10**9, 10**6)


def feed(incoming: IncomingAnswer, body: bytes, piece_bytes: int) -> None:
    for start in range(0, len(body), piece_bytes):
        incoming.feed(body[start : start + piece_bytes])


@pytest.mark.parametrize("escape", ESCAPES.values(), ids=ESCAPES)
@pytest.mark.parametrize("dress", DRESSES.values(), ids=DRESSES)
@pytest.mark.parametrize("piece_bytes", [997, 65_536, 10**9])
def test_a_picture_is_decoded_as_it_comes(
    tmp_path: Path, dress: str, escape: object, piece_bytes: int
) -> None:
    incoming = incoming_in(tmp_path)
    body = f'{{"a": "\\\\", "data": [{{"b64_json": {escape(dress)}}}], "b": "\\""}}'  # type: ignore[operator]
    feed(incoming, body.encode(), piece_bytes)
    value = json.loads(incoming.text())
    assert (value["a"], value["b"]) == ("\\", '"')
    assert incoming.picture(value["data"][0]["b64_json"], "picture-0.bin")
    incoming.close()
    assert (tmp_path / "picture-0.bin").read_bytes() == PICTURE
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    "text", ["QUJD", "QUJ", "QU", "QUJDRA==", " Q\nU J D ", "data:image/png;base64,QUJD", "-_-_"]
)
def test_a_short_picture_is_decoded_too(tmp_path: Path, text: str) -> None:
    assert incoming_in(tmp_path).picture(text, "a")
    clean = text.rpartition(",")[2].replace("-", "+").replace("_", "/")
    assert (tmp_path / "a").read_bytes() == base64.b64decode(
        clean + "==="[: -len("".join(clean.split())) % 4]
    )


@pytest.mark.parametrize(
    "text", ["", "=", "A", "QUJD*", "QU=JD", "猫", "data:image/png;base64,", "data:", "QUJDR==x"]
)
def test_what_is_no_base64_leaves_no_file(tmp_path: Path, text: str) -> None:
    assert not incoming_in(tmp_path).picture(text, "a")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("damage", ["*", "=", "\\\\", "\\u732b", "{"])
def test_a_long_string_with_damage_is_no_picture(tmp_path: Path, damage: str) -> None:
    incoming = incoming_in(tmp_path)
    feed(incoming, f'["{PLAIN[:100_000]}{damage}{PLAIN[100_000:]}"]'.encode(), 4096)
    assert not incoming.picture(json.loads(incoming.text())[0], "a")
    incoming.close()
    assert not list(tmp_path.iterdir())


@settings(max_examples=50)
@given(
    content=st.binary(max_size=40),
    cuts=st.lists(st.integers(0, 80), max_size=8),
    prefix=st.sampled_from(["", "data:image/jpeg;base64,"]),
)
def test_cuts_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, cuts: list[int], prefix: str
) -> None:
    text = (prefix + base64.b64encode(content).decode()).encode()
    file = PictureFile(tmp_path_factory.mktemp("cut") / "a")
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    for start, end in itertools.pairwise(places):
        file.feed(text[start:end])
    assert file.finish() is bool(content)
    assert not content or file.path.read_bytes() == content


@settings(max_examples=60)
@given(value=st.recursive(st.text() | st.integers(), st.lists), piece_bytes=st.integers(1, 30))
def test_an_answer_without_pictures_stays_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, value: object, piece_bytes: int
) -> None:
    body = json.dumps(value).encode()
    incoming = incoming_in(tmp_path_factory.mktemp("plain"))
    feed(incoming, body, piece_bytes)
    assert incoming.text() == incoming.start() == body
    incoming.close()


@settings(max_examples=60)
@given(body=st.binary(), piece_bytes=st.integers(1, 30))
def test_any_bytes_are_taken(tmp_path_factory: pytest.TempPathFactory, body: bytes, piece_bytes: int) -> None:
    incoming = incoming_in(tmp_path_factory.mktemp("any"))
    feed(incoming, b'"' + body, piece_bytes)
    assert incoming.keep_raw().read_bytes() == b'"' + body
    incoming.close()


def test_many_escapes_take_no_time(tmp_path: Path) -> None:
    incoming = incoming_in(tmp_path)
    feed(incoming, b'["' + b"\\n" * 3_000_000 + b'"]', 65_536)
    assert not incoming.picture(json.loads(incoming.text())[0], "a")
    incoming.close()


def test_too_much_of_anything_is_noticed(tmp_path: Path) -> None:
    incoming = IncomingAnswer(tmp_path, 1000, 100)
    incoming.feed(b"1," * 40)
    assert not incoming.is_too_large
    incoming.feed(b"1," * 40)
    assert incoming.is_too_large
    incoming.close()
