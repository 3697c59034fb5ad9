"""A planted key, a planted link and a planted prompt appear nowhere but on the wire."""

import logging
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from seedream_desktop.api.client import Client
from seedream_desktop.generation.errors import ProblemError, ProblemKind
from tests.api.conftest import HASTY, Serve, problem_from, request_for, run
from tests.api.fault_server import FaultServer, Script, answers, drops, is_silent, raw_answer, resets, sends

KEY = "sk-planted-key-7f3a9c"
SIGNATURE = "planted-signature-51d2"
PROMPT = "planted prompt about a secret client"
ECHO = {"error": {"message": f"Bearer {KEY} is wrong for {KEY}", "code": KEY, "param": KEY}}
SCRIPTS = {
    "fine": answers({"data": [{"url": f"https://pictures.example/a?s={SIGNATURE}"}]}),
    "echo": answers(ECHO, 401),
    "echo in a 200": answers({"data": [{"error": ECHO["error"]}]}),
    "echo of a field": answers(ECHO, 400),
    "rate": answers(ECHO, 429),
    "fault": answers(KEY.encode(), 500),
    "moved": answers(b"", 307, {"Location": f"https://{KEY}@new.example/?{KEY}"}),
    "dropped": drops,
    "reset": resets,
    "silent": is_silent,
    "no http": sends(KEY.encode() + b"\r\n\r\n"),
    "page": answers(b"<html>" + KEY.encode(), headers={"Content-Type": "text/html"}),
    "broken": sends(raw_answer(b"{", headers={"Content-Length": "9"})),
    "unreadable": answers(b"{"),
}
BRIEF = replace(HASTY, read_s=0.1, list_s=0.1, download_read_s=0.1, download_tries=2)


def client_of(server: FaultServer) -> Client:
    return Client(server.base_url, lambda: KEY, lambda _: Path("none"), BRIEF)


def traces(error: BaseException | None) -> Iterator[str]:
    """Everything that a log or a report could take from an exception."""
    while error is not None:
        yield "".join(traceback.format_exception(error))
        yield repr(error)
        yield repr(vars(error))
        yield repr(getattr(error, "request", ""))
        error = error.__cause__ or error.__context__


def everything_said(work: Callable[[], object], caplog: pytest.LogCaptureFixture) -> str:
    with caplog.at_level(logging.DEBUG):
        try:
            said = [repr(work())]
        except ProblemError as error:
            said = list(traces(error))
    return "\n".join([*said, caplog.text])


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_neither_key_nor_prompt_is_left_behind_by_a_request(
    serve: Serve, tmp_path: Path, caplog: pytest.LogCaptureFixture, script: Script
) -> None:
    client = client_of(serve(script))
    reports: list[object] = []
    work = client.generate(request_for(PROMPT), "job", tmp_path, reports.append)
    said = everything_said(lambda: run(work), caplog) + repr(reports) + repr(client)
    assert KEY not in said
    assert PROMPT not in said


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_no_signature_is_left_behind_by_a_download(
    serve: Serve, tmp_path: Path, caplog: pytest.LogCaptureFixture, script: Script
) -> None:
    server = serve(script)
    link = f"{server.origin}/a.jpeg?X-Tos-Signature={SIGNATURE}"
    work = client_of(server).download(link, tmp_path / "a", lambda _a, _b: None)
    assert SIGNATURE not in everything_said(lambda: run(work), caplog)
    assert not any(KEY.encode() in seen.head for seen in server.requests)


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_no_key_is_left_behind_by_its_test(
    serve: Serve, caplog: pytest.LogCaptureFixture, script: Script
) -> None:
    work = client_of(serve(script)).test_key()
    assert KEY not in everything_said(lambda: run(work), caplog)


@pytest.mark.parametrize("spoilt", ["\n", "\r\nX-Evil: 1", " x", "\x00", "é", "钥", "\u200b", "\x7f"])
def test_a_spoilt_key_never_reaches_a_header(
    serve: Serve, tmp_path: Path, caplog: pytest.LogCaptureFixture, spoilt: str
) -> None:
    server = serve(answers({}))
    client = Client(server.base_url, lambda: KEY + spoilt, lambda _: tmp_path, BRIEF)
    for work in (client.generate(request_for(), "job", tmp_path, print), client.models(), client.balance()):
        assert KEY not in everything_said(lambda work=work: run(work), caplog)  # type: ignore[misc]
    assert problem_from(lambda: run(client.models())).kind is ProblemKind.KEY_MALFORMED
    assert server.connections == 0


def test_an_error_says_no_more_than_its_kind(serve: Serve, tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match=r"^key_refused$"):
        run(client_of(serve(SCRIPTS["echo"])).generate(request_for(), "job", tmp_path, lambda _: None))
