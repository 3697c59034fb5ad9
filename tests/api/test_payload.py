"""The body: what was asked for, its references in their order, as long as it says beforehand."""

import base64
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedream_desktop.api.payload import CHUNK_BYTES, Body, FilePart, body_of
from seedream_desktop.generation.errors import Billed, ProblemError, ProblemKind
from seedream_desktop.generation.request import Reference
from tests.api.conftest import request_for

LINKS = st.from_regex(r"https://[a-z]{1,9}\.example/[!-~]{0,40}", fullmatch=True)
CONTENTS = st.binary(min_size=1, max_size=50) | st.sampled_from(
    [b"\xff" * (CHUNK_BYTES + more) for more in (-1, 0, 1, 2)]
)


def reference(
    number: int, url: str = "", media_type: str = "image/png", content: bytes = b"abc"
) -> Reference:
    sha256 = hashlib.sha256(content).hexdigest()
    return Reference(sha256, media_type, 20, 20, len(content), f"{number}.png", url)


def content_of(body: Body) -> bytes:
    content = b"".join(body.chunks())
    assert len(content) == body.size_bytes
    return content


@given(st.lists(LINKS | CONTENTS, min_size=1, max_size=14))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_files_and_links_come_in_their_order(tmp_path: Path, given_ones: list[str | bytes]) -> None:
    references, expected = [], []
    for number, one in enumerate(given_ones):
        if isinstance(one, str):
            references.append(reference(number, one))
            expected.append(one)
        else:
            references.append(reference(number, content=one))
            (tmp_path / references[-1].sha256).write_bytes(one)
            expected.append(f"data:image/png;base64,{base64.b64encode(one).decode()}")
    request = request_for(references=tuple(references))
    body = body_of(request, lambda one: tmp_path / one.sha256)
    assert json.loads(content_of(body))["image"] == expected
    assert content_of(body) == content_of(body)  # a retry streams it again


def test_no_reference_means_no_key() -> None:
    assert "image" not in json.loads(content_of(body_of(request_for(), lambda _: Path("none"))))


def test_the_format_is_spelled_in_lower_case(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"abc")
    request = request_for(references=(reference(1, media_type="image/PNG"),))
    assert b'"data:image/png;base64,YWJj"' in content_of(body_of(request, lambda _: tmp_path / "file"))


def test_a_link_needs_no_file() -> None:
    request = request_for(references=(reference(1, 'https://example.com/"\\?a=%2F&b=猫'),))
    body = body_of(request, lambda _: Path("none"))
    assert not any(isinstance(part, FilePart) for part in body.parts)
    assert json.loads(content_of(body))["image"] == ['https://example.com/"\\?a=%2F&b=猫']


def test_an_empty_file_is_no_reference(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ProblemError) as caught:
        body_of(request_for(references=(reference(1),)), lambda _: tmp_path / "file")
    assert caught.value.problem.kind is ProblemKind.REFERENCE_GONE


@pytest.mark.parametrize("size_bytes", [1, CHUNK_BYTES, 3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 1])
def test_no_body_is_complete_with_bytes_that_were_changed(tmp_path: Path, size_bytes: int) -> None:
    path, kept = tmp_path / "file", bytes(size_bytes)
    path.write_bytes(kept)
    body = body_of(request_for(references=(reference(1, content=kept),)), lambda _: path)
    path.write_bytes(b"\1" + kept[1:])
    sent: list[bytes] = []
    with pytest.raises(ProblemError) as caught:
        sent.extend(body.chunks())
    assert (caught.value.problem.kind, caught.value.problem.billed) == (
        ProblemKind.REFERENCE_GONE,
        Billed.NO,
    )
    assert caught.value.problem.subject == "1.png"
    assert not b"".join(sent).endswith(b"]}")
