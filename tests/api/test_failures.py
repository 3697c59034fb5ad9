"""Refusals of every shape become the right kind, with the right words, and cost what they cost."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedream_desktop.api.failures import Asked, refusal, refusal_inside, request_id
from seedream_desktop.api.words_said import SAID_LIMIT, Said, fit_to_show, read_refusal, said_in
from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.request import Reference
from tests.api.conftest import request_for

KEY = "sk-planted-0123456789"
REFERENCES = tuple(Reference("a" * 64, "image/png", 20, 20, 9, name) for name in ("one.png", "two.png"))
ASKED = Asked(request_for(references=REFERENCES), "api.example.com", (KEY,))


def judged(status: int, body: Any, headers: dict[str, str] | None = None, asked: Asked = ASKED) -> Problem:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return refusal(status, headers or {}, raw, asked)


def ark(code: str, message: str = "no", **more: object) -> dict[str, object]:
    return {"error": {"code": code, "message": message, **more}}


# Every code of the provider's error reference (read 2026-11), by the status that it comes with.
TABLE: dict[ProblemKind, dict[int, str]] = {
    ProblemKind.FIELD_REFUSED: {
        400: "MissingParameter InvalidParameter OutofContextError InvalidParameter.Unheard SomethingNew",
        500: "invalid_request",
    },
    ProblemKind.PROMPT_REFUSED: {
        400: "InputTextSensitiveContentDetected InputTextRiskDetection SensitiveContentDetected"
        " SensitiveContentDetected.SevereViolation SensitiveContentDetected.Violence"
        " InputTextSensitiveContentDetected.Unheard",
    },
    ProblemKind.REFERENCE_REFUSED: {
        400: "InputImageSensitiveContentDetected InputImageSensitiveContentDetected.PrivacyInformation"
        " InputImageRiskDetection InvalidImageURL InvalidParameter.OversizedImage"
        " InvalidParameter.UnsupportedImageFormat InputImageSensitiveContentDetected.Unheard",
    },
    ProblemKind.RESULT_REFUSED: {
        400: "OutputImageSensitiveContentDetected OutputImageSensitiveContentDetected.DeepFake"
        " OutputTextSensitiveContentDetected OutputImageRiskDetection ContentSecurityDetectionError"
        " OutputImageSensitiveContentDetected.Unheard",
        200: "OutputImageSensitiveContentDetected ContentSecurityDetectionError",
    },
    ProblemKind.KEY_REFUSED: {401: "AuthenticationError InvalidAccountStatus AuthenticationError.Unheard"},
    ProblemKind.NOT_ALLOWED: {
        403: "ServiceNotOpen AccessDenied PermissionDenied OperationDenied.ServiceNotOpen"
        " OperationDenied.Unheard",
    },
    ProblemKind.QUOTA_SPENT: {
        403: "AccountOverdueError ServiceOverdue insufficient_user_quota pre_consume_token_quota_failed",
        402: "insufficient_user_quota unheard",
        429: "QuotaExceeded SetLimitExceeded insufficient_user_quota QuotaExceeded.Unheard",
    },
    ProblemKind.MODEL_NOT_FOUND: {
        400: "InvalidEndpoint.ClosedEndpoint",
        404: "InvalidEndpointOrModel.NotFound InvalidEndpointOrModel.ModelIDAccessDisabled ModelNotOpen"
        " UnsupportedModel NotFound.Unheard",
        503: "model_not_found",
    },
    ProblemKind.RATE_LIMITED: {
        429: "RateLimitExceeded.EndpointRPMExceeded RateLimitExceeded.EndpointTPMExceeded"
        " AccountRateLimitExceeded RequestBurstTooFast ServerOverloaded ModelLoadingError"
        " InflightBatchsizeExceeded RateLimitExceeded.Unheard unheard",
    },
    ProblemKind.SERVER_FAULT: {500: "InternalServiceError InternalServiceError.Unheard unheard"},
}
CODES = [
    (code, status, kind)
    for kind, by_status in TABLE.items()
    for status, codes in by_status.items()
    for code in codes.split()
]


@pytest.mark.parametrize(("code", "status", "kind"), CODES)
@pytest.mark.parametrize("shape", ["ark", "comet", "inside the words"])
def test_a_code_decides_and_only_a_fault_may_cost(
    code: str, status: int, kind: ProblemKind, shape: str
) -> None:
    inner = ark(code, "Something is wrong. Request id: 0217abc9def")
    body = {
        "ark": inner,
        "comet": {
            "error": {"message": "Something. (request id: 2026)", "type": "comet_api_error", "code": code}
        },
        "inside the words": {"error": {"message": f"upstream: {json.dumps(inner)}", "code": ""}},
    }[shape]
    problem = judged(status, body)
    billed = Billed.MAYBE if kind is ProblemKind.SERVER_FAULT else Billed.NO
    assert (problem.kind, problem.billed, problem.status) == (kind, billed, status)
    assert problem.said.startswith("Something")


@pytest.mark.parametrize(
    ("body", "kind", "field"),
    [
        (ark("invalid_request", "remove model-specific fields: `seed`"), ProblemKind.FIELD_REFUSED, "seed"),
        (ark("invalid_request", "no", param="size"), ProblemKind.FIELD_REFUSED, "size"),
        (ark("invalid_request", "blocked"), ProblemKind.NOT_ALLOWED, ""),
    ],
)
def test_a_field_that_is_forbidden_is_a_field(body: object, kind: ProblemKind, field: str) -> None:
    problem = judged(403, body)
    assert (problem.kind, problem.subject) == (kind, field)


def test_words_that_are_too_long_are_the_prompt() -> None:
    assert judged(400, ark("OutofContextError", "too many tokens")).subject == "prompt"


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (402, b"", ProblemKind.QUOTA_SPENT),
        (403, {"error": {"message": "user quota is not enough"}}, ProblemKind.QUOTA_SPENT),
        (403, {"message": "余额不足"}, ProblemKind.QUOTA_SPENT),
        (403, {"message": "blocked"}, ProblemKind.NOT_ALLOWED),
        (404, {"error": {"message": "The model `x` does not exist"}}, ProblemKind.MODEL_NOT_FOUND),
        (404, {"error": {"message": "Invalid URL (POST /images/generations)"}}, ProblemKind.NOT_THE_API),
        (405, b"", ProblemKind.NOT_THE_API),
        (413, b"<html><h1>413 Request Entity Too Large</h1></html>", ProblemKind.TOO_LARGE),
        (429, b"<html><title>slow down</title></html>", ProblemKind.RATE_LIMITED),
        (500, {"error": {"code": "ServerOverloaded", "message": ""}}, ProblemKind.SERVER_FAULT),
        (511, b"<html>sign in</html>", ProblemKind.SIGN_IN_NEEDED),
        (599, b"", ProblemKind.SERVER_FAULT),
        (418, b"", ProblemKind.FIELD_REFUSED),
    ],
)
def test_without_a_code_status_and_words_decide(status: int, body: Any, kind: ProblemKind) -> None:
    assert judged(status, body).kind is kind


def test_a_code_inside_a_gateways_words_counts() -> None:
    inner = json.dumps(
        ark("InputTextSensitiveContentDetected", "The request failed. Request id: 0217abc9def")
    )
    problem = judged(400, {"error": {"message": f"upstream: {inner}", "type": "comet_api_error", "code": ""}})
    assert (problem.kind, problem.said) == (
        ProblemKind.PROMPT_REFUSED,
        "The request failed.",
    )
    assert problem.request_id == "0217abc9def"


def test_a_code_spelt_out_in_words_counts() -> None:
    text = "bad response: OutputImageSensitiveContentDetected, please try again"
    assert (
        judged(400, {"error": {"message": text, "code": "invalid_request"}}).kind
        is ProblemKind.RESULT_REFUSED
    )


@pytest.mark.parametrize(
    ("error", "field"),
    [
        (ark("InvalidParameter", "bad", param="size"), "size"),
        (ark("InvalidParameter", "The parameter `guidance_scale` must be below 10"), "guidance_scale"),
        (ark("InvalidParameter", "the size of 12 is not valid", param=""), "size"),
        (ark("InvalidParameter", "max_images too large"), "max_images"),
        (ark("InvalidParameter", "no idea"), ""),
        ({"detail": [{"loc": ["body", "seed"], "msg": "not an integer"}]}, "seed"),
    ],
)
def test_the_field_is_named(error: object, field: str) -> None:
    assert judged(400, error).subject == field


@pytest.mark.parametrize(
    ("message", "name", "number"),
    [
        ("image[1] was refused", "two.png", 2.0),
        ("Image 1 may contain a real person", "one.png", 1.0),
        ("第2张图片", "two.png", 2.0),
        ("image[7]", "", None),
        ("one of them", "", None),
    ],
)
def test_the_reference_is_named(message: str, name: str, number: float | None) -> None:
    problem = judged(400, ark("InputImageSensitiveContentDetected", message))
    assert (problem.subject, problem.actual) == (name, number)


def test_a_single_reference_is_the_one() -> None:
    asked = Asked(request_for(references=REFERENCES[:1]), "h", ())
    assert judged(400, ark("InputImageRiskDetection"), asked=asked).subject == "one.png"


def test_a_refused_model_is_named() -> None:
    assert judged(404, ark("ModelNotOpen")).subject == "doubao-seedream-5-0-260128"


@pytest.mark.parametrize(("complete", "billed"), [(True, Billed.MAYBE), (False, Billed.NO)])
def test_a_server_that_did_not_get_all_cannot_have_started(complete: bool, billed: Billed) -> None:
    asked = Asked(ASKED.request, "h", (), body_complete=complete)
    assert judged(500, b"", asked=asked).billed is billed


SHAPES = {
    "ark": (ark("X", "bad size"), "bad size"),
    "comet": (
        {"error": {"message": "bad size", "type": "comet_api_error", "param": "", "code": None}},
        "bad size",
    ),
    "text in error": ({"error": "bad size"}, "bad size"),
    "message in message": ({"error": {"message": {"message": "bad size"}}}, "bad size"),
    "message": ({"message": "bad size"}, "bad size"),
    "number as code": ({"code": 0, "msg": "bad size"}, "bad size"),
    "detail": ({"detail": "bad size"}, "bad size"),
    "errors": ({"errors": [{"message": "bad size"}]}, "bad size"),
    "list": ([{"message": "bad size"}], "bad size"),
    "string": ("bad size", "bad size"),
    "text": (b"bad size", "bad size"),
    "bom": (b"\xef\xbb\xbf" + json.dumps({"error": "bad size"}).encode(), "bad size"),
    "gbk": ('{"error":"尺寸错误"}'.encode("gbk"), "尺寸错误"),
    "html": (b"<html><head><title> Bad\n size </title></head><body>x</body></html>", "Bad size"),
    "xml": (b"<Error><Code>X</Code><Message>bad size</Message></Error>", "bad size"),
    "storage": ({"Code": "AccessDenied", "Message": "bad size", "EC": "0003-00000015"}, "bad size"),
    "tags": ({"error": "<b>bad</b> <script>alert(1)</script>size &amp; more"}, "bad size & more"),
    "nothing": (b"", ""),
    "null": (None, ""),
    "number": (7, ""),
    "only a code": (ark("SomethingNew", ""), "SomethingNew"),
}


@pytest.mark.parametrize(("body", "said"), SHAPES.values(), ids=SHAPES)
def test_every_shape_is_understood(body: Any, said: str) -> None:
    assert judged(400, body).said == said


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"key {KEY} is wrong", "key … is wrong"),
        ("Incorrect API key: sk-abc***xyz.", "Incorrect API key: …"),
        ("Authorization: Bearer abc.def", "Authorization: …"),
        ("see https://s.example/a.jpeg?X-Tos-Signature=12#b now", "see https://s.example/a.jpeg now"),
        ("got data:image/png;base64,iVBORw0KGgo= here", "got … here"),
        ("a\u202eb\x00c\ud83d\nd", "a b c d"),
    ],
)
def test_what_is_shown_holds_no_secret_and_nothing_invisible(text: str, shown: str) -> None:
    assert fit_to_show(text, (KEY,)) == shown


def test_what_is_shown_is_short() -> None:
    assert len(fit_to_show("word " * 10_000)) <= SAID_LIMIT


def test_an_endless_nesting_is_no_trouble() -> None:
    assert judged(400, b'{"error":' * 50_000).kind is ProblemKind.FIELD_REFUSED


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ({"x-request-id": "a"}, "a"),
        ({"x-oneapi-request-id": " b "}, "b"),
        ({"x-client-request-id": "ours"}, ""),
        ({"x-request-id": "a" * 500}, "a" * 100),
    ],
)
def test_the_providers_id_is_found(headers: dict[str, str], found: str) -> None:
    assert request_id(headers) == found


def test_an_id_in_the_body_counts_when_no_header_has_one() -> None:
    assert judged(400, {"error": {"message": "no (request id: 20261122-abc)"}}).request_id == "20261122-abc"


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("upstream fault (request id: 2026112208331)", "upstream fault"),
        ("Bad size. Request id: 02171abc-9def", "Bad size."),
        ("Bad (Request ID=02171abc9def) size", "Bad size"),
        ("request id: 02171abc9def", "request id: 02171abc9def"),
        ("the request id is wrong", "the request id is wrong"),
    ],
)
def test_the_id_is_not_said_twice(message: str, said: str) -> None:
    assert judged(400, {"error": {"message": message}}).said == said


def test_the_pause_that_is_asked_for_is_kept() -> None:
    assert judged(429, ark("RateLimitExceeded"), {"retry-after": "8"}).limit == 8.0


@pytest.mark.parametrize("location", ["https://user:pw@new.example/v1?a=b", "//new.example/x"])
def test_the_new_address_is_named_by_its_host(location: str) -> None:
    problem = judged(301, b"", {"location": location})
    assert (problem.kind, problem.subject) == (ProblemKind.MOVED, "new.example")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["error", "message", "code", "data"]), inner)
    ),
)


HEADERS = st.dictionaries(
    st.sampled_from(["retry-after", "date", "location", "x-request-id", "content-type", "cf-ray"]),
    st.text() | st.sampled_from(["2", "-1", "99999", "nan", "Sun, 22 Nov 2026 12:00:00 GMT", f"a{KEY}b"]),
)
KNOWN_CODES = st.sampled_from([code for code, _, _ in CODES])
BODIES = (
    st.binary()
    | json_values.map(lambda value: json.dumps(value).encode())
    | st.builds(
        lambda code, words: json.dumps({"error": {"code": code, "message": words + KEY}}).encode(),
        KNOWN_CODES,
        st.text(),
    )
    | st.text().map(lambda words: f"<html><title>{words}</title></html>".encode("utf-8", "replace"))
)


@settings(max_examples=300)
@given(st.integers(300, 599), HEADERS, BODIES, st.booleans())
def test_any_refusal_is_a_problem_that_costs_what_it_can(
    status: int, headers: dict[str, str], body: bytes, is_whole: bool
) -> None:
    problem = refusal(status, headers, body, Asked(ASKED.request, ASKED.host, (KEY,), is_whole))
    assert isinstance(problem.kind, ProblemKind)
    assert problem.status == status
    assert (problem.billed is Billed.MAYBE) == (is_whole and problem.kind is ProblemKind.SERVER_FAULT)
    assert problem.billed is not Billed.YES
    assert problem.limit is None or problem.limit >= 0
    assert len(problem.said) <= SAID_LIMIT
    assert len(problem.request_id) <= 100
    for text in (problem.said, problem.subject):
        text.encode()
        assert KEY not in text


@settings(max_examples=60)
@given(json_values)
def test_any_error_inside_a_200_is_a_problem(value: object) -> None:
    assert isinstance(refusal_inside(said_in(value), ASKED), Problem)


def test_what_asks_shows_neither_prompt_nor_key() -> None:
    assert repr(ASKED) == "Asked(api.example.com)"


def test_a_refusal_is_read_into_its_parts() -> None:
    body = json.dumps(ark("C", "M", param="p", request_id="r")).encode()
    assert read_refusal(body) == Said("C", "M", "p", "r", is_json=True)


@pytest.mark.parametrize("status", [408, 409, 424, 425, 444, 460, 499, 500, 502, 504, 520, 524])
@pytest.mark.parametrize("body", [b"", b"{}", b"<html><title>gone</title></html>"])
def test_who_gave_up_in_between_does_not_know_what_it_cost(status: int, body: bytes) -> None:
    problem = refusal(status, {}, body, Asked())
    assert (problem.kind, problem.billed) == (ProblemKind.SERVER_FAULT, Billed.MAYBE)
