"""The command that is copied asks for byte for byte the same, in a real shell, and never holds the key."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedream_desktop.api.curl import ARGUMENT_BYTES, curl_command
from seedream_desktop.api.payload import body_of
from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.generation.request import GenerationRequest, OutputFormat
from tests.api.conftest import Serve, problem_from, reference_to, request_for
from tests.api.fault_server import FaultServer, answers

KEY = "sk-of-the-environment"
PROMPTS = {
    "plain": "a cat",
    "quotes": """it's "the 'best'" \\' cat\\""",
    "shell": "$COMETAPI_KEY `id` $(id) !! !x ~ * ? # ; & | > /dev/null \\n %s %d",
    "lines": "one\ntwo\r\n\tthree\x00\x1b[0m\u2028",
    "chinese": "一只戴围巾的猫：“窗边”",
    "dash": "-n --data @/etc/passwd",
    "long": "字" * ARGUMENT_BYTES,
}
SHELLS = [shell for shell in ("bash", "dash") if shutil.which(shell)]
needs_curl = pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")


def run(command: str, shell: str = "bash") -> str:
    environment = {"PATH": "/usr/bin:/bin", "COMETAPI_KEY": KEY, "no_proxy": "*"}
    done = subprocess.run([shell], input=command, env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


def bytes_of(request: GenerationRequest, reference: Path = Path("none")) -> bytes:
    return b"".join(body_of(request, lambda _: reference).chunks())


def received(server: FaultServer) -> bytes:
    (seen,) = server.requests
    assert b"Authorization: Bearer sk-of-the-environment" in seen.head
    assert seen.head.startswith(b"POST /v1/images/generations ")
    return seen.body


@needs_curl
@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("prompt", PROMPTS.values(), ids=PROMPTS)
def test_a_shell_sends_byte_for_byte_what_we_send(serve: Serve, prompt: str, shell: str) -> None:
    server = serve(answers({"data": []}))
    request = request_for(prompt, seed=7, output_format=OutputFormat.PNG, images_in_set=3)
    said = run(curl_command(server.base_url, request, lambda _: Path("none")), shell)
    assert json.loads(said) == {"data": []}
    assert received(server) == bytes_of(request)


@needs_curl
def test_references_are_read_from_their_files_however_large(serve: Serve, tmp_path: Path) -> None:
    picture = tmp_path / "it's a $HOME `shoe`\n猫.png"
    picture.write_bytes(bytes(range(256)) * 4000)
    server = serve(answers({"data": []}))
    request = request_for(PROMPTS["quotes"], references=(reference_to(picture), reference_to(picture)))
    run(curl_command(server.base_url, request, lambda _: picture))
    assert received(server) == bytes_of(request, picture)


def test_a_reference_that_is_gone_is_said(tmp_path: Path) -> None:
    picture = tmp_path / "shoe.png"
    picture.write_bytes(b"1")
    request = request_for(references=(reference_to(picture),))
    picture.unlink()
    problem = problem_from(lambda: curl_command("https://api.example/v1", request, lambda _: picture))
    assert problem.kind is ProblemKind.REFERENCE_GONE


@settings(max_examples=15)
@given(prompt=st.text(alphabet=st.sampled_from("'\"\\$`!\n ~*#-%s猫\u200f"), max_size=30))
def test_any_prompt_is_one_word_for_the_shell(prompt: str) -> None:
    request = request_for(prompt)
    command = curl_command("https://api.example/v1", request, lambda _: Path("none"))
    shown = run(f"curl() {{ for word; do printf '%s\\n' \"$word\"; done; }}\n{command}").split("\n")
    assert shown[2] == "https://api.example/v1/images/generations"
    assert shown[-2].encode() == bytes_of(request)
