"""A signed link is one opaque text from the answer over the journal to the request line."""

from dataclasses import replace
from pathlib import Path

import pytest

from seedream_desktop.generation.job import JobState
from seedream_desktop.journal import Journal
from tests.api.conftest import Asking, Serve, client_of, run
from tests.api.fault_server import answers
from tests.api.test_download import JPEG, PICTURE, VERBATIM
from tests.jobs import a_job

SHAPE = '{"data": [{"url": "LINK"}], "created": 1}'


@pytest.mark.parametrize("path", VERBATIM)
@pytest.mark.parametrize("is_escaped", [False, True])
def test_a_link_is_never_touched(
    serve: Serve, asking: Asking, tmp_path: Path, path: str, is_escaped: bool
) -> None:
    store = serve(answers(PICTURE, headers=JPEG))
    link = store.origin + path
    written = link.replace("\\", "\\\\")
    if is_escaped:  # as some servers write JSON
        written = written.replace("/", "\\/").replace("&", "\\u0026").replace("%", "\\u0025")
    server = serve(answers(SHAPE.replace("LINK", written).encode()))
    answer = asking.answer(server)
    assert answer.pictures[0].url == link

    journal = Journal(tmp_path / "journal.sqlite3")
    job = a_job()
    journal.add((job,))
    journal.store_answer(replace(job, state=JobState.ANSWERED), answer)
    kept = journal.answer(job.id)
    journal.close()
    assert kept is not None

    run(client_of(server).download(kept.pictures[0].url, tmp_path / "a", lambda _a, _b: None))
    expected = path if path.startswith("/") else f"/{path}"
    assert store.requests[0].request_line == f"GET {expected} HTTP/1.1".encode()
    assert store.requests[0].header("authorization") is None
    assert [seen.header("authorization") is None for seen in server.requests] == [False]
