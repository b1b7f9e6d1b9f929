"""Who asks, where a proxy with a certificate stands in front."""

import dataclasses

import pytest
from flask import Flask, request

from service.app import create_app
from service.runtime import Runtime
from service.web.entry import open_to_all


def seen(app: Flask, forwarded: str) -> str:
    @app.get("/who")
    @open_to_all
    def who() -> str:
        return request.remote_addr or ""

    asked = app.test_client().get("/who", headers={"X-Forwarded-For": forwarded, "X-Forwarded-Host": "evil.example"})
    return asked.get_data(as_text=True)


@pytest.mark.parametrize(
    ("address", "who"),
    [
        ("https://goldseam.example.org", "203.0.113.9"),  # the proxy's own word, the last one
        ("http://192.168.1.20:8000", "127.0.0.1"),  # nobody stands in front: whoever asks could write anything
    ],
)
def test_only_the_proxy_in_front_says_who_asks(runtime: Runtime, address: str, who: str) -> None:
    settings = runtime.settings.model_copy(update={"public_url": address, "goldseam_demo": False})
    app = create_app(dataclasses.replace(runtime, settings=settings))
    assert seen(app, "198.51.100.1, 203.0.113.9") == who
