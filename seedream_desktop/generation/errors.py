"""What can go wrong with a request, as facts; the sentences are made in ``gui/words.py``.

Problem
├── kind      what happened (``ProblemKind``)
├── billed    what it means for money (``Billed``)
└── the rest  facts that a sentence may need: the server's own words, a field, a number, an id

``ProblemError`` carries a ``Problem`` through the floors between where it is noticed and where it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Billed(StrEnum):
    """Whether a request was paid for, as far as a client can know."""

    NO = "no"
    MAYBE = "maybe"
    YES = "yes"


class ProblemKind(StrEnum):
    """Every kind of thing that can go wrong with a request, a reference or a file."""

    # Before anything was sent
    NO_KEY = "no_key"
    KEY_MALFORMED = "key_malformed"
    EMPTY_PROMPT = "empty_prompt"
    NO_REFERENCE_TAKEN = "no_reference_taken"
    REFERENCE_NEEDED = "reference_needed"
    TOO_MANY_REFERENCES = "too_many_references"
    TOO_MANY_PICTURES = "too_many_pictures"
    SIZE_REFUSED = "size_refused"
    REFERENCE_GONE = "reference_gone"
    BRACES_UNBALANCED = "braces_unbalanced"  # of choices in a prompt
    VARIABLE_EMPTY = "variable_empty"  # of a prompt
    TOO_MANY_REQUESTS = "too_many_requests"  # of one press
    BASE_URL_REFUSED = "base_url_refused"
    PROXY_UNUSABLE = "proxy_unusable"
    # Reaching the server
    UNREACHABLE = "unreachable"
    NAME_NOT_FOUND = "name_not_found"
    CERTIFICATE_REFUSED = "certificate_refused"
    SENDING_BROKE = "sending_broke"
    SIGN_IN_NEEDED = "sign_in_needed"  # a captive portal answers in the place of everybody
    # What the server said
    KEY_REFUSED = "key_refused"
    NOT_ALLOWED = "not_allowed"
    QUOTA_SPENT = "quota_spent"
    FIELD_REFUSED = "field_refused"
    PROMPT_REFUSED = "prompt_refused"
    REFERENCE_REFUSED = "reference_refused"
    RESULT_REFUSED = "result_refused"
    MODEL_NOT_FOUND = "model_not_found"
    TOO_LARGE = "too_large"
    RATE_LIMITED = "rate_limited"
    SERVER_FAULT = "server_fault"
    MOVED = "moved"
    NOT_THE_API = "not_the_api"
    ANSWER_UNREADABLE = "answer_unreadable"
    ANSWER_EMPTY = "answer_empty"
    # After the body was sent
    NO_ANSWER = "no_answer"
    CONNECTION_BROKE = "connection_broke"
    STOPPED_WAITING = "stopped_waiting"
    ENDED_WHILE_SENDING = "ended_while_sending"
    ANSWER_LOST = "answer_lost"  # the bill shows that there was one
    NOTHING_MADE = "nothing_made"  # the bill shows that there was none
    # Fetching the pictures
    LINK_DENIED = "link_denied"
    LINK_EXPIRED = "link_expired"
    LINK_BROKE = "link_broke"
    ADDRESS_NOT_ALLOWED = "address_not_allowed"
    PICTURE_DAMAGED = "picture_damaged"
    RESULT_DAMAGED = "result_damaged"  # what came in the place of a picture is none, or not whole
    # This computer
    DISK_FULL = "disk_full"
    FOLDER_NOT_WRITABLE = "folder_not_writable"
    LIBRARY_AWAY = "library_away"
    LIBRARY_SILENT = "library_silent"  # it is there, but does not answer: a network drive that hangs
    LIBRARY_NEWER = "library_newer"
    BOARD_GONE = "board_gone"  # removed or moved by somebody else
    JOURNAL_SET_ASIDE = "journal_set_aside"
    # A file that was dropped, pasted or opened
    NOT_A_PICTURE = "not_a_picture"
    EMPTY_FILE = "empty_file"
    IS_A_FOLDER = "is_a_folder"
    FILE_UNREADABLE = "file_unreadable"
    PICTURE_TOO_LARGE = "picture_too_large"
    PICTURE_TOO_SMALL = "picture_too_small"
    PICTURE_TOO_NARROW = "picture_too_narrow"
    FILE_TOO_LARGE = "file_too_large"
    FORMAT_NOT_TAKEN = "format_not_taken"
    DRAWING_NOT_TAKEN = "drawing_not_taken"  # SVG, PDF: no pixels yet
    LAYERS_ONLY = "layers_only"  # a PSD saved without its flattened picture
    MADE_ELSEWHERE = "made_elsewhere"  # a picture that no request of ours made
    CLIENT_SAFE = "client_safe"  # what made a picture stays on its board
    PARCEL_REFUSED = "parcel_refused"  # a ZIP that is no board of ours, damaged or unsafe to unpack
    LINK_UNUSABLE = "link_unusable"  # a dropped link behind which no picture can be fetched
    # The demo and the keyring
    DEMO_DID_NOT_START = "demo_did_not_start"
    KEYRING_UNUSABLE = "keyring_unusable"
    KEYRING_REFUSED = "keyring_refused"
    KEYRING_SILENT = "keyring_silent"  # no answer within a minute
    # Everything else: a defect of ours
    UNEXPECTED = "unexpected"


NETWORK_AWAY = frozenset({ProblemKind.UNREACHABLE, ProblemKind.NAME_NOT_FOUND})  # it comes back by itself


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong, with the facts that a sentence about it may need."""

    kind: ProblemKind
    billed: Billed = Billed.NO
    said: str = ""  # the server's or the system's own words, at most 300 characters, never a key or a link
    subject: str = ""  # a field, a file name, a host or a model: what it is about
    limit: float | None = None  # the number that was exceeded, or seconds to wait
    actual: float | None = None  # the number that was found
    status: int | None = None  # HTTP status, for the log and the details
    request_id: str = ""  # the provider's id of the request, for their support
    page: str = ""  # the address of a web page that helps: the network's sign-in page


class ProblemError(Exception):
    """A ``Problem`` on its way to the place that can show it."""

    def __init__(self, problem: Problem) -> None:
        """Carry ``problem``; the text of the exception names only its kind."""
        super().__init__(problem.kind.value)
        self.problem = problem
