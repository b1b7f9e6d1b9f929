"""Whom thanks are for, as pages name and draw them, and what stands beside their words."""

from collections.abc import Iterable, Sequence

from service.appreciations.queries import AppreciationCard
from service.appreciations.rules import Job
from service.people.cards import CircleCard
from service.web.here import Here
from service.web.pieces import Face
from service.wording import appreciations as words


def _whole(here: Here, everybody: str | None) -> CircleCard | None:
    return next((circle for circle in here.circles if circle.id == everybody), None)


def names(here: Here, everybody: str | None, recipients: Iterable[str]) -> list[str]:
    """Those thanks are for, by name: a circle as a whole, and whoever is named besides."""
    whole = _whole(here, everybody)
    if whole is None:
        return [here.name(one) for one in recipients]
    others = [here.name(one) for one in recipients if one not in whole.members]
    return [words.everybody_in(here.voice, whole.name), *others]


def face(here: Here, card: AppreciationCard) -> Face:
    """The first of them, or the circle."""
    whole = _whole(here, card.everybody)
    return Face(whole.name, whole.id) if whole is not None else here.face(next(iter(card.recipients), None))


def beside(here: Here, job: Job | None, values: Sequence[str]) -> list[str]:
    """What stands with the giver's words: the job of a picture, and what is valued in it."""
    found = [words.job(here.voice, job)] if job is not None else []
    return [*found, *([words.valued(here.voice, values)] if values else [])]
