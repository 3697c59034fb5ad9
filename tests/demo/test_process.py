import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from seedream_desktop.demo.process import (
    DEMO_KEY,
    SOURCE_ROOT,
    DemoProblem,
    DemoProblemKind,
    DemoServer,
    child_environment,
)
from tests.demo_fixtures import PATIENCE_S, Demo

MODULE = [sys.executable, "-m", "seedream_desktop.demo"]
KEEPER = """
import sys
from seedream_desktop.demo.process import DemoServer
server = DemoServer.start()
print(server.process_id, flush=True)
sys.stdin.read()
"""


def listens(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def test_a_demo_answers_and_ends() -> None:
    with DemoServer.start() as server:
        assert server.base_url == f"http://127.0.0.1:{server.port}/v1"
        assert server.key == DEMO_KEY
        assert server.is_running
        assert listens(server.port)
    assert not server.is_running
    assert not listens(server.port)
    server.stop()


def test_a_delay_can_be_set_from_the_start() -> None:
    with DemoServer.start(delay_s=0.25, control=True) as server:
        demo = Demo(server)
        connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_S)
        wish = {"model": "doubao-seedream-3-0-t2i-250415", "prompt": "a cat", "size": "512x512"}
        connection.request(
            "POST", "/v1/images/generations", json.dumps(wish), {"Authorization": f"Bearer {server.key}"}
        )
        assert connection.getresponse().read()
        connection.close()
        (found,) = demo.requests()
        assert found["answered_at"] - found["received_at"] >= 0.25


def test_a_port_in_use_is_said() -> None:
    with DemoServer.start() as server, pytest.raises(DemoProblem) as problem:
        DemoServer.start(port=server.port)
    assert (problem.value.kind, problem.value.port) == (DemoProblemKind.PORT_IN_USE, server.port)


def test_a_port_that_cannot_be_is_said() -> None:
    with pytest.raises(DemoProblem) as problem:
        DemoServer.start(port=70_000)
    assert problem.value.kind is DemoProblemKind.PORT_DENIED


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ([sys.executable, "-c", "import sys; sys.stdin.read()"], DemoProblemKind.TIMED_OUT),
        ([sys.executable, "-c", "print('hello')"], DemoProblemKind.NOT_STARTED),
        ([sys.executable, "-c", "print('[]')"], DemoProblemKind.NOT_STARTED),
        ([sys.executable, "-c", 'print(\'{"error": "new"}\')'], DemoProblemKind.NOT_STARTED),
        ([sys.executable, "-c", ""], DemoProblemKind.NOT_STARTED),
        (["/nonexistent/python"], DemoProblemKind.NOT_STARTED),
    ],
)
def test_a_demo_that_does_not_start_is_said(command: list[str], kind: DemoProblemKind) -> None:
    with pytest.raises(DemoProblem) as problem:
        DemoServer.start(command, timeout_s=0.5 if kind is DemoProblemKind.TIMED_OUT else PATIENCE_S)
    assert problem.value.kind is kind


def test_no_key_reaches_the_demo() -> None:
    environment = child_environment({"COMETAPI_KEY": "sk-real", "PATH": "/bin", "PYTHONPATH": "/a"})
    assert environment == {"PATH": "/bin", "PYTHONPATH": f"{SOURCE_ROOT}{os.pathsep}/a"}


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs pidfd_open")
def test_the_demo_ends_with_its_killed_parent() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", KEEPER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=SOURCE_ROOT
    )
    assert parent.stdout is not None
    assert parent.stdin is not None
    child = os.pidfd_open(int(parent.stdout.readline()))
    parent.kill()
    parent.communicate()
    assert wait_for_end(child)


def wait_for_end(child: int) -> bool:
    """Whether a process ends within some seconds."""
    ended, _, _ = select.select([child], [], [], PATIENCE_S)
    os.close(child)
    return bool(ended)


def test_the_command_says_in_one_line_that_it_is_ready() -> None:
    with subprocess.Popen(
        [*MODULE, "--port", "0", "--until-stdin-closes"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=SOURCE_ROOT,
    ) as child:
        assert child.stdout is not None
        ready = json.loads(child.stdout.readline())
        assert ready == {"port": ready["port"], "base_url": f"http://127.0.0.1:{ready['port']}/v1"}
        rest, errors = child.communicate(timeout=PATIENCE_S)
    assert (child.returncode, rest, errors) == (0, b"", b"")


def test_the_command_says_plainly_what_it_cannot_have() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = subprocess.run(
            [*MODULE, "--port", str(port)], capture_output=True, text=True, cwd=SOURCE_ROOT, check=False
        )
    assert run.returncode == 2
    assert json.loads(run.stdout) == {"error": "port_in_use", "port": port}
    assert str(port) in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGINT")
def test_the_command_ends_quietly_on_control_c(control_c_is_heard: None) -> None:
    with subprocess.Popen(MODULE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=SOURCE_ROOT) as child:
        assert child.stdout is not None
        child.stdout.readline()
        child.send_signal(signal.SIGINT)
        try:
            assert child.communicate(timeout=PATIENCE_S) == (b"", b"")
        finally:
            child.kill()
    assert child.returncode == 0


@pytest.fixture
def control_c_is_heard() -> Iterator[None]:
    """Tests that run in the background of a shell ignore it, and so would what they start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("wish", [["--delay", "-1"], ["--delay", "nan"], ["--port", "x"], ["--other"]])
def test_the_command_refuses_what_it_does_not_understand(wish: list[str]) -> None:
    run = subprocess.run([*MODULE, *wish], capture_output=True, cwd=SOURCE_ROOT, check=False)
    assert run.returncode == 2
    assert b"usage:" in run.stderr


def test_the_server_is_ready_before_pillow_is_loaded() -> None:
    code = "import sys, seedream_desktop.demo.__main__; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=SOURCE_ROOT, check=False).returncode == 0


def test_the_source_root_holds_the_package() -> None:
    assert Path(SOURCE_ROOT, "seedream_desktop", "demo", "__main__.py").is_file()
