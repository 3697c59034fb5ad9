"""Answers of every shape are read, or are a problem; never anything else."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedream_desktop.api.answer import Received, read_answer
from seedream_desktop.api.failures import Asked
from seedream_desktop.api.spool import IncomingAnswer
from seedream_desktop.generation.answer import Answer
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from tests.api.conftest import problem_from, request_for

NOW_S = 1_795_356_592.0
DAY_MS = 86_400_000
URL = "https://tos.example/a%2Fb.jpeg?X=%7e&Y=+"
RECEIVED = Received(Asked(request_for(), "h", ()), "id-1", NOW_S)


def read(folder: Path, body: Any) -> Answer:
    incoming = IncomingAnswer(folder, 10**9, 10**7)
    incoming.feed(body if isinstance(body, bytes) else json.dumps(body).encode())
    try:
        return read_answer(incoming, RECEIVED)
    finally:
        incoming.close()


def with_data(*items: Any, **more: Any) -> dict[str, Any]:
    return {"data": list(items), **more}


def test_a_link_is_kept_byte_for_byte(tmp_path: Path) -> None:
    assert read(tmp_path, with_data({"url": f" {URL}\n"})).pictures[0].url == URL


def test_partial_failures_are_pictures_of_their_own(tmp_path: Path) -> None:
    error = {"code": "OutputImageSensitiveContentDetected", "message": "filtered"}
    answer = read(tmp_path, with_data({"url": URL}, {"error": error}, {"url": URL}))
    assert [picture.index for picture in answer.pictures] == [0, 1, 2]
    assert answer.pictures[1].problem == Problem(ProblemKind.RESULT_REFUSED, Billed.NO, said="filtered")
    assert answer.pictures[2].url == URL


@pytest.mark.parametrize(("said", "kept"), [(2, 2), (0, 0), (100, 100), (101, None), (10**17, None)])
def test_a_count_that_no_answer_has_is_not_what_it_cost(tmp_path: Path, said: int, kept: int | None) -> None:
    answer = read(tmp_path, with_data({"url": URL}, usage={"generated_images": said}))
    assert answer.generated_images == kept


@pytest.mark.parametrize(("usage", "billed"), [({"generated_images": 0}, Billed.NO), ({}, Billed.YES)])
def test_nothing_at_all_is_billed_unless_the_server_counts_none(
    tmp_path: Path, usage: dict[str, int], billed: Billed
) -> None:
    problem = problem_from(lambda: read(tmp_path, with_data(usage=usage)))
    assert (problem.kind, problem.billed) == (ProblemKind.ANSWER_EMPTY, billed)


def test_a_picture_that_failed_is_not_billed(tmp_path: Path) -> None:
    body = with_data({"url": URL}, {"error": {"code": "InternalServiceError"}})
    problem = read(tmp_path, body).pictures[1].problem
    assert problem is not None
    assert (problem.kind, problem.billed) == (ProblemKind.SERVER_FAULT, Billed.NO)


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ({}, ProblemKind.ANSWER_EMPTY),
        ({"url": None, "b64_json": None}, ProblemKind.ANSWER_EMPTY),
        ({"url": "", "b64_json": ""}, ProblemKind.ANSWER_EMPTY),
        ({"url": "ftp://a.example/b"}, ProblemKind.ANSWER_UNREADABLE),
        ({"url": 5}, ProblemKind.ANSWER_UNREADABLE),
        (7, ProblemKind.ANSWER_UNREADABLE),
        (None, ProblemKind.ANSWER_UNREADABLE),
        ({"b64_json": "no base64!"}, ProblemKind.RESULT_DAMAGED),
        ({"b64_json": "no base64!" * 10_000}, ProblemKind.RESULT_DAMAGED),
    ],
)
def test_an_item_without_a_picture_was_paid_for(tmp_path: Path, item: Any, kind: ProblemKind) -> None:
    problem = read(tmp_path, with_data(item)).pictures[0].problem
    assert problem is not None
    assert (problem.kind, problem.billed, problem.request_id) == (kind, Billed.YES, "id-1")


@pytest.mark.parametrize(
    "item",
    [
        {"b64_json": "QUJD"},
        {"b64_json": "QUJD", "url": ""},
        {"b64_json": None, "url": "data:image/png;base64,QUJD"},
        "QUJD",
    ],
)
def test_an_inline_picture_goes_to_the_spool(tmp_path: Path, item: Any) -> None:
    picture = read(tmp_path, with_data(item)).pictures[0]
    assert (picture.spool_name, picture.url) == ("picture-0.bin", "")
    assert (tmp_path / "picture-0.bin").read_bytes() == b"ABC"


def test_a_long_data_uri_in_the_links_place_is_a_picture(tmp_path: Path) -> None:
    content = bytes(300_000)
    uri = "data:image/png;base64," + base64.b64encode(content).decode()
    assert read(tmp_path, with_data({"url": uri})).pictures[0].spool_name
    assert (tmp_path / "picture-0.bin").read_bytes() == content


def test_a_damaged_inline_picture_still_has_its_link(tmp_path: Path) -> None:
    assert read(tmp_path, with_data({"b64_json": "?", "url": URL})).pictures[0].url == URL


@pytest.mark.parametrize("data", [{"url": URL}, [URL]])
def test_looser_lists_are_understood(tmp_path: Path, data: Any) -> None:
    assert read(tmp_path, {"data": data}).pictures[0].url == URL


def test_an_error_inside_a_200_is_the_problem(tmp_path: Path) -> None:
    body = {"error": {"code": "InputTextSensitiveContentDetected", "message": "no"}}
    problem = problem_from(lambda: read(tmp_path, body))
    assert (problem.kind, problem.billed) == (ProblemKind.PROMPT_REFUSED, Billed.NO)


def test_an_unclear_error_inside_a_200_may_be_billed(tmp_path: Path) -> None:
    assert problem_from(lambda: read(tmp_path, {"data": [], "error": "hm"})).billed is Billed.MAYBE


def test_an_error_beside_pictures_is_kept_with_them(tmp_path: Path) -> None:
    answer = read(
        tmp_path, with_data({"url": URL}, error={"code": "InternalServiceError", "message": "rest"})
    )
    assert answer.pictures[0].url == URL
    assert answer.problem is not None


@pytest.mark.parametrize("said", ["2048x2048", "2048×2048", " 1x1 "])
def test_a_size_is_kept(tmp_path: Path, said: str) -> None:
    assert read(tmp_path, with_data({"url": URL, "size": said})).pictures[0].size_said == said.strip()


@pytest.mark.parametrize("said", ["2K", 5, None, "", "<b>", "1x1" * 50])
def test_what_is_no_size_is_not(tmp_path: Path, said: Any) -> None:
    assert read(tmp_path, with_data({"url": URL, "size": said})).pictures[0].size_said == ""


@pytest.mark.parametrize(
    ("raw", "whole"),
    [("123", 123), ('"123"', 123), ("123.0", 123), ("0", 0), ("1795356592000", 1795356592)]
    + [
        (text, None) for text in ("null", "-5", '"x"', "true", "1.5", "NaN", "1e999", "9" * 5000, "[]", '"²"')
    ],
)
def test_numbers_are_whole_or_nothing(tmp_path: Path, raw: str, whole: int | None) -> None:
    body = f'{{"data": ["{URL}"], "created": {raw}, "usage": {{"output_tokens": {raw}}}}}'
    answer = read(tmp_path, body.encode())
    assert answer.created == whole
    if raw != "1795356592000":
        assert answer.output_tokens == whole


@pytest.mark.parametrize("usage", [None, [], "x", 5, {}])
def test_usage_may_be_missing(tmp_path: Path, usage: Any) -> None:
    answer = read(tmp_path, with_data({"url": URL}, usage=usage))
    assert (answer.generated_images, answer.output_tokens, answer.total_tokens) == (None, None, None)


@pytest.mark.parametrize(
    ("url", "created", "expires_ms"),
    [
        (URL, NOW_S - 60, int(NOW_S - 60) * 1000 + DAY_MS),
        (URL, 32_503_680_000, int(NOW_S) * 1000 + DAY_MS),
        (URL, 0, int(NOW_S) * 1000 + DAY_MS),
        ("https://a.example/b?X-Tos-Date=20250910T015107Z&X-Tos-Expires=86400", 5, 1757555467000),
    ],
)
def test_a_link_has_an_end(tmp_path: Path, url: str, created: float, expires_ms: int) -> None:
    assert read(tmp_path, with_data({"url": url}, created=created)).pictures[0].expires_ms == expires_ms


def test_unknown_keys_are_kept(tmp_path: Path) -> None:
    body = with_data(
        {"url": URL, "z_index": 1}, tools=[1], usage={"input_images": 2}, model="m", odd="\ud800"
    )
    extra = json.loads(read(tmp_path, body).extra_json)
    assert extra == {
        "tools": [1],
        "odd": "\ud800",
        "usage": {"input_images": 2},
        "data": {"0": {"z_index": 1}},
    }


def test_nothing_unknown_is_nothing_kept(tmp_path: Path) -> None:
    assert read(tmp_path, with_data({"url": URL, "size": "1x1"}, model="m", created=1)).extra_json == ""


def test_unknown_keys_without_bounds_are_not(tmp_path: Path) -> None:
    assert read(tmp_path, with_data({"url": URL}, big=["x" * 1000] * 100)).extra_json == ""


def test_a_long_string_among_unknown_keys_does_not_lose_the_others(tmp_path: Path) -> None:
    extra = read(tmp_path, with_data({"url": URL}, long="x" * 100_000, tools=[1])).extra_json
    assert json.loads(extra) == {"long": "…", "tools": [1]}


def test_a_picture_in_both_forms_keeps_both_until_one_is_saved(tmp_path: Path) -> None:
    picture = read(tmp_path, with_data({"b64_json": "QUJD", "url": URL})).pictures[0]
    assert (picture.spool_name, picture.url) == ("picture-0.bin", URL)
    assert picture.expires_ms is not None


def test_a_byte_order_mark_and_half_a_pair_are_no_trouble(tmp_path: Path) -> None:
    body = b'\xef\xbb\xbf{"data": ["https://a.example/b"], "model": "m\\ud83d"}'
    answer = read(tmp_path, body)
    assert answer.model == "m?"
    answer.model.encode()


def test_more_pictures_than_asked_for_are_all_kept(tmp_path: Path) -> None:
    assert len(read(tmp_path, with_data(*[{"url": URL}] * 20)).pictures) == 20


def test_a_list_without_bounds_is_no_list_of_pictures(tmp_path: Path) -> None:
    assert problem_from(lambda: read(tmp_path, with_data(*[{}] * 500))).kind is ProblemKind.ANSWER_UNREADABLE


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(URL),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["data", "url", "b64_json", "error", "size", "usage", "created", "model", "x"]),
            inner,
        )
    ),
)


@settings(max_examples=60)
@given(json_values | st.dictionaries(st.sampled_from(["data", "error", "usage", "created"]), json_values))
def test_any_value_is_an_answer_or_a_problem(tmp_path_factory: pytest.TempPathFactory, value: Any) -> None:
    try:
        answer = read(tmp_path_factory.mktemp("any"), value)
    except ProblemError:
        return
    assert answer.pictures
    repr(answer).encode()
