"""docs/slack.md, followed word by word against the stand-in: from the manifest to the first digest."""

import json
import re
import shlex
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from integrations.slack import manifest
from integrations.slack.standin import manifest as learned
from integrations.slack.standin.actor import Actor
from integrations.slack.standin.limits import manifests
from service.nudges.rules import NudgeKind
from service.settings import Settings, read
from service.wording import buttons, catalogues, nudges
from service.wording.buttons import Button
from service.wording.voice import Voice
from tests.slack import Street, about_asks, comes_by_socket, offering, texts

GUIDE = (Path(__file__).parents[3] / "docs" / "slack.md").read_text(encoding="utf-8")
WALK = GUIDE.partition("## From zero")[2].partition("\n## ")[0]
LOCALES = {"en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES"}
QUESTIONS = {
    "en": "@ben could you look at the printer?",
    "de": "@ben kannst du bitte nach dem Drucker sehen?",
    "fr": "@ben peux-tu regarder l'imprimante ?",
    "es": "@ben ¿puedes mirar la impresora?",
}

IN_EACH_LANGUAGE = pytest.mark.parametrize(
    "language",
    [one if one in ("en", "de") else pytest.param(one, marks=pytest.mark.soak) for one in catalogues.languages()],
)


def part(title: str) -> str:
    """What stands under one of the guide's headings."""
    return WALK.partition(f"### {title}\n")[2].partition("\n### ")[0]


def commands(title: str) -> list[list[str]]:
    """What the reader is asked to type there."""
    blocks = re.findall(r"```sh\n(.*?)```", part(title), re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines() if line.strip()]


def given(title: str) -> dict[str, str]:
    """The variables the reader sets there."""
    return dict(words[1].split("=", 1) for words in commands(title) if words[0] == "export")


def printed(title: str, settings: Settings) -> dict[str, Any]:
    """The manifest, printed by the command that stands there."""
    (asked,) = [words for words in commands(title) if words[:3] == ["goldseam", "slack", "manifest"]]
    answer = CliRunner().invoke(manifest.command(settings), asked[3:])
    assert answer.exit_code == 0, answer.output
    found: dict[str, Any] = json.loads(answer.output)
    assert manifests.problems(found) == []
    return found


def pressed(actor: Actor, messages: list[Any], does: Button, voice: Voice) -> None:
    """Press a button that the guide names, which says the same in the reader's language."""
    assert f"**{buttons.label(Voice(), does)}**" in WALK
    message = offering(messages, does.value)
    shown = [
        each["text"]["text"]
        for block in message.blocks
        for each in block.get("elements", ())
        if each.get("action_id") == does.value
    ]
    assert shown == [buttons.label(voice, does)]
    assert actor.presses(message, does.value).ok


def people_of(town: Street, language: str) -> tuple[Actor, Actor, Actor]:
    there = town.slack.team("Maple")
    locale = LOCALES[language]
    owner = town.slack.person("owner", team=there, is_owner=True, is_admin=True, locale=locale)
    ada, ben = (town.slack.person(each, team=there, locale=locale) for each in ("ada", "ben"))
    return owner, ada, ben


def then_either_way(town: Street, language: str) -> None:
    """The second half of the guide."""
    owner, ada, ben = people_of(town, language)
    voice = Voice.for_language(language)
    ops = town.slack.channel("#ops", team="Maple")
    for each in (owner, ada, ben):
        each.joins(ops)
    town.slack.invite_app(ops, by=owner)
    town.goes_on()
    pressed(owner, owner.inbox, Button.PEOPLE_MAKE_CIRCLE, voice)
    pressed(owner, owner.inbox, Button.PEOPLE_INVITE, voice)
    town.goes_on()
    for each in (ada, ben):
        pressed(each, each.sees(ops), Button.PEOPLE_JOIN, voice)
        assert each.submits().ok
    ada.says(ops, QUESTIONS[language])
    asked_at: datetime = town.clock()
    while not about_asks(ben):
        town.passes(hours=4)
        assert (town.clock() - asked_at).days < 4
    (digest,) = about_asks(ben)
    assert nudges.title(voice, NudgeKind.ASK_WAITING) in digest.text
    assert ada.mention in texts(digest)
    pressed(ben, [digest], Button.ASKS_PROMISE, voice)
    assert ben.submits().ok


@IN_EACH_LANGUAGE
def test_from_the_manifest_to_the_first_digest_by_http(town: Street, language: str) -> None:
    described = printed("By HTTP", town.runtime.settings)
    learned.learn(town.slack.world.app, described)
    owner, _, _ = people_of(town, language)
    assert "`/slack/install`" in part("By HTTP")
    assert town.slack.install("Maple", by=owner).status == 200
    town.works()
    assert len(owner.inbox) == 1
    assert town.member(owner).is_owner
    then_either_way(town, language)


@IN_EACH_LANGUAGE
def test_from_the_manifest_to_the_first_digest_by_socket(town: Street, language: str) -> None:
    described = printed("By socket", town.runtime.settings)
    learned.learn(town.slack.world.app, described)
    owner, _, _ = people_of(town, language)
    with comes_by_socket(town):
        assert owner.runs("/goldseam").ok
        owner.opens_home()
        owner.runs("/goldseam", "join")
        owner.closes()
        assert town.member(owner).is_owner
        then_either_way(town, language)


@pytest.mark.parametrize(("title", "plain"), [("By HTTP", False), ("By socket", False), ("Then, either way", True)])
def test_whatever_the_reader_types_exists(title: str, plain: bool) -> None:
    from service.cli import COMMANDS

    assert commands(title)
    for words in commands(title):
        assert words[0] in ("export", "goldseam")
        assert words[0] == "export" or words[1] in COMMANDS
    settings = read(given(title))
    assert bool(given(title)) is not plain
    assert plain or "slack" in settings.plugged


def test_every_button_the_guide_names_is_one() -> None:
    labels = {buttons.label(Voice(), each) for each in Button}
    named = set(re.findall(r"\*\*([A-Z][^*]+)\*\*", part("Then, either way")))
    assert named
    assert named <= labels
