"""kill -9 at every point there is: nothing acknowledged is lost, nothing is posted twice, nothing is left half done."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import processes
from tests.e2e.kills.conftest import Site
from tests.e2e.kills.scenes import SCENES
from tests.e2e.kills.sendings import Scene
from tests.invariants import broken

ROOT = Path(__file__).parents[3]
QUICK = {
    ("delivery.claimed", "no redis"),
    ("delivery.before_send", "redis"),
    ("delivery.after_send", "no redis"),
    ("hear.committed", "no redis"),
    ("round.begun", "redis"),
}
"""The rest are tried in the long profile."""

WAYS = [
    pytest.param(point, redis, marks=[] if (point, redis) in QUICK else [pytest.mark.soak], id=f"{point} with {redis}")
    for point in SCENES
    for redis in ("redis", "no redis")
]


@pytest.fixture
def _monday(site: Site) -> Iterator[None]:
    """Each test begins on a Monday of its own and leaves nothing waiting."""
    site.clock.to(weekday=0, hour=10)
    yield
    site.town.passes(days=8, look_every_s=12 * 3600)


def test_every_point_there_is_is_tried() -> None:
    sources = [path for room in ("service", "integrations") for path in (ROOT / room).rglob("*.py")]
    points = [point for path in sources for point in re.findall(r'\bfp\("([\w.]+)"\)', path.read_text())]
    assert sorted(set(points)) == sorted(SCENES)
    assert len(points) >= 25


@pytest.mark.usefixtures("_monday")
@pytest.mark.parametrize(("point", "redis_url"), WAYS, indirect=["redis_url"])
def test_whoever_is_killed_loses_and_doubles_nothing(
    site: Site, point: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", site.environment["PATH"])
    scene = SCENES[point]()
    scene.begins(site)
    armed = site.start(scene.runs, dies_at=point, with_redis=redis_url)
    clock = site.start("clock", with_redis=redis_url)
    try:
        processes.until(lambda: _died(site, armed, scene), what=f"dying at {point}")
        armed.kill()
        again = site.start(scene.runs, with_redis=redis_url)
        try:
            processes.until(lambda: _time_passes(site, scene) and scene.is_done(site), what=scene.__doc__ or "it")
            site.clock.move(minutes=10)
            site.town.passes(minutes=10, look_every_s=120)
        except AssertionError as late:
            raise AssertionError(f"{late}\n{again.said}") from late
        finally:
            again.kill()
    finally:
        clock.kill()
        armed.kill()
    scene.holds(site)
    assert broken(site.town.runtime, site.town.slack.posts()) == []


def _died(site: Site, process: processes.Process, scene: Scene) -> bool:
    """Whether the process met its point: itself, or the child that works for it."""
    if scene.runs == "web":
        assert not scene.is_done(site)
        return True
    _time_passes(site, scene)
    return process.status is not None or "Work horse killed" in process.said


def _time_passes(site: Site, scene: Scene) -> bool:
    """While we look: leases end, and what is unknown is traced."""
    site.clock.move(seconds=scene.step_s)
    return True
