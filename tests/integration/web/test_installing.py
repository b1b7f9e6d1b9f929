"""Goldseam on a home screen: every file it names is there, and nothing in it is anybody's."""

import json

from service.runtime import Runtime
from tests.builders import Home
from tests.visitors import HTML, Visitor, visitor


def test_every_file_the_manifest_names_is_there(runtime: Runtime) -> None:
    somebody = visitor(runtime)
    answer = somebody.client.get("/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    said = json.loads(answer.text)
    assert said["display"] == "standalone"
    assert 'rel="manifest" href="/manifest.webmanifest"' in somebody.opens("/")
    for icon in said["icons"]:
        with somebody.client.get(icon["src"]) as found:
            assert (found.status_code, found.mimetype) == (200, icon["type"])


def test_the_page_for_no_network_is_the_same_for_everybody(runtime: Runtime, home: Home, maja: Visitor) -> None:
    script = visitor(runtime).client.get("/sw.js")
    assert script.mimetype == "text/javascript"
    about = json.loads(script.text.partition("const SHELF = ")[2].partition(";\n")[0])
    for path in about["files"]:
        with visitor(runtime).client.get(path, headers=HTML) as answer:
            assert answer.status_code == 200
            assert "Set-Cookie" not in answer.headers
            assert b"csrf_token" not in answer.data
    assert "data-stands-by" in maja.opens("/today")
    assert "data-stands-by" not in visitor(runtime).opens("/")
