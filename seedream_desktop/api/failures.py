"""What a refusal means: the provider's codes and statuses as kinds of problem.

Codes are families that may carry a suffix after a dot, and are open: an unknown one is judged by its status.
Sources: the provider's error reference and CometAPI's error guide, read 2026-11.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from seedream_desktop.api.retry import parse_retry_after
from seedream_desktop.api.words_said import Said, fit_to_show, read_refusal, scrubbed, without_id
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.request import GenerationRequest

_FAMILIES = {
    ProblemKind.QUOTA_SPENT: (
        "insufficient_user_quota pre_consume_token_quota_failed insufficient_quota"
        " insufficient_balance QuotaExceeded SetLimitExceeded AccountOverdueError ServiceOverdue"
        " billing_hard_limit_reached billing_not_active"
    ),
    ProblemKind.PROMPT_REFUSED: (
        "InputTextSensitiveContentDetected InputTextRiskDetection SensitiveContentDetected"
        " content_policy_violation moderation_blocked content_filter sensitive_words_detected"
    ),
    ProblemKind.REFERENCE_REFUSED: (
        "InputImageSensitiveContentDetected InputImageRiskDetection InvalidImageURL"
        " InvalidParameter.OversizedImage InvalidParameter.UnsupportedImageFormat"
    ),
    ProblemKind.RESULT_REFUSED: (
        "OutputImageSensitiveContentDetected OutputTextSensitiveContentDetected"
        " OutputImageRiskDetection ContentSecurityDetectionError"
    ),
    ProblemKind.MODEL_NOT_FOUND: (
        "InvalidEndpointOrModel InvalidEndpoint ModelNotOpen UnsupportedModel NotFound"
        " model_not_found model_not_supported"
    ),
    ProblemKind.KEY_REFUSED: "AuthenticationError InvalidAccountStatus invalid_api_key",
    ProblemKind.NOT_ALLOWED: (
        "ServiceNotOpen AccessDenied PermissionDenied OperationDenied access_denied permission_denied"
    ),
    ProblemKind.RATE_LIMITED: (
        "RateLimitExceeded AccountRateLimitExceeded RequestBurstTooFast ServerOverloaded"
        " ModelLoadingError InflightBatchsizeExceeded rate_limit_exceeded"
    ),
    ProblemKind.FIELD_REFUSED: (
        "MissingParameter InvalidParameter InvalidArgument OutofContextError invalid_request"
        " invalid_value missing_required_parameter unknown_parameter unsupported_parameter"
        " bad_request_body BadRequest invalid_parameter"
    ),
    ProblemKind.SERVER_FAULT: "InternalServiceError InternalError internal_error upstream_error",
}
_CODES = tuple((name.lower(), kind) for kind, names in _FAMILIES.items() for name in names.split())
_SUFFIX_BEGINS = ".:/-"  # documented is the dot
_SPELT_OUT = re.compile("|".join(sorted((n for n, _ in _CODES if len(n) > 15), key=len, reverse=True)))
_BY_STATUS = {
    401: ProblemKind.KEY_REFUSED,
    402: ProblemKind.QUOTA_SPENT,
    403: ProblemKind.NOT_ALLOWED,
    404: ProblemKind.NOT_THE_API,
    405: ProblemKind.NOT_THE_API,
    407: ProblemKind.PROXY_UNUSABLE,
    408: ProblemKind.SERVER_FAULT,
    409: ProblemKind.SERVER_FAULT,
    410: ProblemKind.NOT_THE_API,
    413: ProblemKind.TOO_LARGE,
    424: ProblemKind.SERVER_FAULT,
    425: ProblemKind.SERVER_FAULT,
    429: ProblemKind.RATE_LIMITED,
    444: ProblemKind.SERVER_FAULT,  # this and the next two: who was in between hung up
    460: ProblemKind.SERVER_FAULT,
    499: ProblemKind.SERVER_FAULT,
    511: ProblemKind.SIGN_IN_NEEDED,
}
_STATUS_DECIDES = (
    407,
    408,
    409,
    413,
    424,
    425,
    429,
    444,
    460,
    499,
)  # also with a web page, as a gateway in between answers
_MONEY = re.compile(r"quota|balance|insufficient|余额|额度|欠费", re.IGNORECASE)
_MONEY_STATUSES = (402, 403, 429)
_FIELDS = (
    "sequential_image_generation_options",
    "sequential_image_generation",
    "max_images",
    "guidance_scale",
    "response_format",
    "output_format",
    "watermark",
    "prompt",
    "image",
    "model",
    "size",
    "seed",
)
_FIELD = re.compile(r"(?<![\w-])(" + "|".join(_FIELDS) + r")(?![\w-])")
_PICTURE_SIZE = re.compile(r"\bimage size\b.{0,40}\bpixels\b", re.IGNORECASE)  # of the picture to be made
_QUOTED_FIELD = re.compile(r"[`'\"“‘]([a-z][a-z_.]{2,60}?)(?:\[\d+\])?[`'\"”’]")
_FROM_ZERO = re.compile(r"image(?:_url)?s?[\[.](\d{1,2})\]?")
_FROM_ONE = re.compile(r"\bimage\s*#?\s?(\d{1,2})\b|第\s*(\d{1,2})\s*张", re.IGNORECASE)
_ID_HEADERS = (
    "x-request-id",
    "x-oneapi-request-id",
    "x-tt-logid",
    "request-id",
    "x-tos-request-id",
    "cf-ray",
)
_REFUSED = frozenset(_FAMILIES) - {ProblemKind.SERVER_FAULT}
_FORBIDDEN = 403
_SERVER_ERRORS = 500
_TOO_LONG = "outofcontexterror"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a failure is read against."""

    request: GenerationRequest | None = None
    host: str = ""
    secrets: tuple[str, ...] = ()
    body_complete: bool = True  # only a request that arrived whole can have been started

    def __repr__(self) -> str:
        return f"Asked({self.host})"  # the request holds a prompt, the secrets are secrets


