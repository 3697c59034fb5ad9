"""The list of models, the balance, and what testing a key shows."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedream_desktop.api.account import Balance, KeyTest, balance_of, model_ids
from seedream_desktop.generation.errors import ProblemKind
from tests.api.conftest import KEY, Serve, client_of, problem_from, run
from tests.api.fault_server import Connection, Script, raw_answer

MODELS = b'{"object": "list", "data": [{"id": "a"}, {"id": "b"}, {"id": "a"}, {"x": 1}, "c"]}'
LIMIT = b'{"hard_limit_usd": 20.0}'
USED = b'{"total_usage": 123.45}'
NO = b'{"error": {"message": "invalid token", "code": ""}}'
PAGE = b"<html>welcome</html>"
Answers = Mapping[str, tuple[int, bytes]]


def account(**changed: tuple[int, bytes]) -> Script:
    """A server with the three read-only calls."""
    known: dict[str, tuple[int, bytes]] = {
        "/v1/models": (200, MODELS),
        "/v1/dashboard/billing/subscription": (200, LIMIT),
        "/v1/dashboard/billing/usage": (200, USED),
    }
    known |= {path: answer for path in known for name, answer in changed.items() if path.endswith(name)}

    def script(connection: Connection) -> None:
        path = connection.read_request().request_line.split()[1].decode()
        status, body = known[path]
        connection.send(raw_answer(body, status))

    return script


def test_the_models_are_listed_each_once(serve: Serve) -> None:
    server = serve(account())
    assert run(client_of(server).models()) == ("a", "b", "c")
    assert server.requests[0].request_line == b"GET /v1/models HTTP/1.1"
    assert server.requests[0].header("authorization") == f"Bearer {KEY}"


def test_the_balance_is_in_dollars(serve: Serve) -> None:
    balance = run(client_of(serve(account())).balance())
    assert balance == Balance(limit_usd=20.0, used_usd=1.2345)
    assert balance.left_usd == pytest.approx(18.7655)


def test_a_limit_of_a_hundred_million_is_none() -> None:
    balance = balance_of({"hard_limit_usd": 1e8}, {"total_usage": 5})
    assert balance == Balance(None, 0.05, is_unlimited=True)
    assert balance.left_usd is None


def test_a_limit_that_is_not_said_is_not_taken_for_none() -> None:
    assert balance_of({}, {"total_usage": 5}) == Balance(None, 0.05, is_unlimited=False)
    assert balance_of({"hard_limit_usd": 20}, {}) == Balance(20.0, None)


def test_a_right_key_is_proved_by_its_balance(serve: Serve) -> None:
    shown = run(client_of(serve(account())).test_key())
    assert shown == KeyTest(address_is_right=True, key_is_right=True, balance=Balance(20.0, 1.2345))


@pytest.mark.parametrize("models", [(200, MODELS), (401, NO), (403, NO), (429, NO)])
def test_a_wrong_key_is_not_the_addresss_fault(serve: Serve, models: tuple[int, bytes]) -> None:
    shown = run(client_of(serve(account(models=models, subscription=(401, NO)))).test_key())
    assert (shown.address_is_right, shown.key_is_right) == (True, False)
    assert shown.problem is not None
    assert shown.problem.said == "invalid token"


@pytest.mark.parametrize("billing", [(404, NO), (500, b""), (200, PAGE), (200, b"{}"), (403, NO)])
def test_without_a_billing_call_nobody_knows(serve: Serve, billing: tuple[int, bytes]) -> None:
    server = serve(account(subscription=billing, usage=billing))
    shown = run(client_of(server).test_key())
    assert (shown.address_is_right, shown.key_is_right) == (True, None)


@pytest.mark.parametrize("models", [(200, PAGE), (404, PAGE), (404, NO), (200, b'{"data": 5}'), (500, b"")])
def test_a_wrong_address_is_told_from_a_wrong_key(serve: Serve, models: tuple[int, bytes]) -> None:
    server = serve(account(models=models))
    shown = run(client_of(server).test_key())
    assert (shown.address_is_right, shown.key_is_right) == (False, None)
    assert len(server.requests) == 1


def test_an_unreachable_address_is_not_tried_for_long(serve: Serve) -> None:
    server = serve(account())
    server.__exit__()
    shown = run(client_of(server).test_key())
    assert shown.problem is not None
    assert shown.problem.kind is ProblemKind.UNREACHABLE


def test_an_endless_list_is_refused(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seedream_desktop.api.exchange.LIST_BYTES", 10)
    problem = problem_from(lambda: run(client_of(serve(account())).models()))
    assert problem.kind is ProblemKind.NOT_THE_API


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.sampled_from(["data", "id", "hard_limit_usd", "total_usage"]), inner)
    ),
)


@settings(max_examples=60)
@given(json_values, json_values)
def test_any_value_is_read_or_not(first: object, second: object) -> None:
    balance_of(first, second)
    for name in model_ids(first) or ():
        name.encode()
