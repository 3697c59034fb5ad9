"""Work in order on as many threads as there are children to do it, as far as somebody wants it done."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
THREADS = 2  # as the worker has children


def side_by_side(do: Callable[[Item], Result], items: Iterable[Item]) -> Generator[Result]:
    """``do`` each; the results in the order of ``items``, hardly begun before they are asked for.

    What ``do`` raises comes out in its turn. Whoever stops asking waits only for what is under way.
    """
    with ThreadPoolExecutor(THREADS) as pool:
        under_way: deque[Future[Result]] = deque()
        try:
            for item in items:
                under_way.append(pool.submit(do, item))
                if len(under_way) > THREADS:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for waiting in under_way:
                waiting.cancel()