def refusal(status: int, headers: Mapping[str, str], body: bytes, asked: Asked) -> Problem:
    """The problem that an answer other than 200 means."""
    if 300 <= status < 400:
        return Problem(ProblemKind.MOVED, Billed.NO, subject=_moved_to(headers, asked), status=status)
    said = read_refusal(body)
    problem = replace(_judged(said, status, asked), status=status)
    if problem.kind in (ProblemKind.RATE_LIMITED, ProblemKind.SERVER_FAULT):
        pause_s = parse_retry_after(headers.get("retry-after"), headers.get("date"))
        problem = replace(problem, limit=pause_s)
    return replace(problem, request_id=request_id(headers) or problem.request_id)


def refusal_inside(said: Said, asked: Asked) -> Problem:
    """The problem that an error inside a 200 means: of one picture, or of the whole answer."""
    return _judged(said, 200, asked)


def request_id(headers: Mapping[str, str]) -> str:
    """The provider's id of a request, empty where it gave none."""
    return next((scrubbed(headers[name].strip(), 100) for name in _ID_HEADERS if headers.get(name)), "")


def _judged(said: Said, status: int, asked: Asked) -> Problem:
    kind = _kind(said, status)
    subject, number = _subject(kind, said, asked)
    return Problem(
        kind,
        _billed(kind, status, asked),
        said=fit_to_show(without_id(said.message) or said.code, asked.secrets),
        subject=fit_to_show(subject, asked.secrets)[:100],
        actual=number,
        request_id=scrubbed(said.request_id, 100),
    )


def _kind(said: Said, status: int) -> ProblemKind:
    by_status = _BY_STATUS.get(status)
    if said.is_html and status < _SERVER_ERRORS and status not in _STATUS_DECIDES:
        return ProblemKind.NOT_THE_API
    by_code = _by_code(said.code)
    if by_code in (None, ProblemKind.FIELD_REFUSED):
        by_code = _spelt_out(said.message) or by_code
    if by_code is ProblemKind.RATE_LIMITED and status >= _SERVER_ERRORS:
        return ProblemKind.SERVER_FAULT
    if by_code is ProblemKind.FIELD_REFUSED and status == _FORBIDDEN and _field(said):
        return by_code  # "remove model-specific fields", as CometAPI says it
    if by_code is not None and not (by_code is ProblemKind.FIELD_REFUSED and by_status is not None):
        return by_code
    if status in _MONEY_STATUSES and _MONEY.search(said.message + said.code):
        return ProblemKind.QUOTA_SPENT
    if status == 404 and said.is_json and re.search(r"\bmodel\b|模型", said.message + said.field):
        return ProblemKind.MODEL_NOT_FOUND
    if by_status is not None:
        return by_status
    if status >= _SERVER_ERRORS or status < 400:
        return ProblemKind.SERVER_FAULT
    return ProblemKind.FIELD_REFUSED


def _by_code(code: str) -> ProblemKind | None:
    lowered = code.strip().lower()
    for name, kind in _CODES:
        if lowered == name or (lowered.startswith(name) and lowered[len(name)] in _SUFFIX_BEGINS):
            return kind
    return None


def _spelt_out(message: str) -> ProblemKind | None:
    """The kind of a code that stands inside the message, as gateways pass it on."""
    found = _SPELT_OUT.search(message.lower())
    return _by_code(found[0]) if found else None


def _billed(kind: ProblemKind, status: int, asked: Asked) -> Billed:
    is_open = kind is ProblemKind.SERVER_FAULT or (kind not in _REFUSED and status >= _SERVER_ERRORS)
    return Billed.MAYBE if is_open and asked.body_complete and status != 511 else Billed.NO


def _subject(kind: ProblemKind, said: Said, asked: Asked) -> tuple[str, float | None]:
    if kind is ProblemKind.REFERENCE_REFUSED:
        return _reference(said, asked)
    if kind is ProblemKind.FIELD_REFUSED:
        return _field(said), None
    if kind is ProblemKind.MODEL_NOT_FOUND:
        return asked.request.model if asked.request is not None else "", None
    if kind is ProblemKind.NOT_THE_API:
        return asked.host, None
    return "", None


def _reference(said: Said, asked: Asked) -> tuple[str, float | None]:
    """The name of the refused reference and its number from 1; empty and None where it is not said."""
    references = asked.request.references if asked.request is not None else ()
    text = f"{said.field} {said.message}"
    number = 1 if len(references) == 1 else None
    if found := _FROM_ZERO.search(text):
        number = int(found[1]) + 1
    elif found := _FROM_ONE.search(text):
        number = int(found[1] or found[2])
    if number is None or not 1 <= number <= len(references):
        return "", None
    return references[number - 1].name, float(number)


def _field(said: Said) -> str:
    if said.field:
        return said.field
    if quoted := _QUOTED_FIELD.search(said.message):
        return quoted[1]
    if _PICTURE_SIZE.search(said.message):
        return "size"
    found = _FIELD.search(said.message)
    if found is None and said.code.lower().startswith(_TOO_LONG):
        return "prompt"
    return found[1] if found else ""


def _moved_to(headers: Mapping[str, str], asked: Asked) -> str:
    match = re.match(r"\s*(?:https?:)?//(?:[^/?#@]*@)?([^/?#\s]{1,200})", headers.get("location", ""))
    return scrubbed(match[1], 200) if match else asked.host
