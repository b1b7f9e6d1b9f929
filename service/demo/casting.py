"""Who may be chosen in the demo, home by home, and which member each of them is."""

import json
from collections.abc import Mapping
from typing import Final

from service.demo import family, team
from service.demo.stage import Figure
from service.settings import Settings

HOMES: Final[tuple[tuple[str, tuple[Figure, ...]], ...]] = (
    (team.NAME, team.FIGURES),
    (family.NAME, family.FIGURES),
)


def is_known(key: str) -> bool:
    """Whether there is such a figure, whether or not they have come yet."""
    return any(figure.key == key for _, cast in HOMES for figure in cast)


def keep(settings: Settings, members: Mapping[str, str]) -> None:
    """Remember which member each figure is, until the demo begins anew."""
    path = settings.state_dir / "cast.json"
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(dict(members)))
    draft.replace(path)


def member(settings: Settings, key: str) -> str | None:
    """The member a figure is; None where there is no such figure, or nobody yet."""
    try:
        found = json.loads((settings.state_dir / "cast.json").read_text())
    except FileNotFoundError:
        return None
    return found.get(key) if isinstance(found, dict) else None
