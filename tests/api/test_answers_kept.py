"""An answer was paid for: whatever becomes of it, what came of it is used or kept."""

import asyncio
import base64
import errno
import json
import os
from pathlib import Path

import pytest

from seedream_desktop.api import exchange, spool
from seedream_desktop.generation.errors import Billed, ProblemKind
from seedream_desktop.generation.request import ResponseFormat
from tests.api.conftest import Asking, Serve, client_of, request_for, run
from tests.api.fault_server import Connection, answers, raw_answer

PICTURES = [os.urandom(150_000) for _ in range(3)]
SET = json.dumps({"data": [{"b64_json": base64.b64encode(one).decode()} for one in PICTURES]}).encode()
OF_THREE = request_for(images_in_set=3, response_format=ResponseFormat.B64_JSON)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_connection_that_breaks_in_the_second_picture_leaves_the_first(
    serve: Serve, asking: Asking
) -> None:
    cut = len(SET) // 2

    def breaks(connection: Connection) -> None:
        connection.read_request()
        connection.send(raw_answer(SET[:cut], headers={"Content-Length": str(len(SET))}))

    answer = asking.answer(serve(breaks), OF_THREE)
    assert [picture.spool_name for picture in answer.pictures] == ["picture-0.bin"]
    assert (answer.problem and answer.problem.kind, answer.rest_count) == (ProblemKind.CONNECTION_BROKE, 2)
    assert files(asking.spool) == {"picture-0.bin": PICTURES[0], "answer.raw": SET[:cut]}


def test_a_disk_that_fills_up_leaves_what_was_whole_by_then(
    serve: Serve, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(spool.PictureFile):
        def feed(self, text: bytes) -> None:
            if self.path.name.startswith("string-1"):
                raise OSError(errno.ENOSPC, "no space left")
            super().feed(text)

    monkeypatch.setattr(spool, "PictureFile", Full)
    answer = asking.answer(serve(answers(SET)), OF_THREE)
    assert len(answer.pictures) == 1
    assert (answer.problem and answer.problem.kind, answer.rest_count) == (ProblemKind.DISK_FULL, 2)


def test_what_came_is_kept_when_nobody_waits_any_more(
    serve: Serve, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = b'{"data": [{"url": "https://a.example/1"}, '
    feed = spool.IncomingAnswer.feed

    def pauses(connection: Connection) -> None:
        connection.read_request()
        connection.send(raw_answer(start, headers={"Content-Length": "500"}))
        connection.server.closing.wait(20)

    async def stop_in_the_middle() -> None:
        client = client_of(serve(pauses))
        generating = asyncio.ensure_future(
            client.generate(request_for(), "job-1", asking.spool, lambda _: None)
        )

        def feed_and_stop(incoming: spool.IncomingAnswer, chunk: bytes) -> None:
            feed(incoming, chunk)
            generating.cancel()

        monkeypatch.setattr(spool.IncomingAnswer, "feed", feed_and_stop)
        await asyncio.wait({generating})
        assert generating.cancelled()

    run(stop_in_the_middle())
    assert files(asking.spool) == {"answer.raw": start}


@pytest.mark.parametrize(
    ("body", "headers", "kind"),
    [
        (b"\x1f\x8b squeezed", {"Content-Encoding": "gzip"}, ProblemKind.ANSWER_UNREADABLE),
        (b'{"data": []}', {}, ProblemKind.ANSWER_EMPTY),
        (b'{"data": [], "error": {"code": "InternalServiceError"}}', {}, ProblemKind.SERVER_FAULT),
        (b'{"data": [{"b64_json": "?"}]}', {}, None),
    ],
    ids=["compressed", "empty", "maybe billed", "damaged"],
)
def test_what_may_have_been_paid_for_is_kept_raw(
    serve: Serve, asking: Asking, body: bytes, headers: dict[str, str], kind: ProblemKind | None
) -> None:
    server = serve(answers(body, headers=headers))
    if kind is None:
        asking.answer(server)
    else:
        assert asking.problem(server).kind is kind
    assert files(asking.spool) == {"answer.raw": body}


def test_a_refusal_that_cost_nothing_leaves_nothing(serve: Serve, asking: Asking) -> None:
    body = b'{"error": {"code": "InputTextSensitiveContentDetected"}}'
    assert asking.problem(serve(answers(body))).billed is Billed.NO
    assert files(asking.spool) == {}


def test_more_and_larger_pictures_than_asked_for_are_not_cut_off(serve: Serve, asking: Asking) -> None:
    large = base64.b64encode(bytes(33 * 2**20)).decode()
    body = json.dumps({"data": [{"b64_json": large}, {"b64_json": large}]}).encode()
    answer = asking.answer(serve(answers(body)))
    assert [picture.problem for picture in answer.pictures] == [None, None]
    assert {len(one) for one in files(asking.spool).values()} == {33 * 2**20}


def test_an_answer_that_is_too_large_is_kept_as_far_as_it_was_taken(
    serve: Serve, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "SKELETON_BYTES", 1000)
    body = json.dumps({"data": ["https://a.example/1"], "more": ["x"] * 1000}).encode()
    problem = asking.problem(serve(answers(body)))
    assert (problem.kind, problem.billed) == (ProblemKind.ANSWER_UNREADABLE, Billed.YES)
    assert body.startswith(files(asking.spool)["answer.raw"])
