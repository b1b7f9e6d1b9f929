"""Learning who somebody is, when it is needed: name, time zone, language, and whether they belong to this team."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from slack_sdk import WebClient
from sqlalchemy.orm import Session

from service.people import actions as people
from service.people.rules import IdentityKind, Role

COURIER = "slack"
_LONGEST_NAME = 80
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,1}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as Slack describes them."""

    slack_id: str
    name: str
    zone: str | None
    language: str | None
    is_bot: bool
    is_guest: bool
    is_stranger: bool
    is_gone: bool
    manages: bool
    """Whether they own or administer the team in Slack."""

    @property
    def can_be_met(self) -> bool:
        """Whether they are a person of this team who is still there."""
        return not (self.is_bot or self.is_stranger or self.is_gone)


def person(shape: Mapping[str, Any], team: str, enterprise: str = "") -> Person | None:
    """Somebody from Slack's `user` object; None where it is none."""
    slack_id = shape.get("id")
    if not isinstance(slack_id, str) or not slack_id:
        return None
    profile = shape.get("profile")
    profile = profile if isinstance(profile, Mapping) else {}
    names = (profile.get("display_name"), profile.get("real_name"), shape.get("real_name"), shape.get("name"))
    name = next(
        (" ".join(one.replace("\0", " ").split()) for one in names if isinstance(one, str) and one.strip("\0 \t\n")),
        slack_id,
    )
    home = shape.get("team_id")
    zone, language = shape.get("tz"), shape.get("locale")
    return Person(
        slack_id,
        name[:_LONGEST_NAME],
        zone if isinstance(zone, str) and zone in available_timezones() else None,
        language if isinstance(language, str) and _LANGUAGE.fullmatch(language) else None,
        is_bot=shape.get("is_bot") is True or slack_id == "USLACKBOT",
        is_guest=shape.get("is_restricted") is True or shape.get("is_ultra_restricted") is True,
        is_stranger=shape.get("is_stranger") is True or (isinstance(home, str) and home not in (team, enterprise)),
        is_gone=shape.get("deleted") is True,
        manages=shape.get("is_owner") is True or shape.get("is_admin") is True,
    )


def asked(client: WebClient, slack_id: str, team: str, enterprise: str = "") -> Person | None:
    """Somebody as Slack knows them now. Raises what outcomes.FAULTS lists."""
    answer = client.users_info(user=slack_id, include_locale=True)
    shape = answer.get("user")
    return person(shape, team, enterprise) if isinstance(shape, Mapping) else None


def met(db: Session, somebody: Person, now: datetime) -> str:
    """Know this person as a member, without noticing anything about them; returns the member's id."""
    return people.meet(
        db,
        somebody.name,
        now,
        role=Role.GUEST if somebody.is_guest else Role.MEMBER,
        known=(IdentityKind.SLACK, somebody.slack_id),
        zone=somebody.zone,
        language=somebody.language,
        courier=COURIER,
    )
