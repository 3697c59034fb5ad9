"""The control endpoint for tests, `/control/...`, there only when the server was started with `--control`.

POST   /control/faults    one fault or a list of them (see `faults.py`)    DELETE switches all off
GET    /control/requests  what arrived (see `exchanges.py`)
POST   /control/delay     {"seconds": 1.5}: how long a generation takes at least
POST   /control/lag       {"seconds": 60}: how long a charge takes until the billing calls show it
POST   /control/clock     {"advance_s": 86400}: moves the clock of the signed links and of the bill
POST   /control/reset     faults off, requests forgotten, delay, lag and clock as at the start
"""

import json
from collections.abc import Callable
from typing import Any

from seedream_desktop.demo.exchanges import ExchangeLog
from seedream_desktop.demo.faults import FaultQueue, parse_fault
from seedream_desktop.demo.refusal import Refusal, json_response
from seedream_desktop.demo.service import Service
from seedream_desktop.demo.wire import Head, Response

CONTROL_ROOT = "/control/"


class ShiftedClock:
    """Seconds since the epoch, as moved by a test."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self.ahead_s = 0.0

    def __call__(self) -> float:
        """The time now."""
        return self._now() + self.ahead_s


class Control:
    """Carries out control calls."""

    def __init__(self, service: Service, faults: FaultQueue, log: ExchangeLog, clock: ShiftedClock) -> None:
        self._service = service
        self._faults = faults
        self._log = log
        self._clock = clock
        self._first_delay_s = service.delay_s

    def answer(self, head: Head, body: bytes) -> Response:
        """The answer to a control call; a call that is not understood is refused with the reason."""
        try:
            return self._carry_out(head.method, head.path.removeprefix(CONTROL_ROOT), body)
        except (ValueError, TypeError, KeyError) as error:
            return Refusal(400, f"control: {error}").response()

    def _carry_out(self, method: str, name: str, body: bytes) -> Response:
        match method, name:
            case "GET", "requests":
                return json_response(self._log.to_json())
            case "POST", "faults":
                self._set_faults(json.loads(body))
            case "DELETE", "faults":
                self._faults.clear()
            case "POST", "delay":
                self._service.delay_s = float(json.loads(body)["seconds"])
            case "POST", "lag":
                self._service.account.lag_s = float(json.loads(body)["seconds"])
            case "POST", "clock":
                self._clock.ahead_s += float(json.loads(body)["advance_s"])
            case "POST", "reset":
                self._reset()
            case _:
                return Refusal(404, f"no control call {method} {name}").response()
        return json_response({"ok": True})

    def _set_faults(self, wishes: Any) -> None:
        faults = [parse_fault(wish) for wish in (wishes if isinstance(wishes, list) else [wishes])]
        for fault in faults:
            self._faults.add(fault)

    def _reset(self) -> None:
        self._faults.clear()
        self._log.clear()
        self._service.delay_s = self._first_delay_s
        self._service.account.lag_s = 0.0
        self._clock.ahead_s = 0.0
