"""The official client, which knows nothing of us, as a witness that the stand-in speaks the protocol."""

import base64
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, cast

import openai
import pytest
from PIL import Image

from tests.demo.conftest import LITE, Client
from tests.demo_fixtures import Demo


@pytest.fixture
def official(demo: Demo) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(api_key=demo.key, base_url=demo.base_url, max_retries=0) as opened:
        yield opened


def test_it_makes_a_picture_from_words(official: openai.OpenAI, client: Client) -> None:
    answer = official.images.generate(
        model=LITE, prompt="a cat", size=cast("Any", "2K"), extra_body={"watermark": False}
    )
    assert answer.data
    assert answer.usage
    url = answer.data[0].url or ""
    picture = client.fetch(url.removeprefix(f"http://127.0.0.1:{client.port}")).body
    assert Image.open(BytesIO(picture)).format == "JPEG"
    assert answer.usage.output_tokens > 0


def test_it_makes_a_picture_from_references(
    official: openai.OpenAI, demo: Demo, picture_bytes: Callable[..., bytes]
) -> None:
    uri = f"data:image/png;base64,{base64.b64encode(picture_bytes()).decode()}"
    answer = official.images.generate(
        model=LITE, prompt="the same at night", response_format="b64_json", extra_body={"image": [uri, uri]}
    )
    assert answer.data is not None
    assert answer.data[0].b64_json
    assert demo.posts()[-1]["fields"]["image"] == [uri, uri]


def test_it_lists_the_models(official: openai.OpenAI) -> None:
    assert LITE in [model.id for model in official.models.list()]


def test_it_understands_the_refusals(official: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        official.images.generate(model=LITE, prompt="a cat", extra_body={"seed": "seven"})
    assert refused.value.param == "seed"
    with pytest.raises(openai.AuthenticationError):
        official.with_options(api_key="wrong").images.generate(model=LITE, prompt="a cat")
    with pytest.raises(openai.NotFoundError):
        official.images.generate(model="dall-e-3", prompt="a cat")
