"""How long and how much is waited for, sent and taken, in one value that tests can make small."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seedream_desktop.generation.request import GenerationRequest

MEBIBYTE = 1024 * 1024
ERROR_BYTES = 64 * 1024  # of an error body; the rest says nothing new
LIST_BYTES = MEBIBYTE  # of the list of models and the billing answers; in memory up to 30 times that
SKELETON_BYTES = 2 * MEBIBYTE  # of an answer without its pictures
ANSWER_BYTES_PER_PICTURE = 40 * MEBIBYTE  # base64 of the largest picture the models make
ANSWER_PICTURES = 16  # there is room for in any answer: more may come than were asked for
PICTURE_BYTES = 128 * MEBIBYTE  # of a download; the largest PNG that the models make has 50
REDIRECTS = 3  # storage services make one or two; more is a circle
INTERIM_ANSWERS = (
    200  # to one request (102, 103); a proxy that says every five seconds that it waits says 120
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds. Those of a direction count silence: what is slow but alive is waited for."""

    connect_s: float = 15.0
    write_s: float = 60.0
    read_s: float = 300.0  # of an answer with one picture
    set_read_s: float = 600.0  # of an answer with a set
    list_s: float = 20.0  # silence and total of the free, small requests
    download_read_s: float = 30.0
    download_total_s: float = 1800.0
    backoff_s: float = 1.0  # the first pause; each further one is twice as long
    longest_wait_s: float = 60.0
    network_wait_s: float = 15.0  # the longest pause while the network is away
    probe_s: float = 4.0  # silence and total of the question who answers in this network
    download_tries: int = 5  # in a row without a new byte

    def silence_s(self, request: GenerationRequest) -> float:
        """How long the answer to ``request`` may keep silent, where its model is not known better."""
        return self.read_s if request.images_in_set is None else self.set_read_s
