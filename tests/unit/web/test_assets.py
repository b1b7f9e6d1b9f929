"""Files come under an address that changes with them, and never from an older build."""

import json
from pathlib import Path

import pytest

from service.web import assets


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "ground.css").write_text("a {}")
    (tmp_path / "goldseam.css").write_text('@import url("css/ground.css");')
    return tmp_path


def build(folder: Path, sources: str) -> None:
    vendor = folder / "vendor"
    vendor.mkdir(exist_ok=True)
    (vendor / "goldseam.css").write_text("a{}")
    (vendor / "htmx.min.js").write_text("1")
    (vendor / "assets.json").write_text(json.dumps({"sources": sources}))


def test_sources_are_served_where_nothing_was_built(folder: Path) -> None:
    shelf = assets.shelf(folder)
    assert shelf.address("goldseam.css") == f"/{shelf.prefix}/goldseam.css"
    assert not shelf.has("htmx.min.js")
    with pytest.raises(LookupError):
        shelf.address("htmx.min.js")


def test_the_built_twin_is_served_while_it_matches_its_sources(folder: Path) -> None:
    build(folder, assets.shelf(folder).digest)
    shelf = assets.shelf(folder)
    assert shelf.address("goldseam.css") == f"/{shelf.prefix}/vendor/goldseam.css"
    assert shelf.address("htmx.min.js") == f"/{shelf.prefix}/vendor/htmx.min.js"


def test_an_older_build_gives_way_to_changed_sources(folder: Path) -> None:
    build(folder, assets.shelf(folder).digest)
    (folder / "css" / "ground.css").write_text("a { color: red }")
    shelf = assets.shelf(folder)
    assert not shelf.built
    assert shelf.address("goldseam.css") == f"/{shelf.prefix}/goldseam.css"
    assert shelf.has("htmx.min.js")


def test_every_change_changes_every_address(folder: Path) -> None:
    before = assets.shelf(folder).prefix
    (folder / "css" / "ground.css").write_text("b {}")
    assert assets.shelf(folder).prefix != before


def test_the_assets_script_reckons_the_same_digest() -> None:
    if not (assets.FOLDER / assets.VENDOR / "assets.json").exists():
        pytest.skip("the assets are not built; `make assets` builds them")
    assert assets.shelf().built, "the sources changed since; run `make assets`"
