"""Signing in on the web with Slack, and going there from the app's home: one member, by team and id alone."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from integrations.slack.standin import oauth_walk
from integrations.slack.standin.actor import Actor
from service.app import create_app
from service.errors import Problem, ProblemKind
from service.people import actions as people_acts
from service.people import queries as people
from service.people.rules import IdentityKind
from service.wording import refusals
from service.wording.voice import Voice
from tests.slack import Street, Team
from tests.visitors import HTML, Visitor

BACK = "/sign-in/with/slack/back"


def said(kind: ProblemKind) -> str:
    return refusals.sentence(Voice(), Problem(kind))


def browser(town: Street) -> Visitor:
    return Visitor(create_app(town.runtime).test_client())


def begun(of: Visitor) -> dict[str, str]:
    """What Slack's page is asked."""
    answer = of.client.get("/sign-in/with/slack", headers=HTML)
    assert answer.status_code == 303
    return {name: each[0] for name, each in parse_qs(urlsplit(answer.location).query).items()}


def agreed(town: Street, asked: dict[str, str], actor: Actor, **told: object) -> str:
    """Where Slack sends the browser once this person agreed."""
    back = urlsplit(oauth_walk.agreed(town.slack.world, asked, actor.person.team, actor.id, "sign_in"))
    town.slack.world.codes[parse_qs(back.query)["code"][0]].update(told)
    assert back.path == BACK
    return f"{back.path}?{back.query}"


def test_whoever_slack_names_is_the_member_they_are_in_slack(town: Street, team: Team) -> None:
    mine = browser(town)
    assert "Sign In with Slack" in mine.opens("/sign-in")
    asked = begun(mine)
    assert asked["scope"] == "openid"
    assert asked["redirect_uri"].endswith(BACK)
    assert "Hello, " in mine.opens(agreed(town, asked, team.ada))
    with town.runtime.transaction(town.workspace(team.ops.team)) as db:
        assert len(people.addresses(db, IdentityKind.SLACK, [town.member(team.ada).id])) == 1
        before = len(people.everybody(db))
    dora = town.slack.person("dora", team="Maple")  # whom we have never met
    theirs = browser(town)
    theirs.opens(agreed(town, begun(theirs), dora))
    with town.runtime.transaction(town.workspace(team.ops.team)) as db:
        assert len(people.everybody(db)) == before + 1


def test_an_address_of_mail_links_nobody(town: Street, team: Team) -> None:
    eve = town.slack.person("eve", team="Maple", email="ben@example.org")
    with town.runtime.transaction(town.workspace(team.ops.team)) as db:
        ben = town.member(team.ben).id
        people_acts.identify(db, ben, IdentityKind.MAIL, "ben@example.org", town.runtime.now())
    theirs = browser(town)
    theirs.opens(agreed(town, begun(theirs), eve))
    assert town.member(eve).id != ben


def test_a_way_back_is_good_once_and_in_its_own_browser(town: Street, team: Team) -> None:
    mine, other = browser(town), browser(town)
    back = agreed(town, begun(mine), team.ada)
    assert said(ProblemKind.EXPIRED) in other.opens(back, status=422)
    mine.opens(back)
    assert said(ProblemKind.EXPIRED) in mine.opens(back, status=422)
    late = agreed(town, begun(other), team.ada)
    town.clock.move(minutes=10)
    assert said(ProblemKind.EXPIRED) in other.opens(late, status=422)
    for query in ("", "?state=x", "?code=x&state=%ff"):
        assert said(ProblemKind.EXPIRED) in other.opens(BACK + query, status=422)
    other.opens("/sign-in/with/nobody", status=404)


@pytest.mark.parametrize(
    "told",
    [
        {"forged": True},
        {"claims": {"iss": "https://elsewhere.example.org"}},
        {"claims": {"aud": "another app"}},
        {"claims": {"nonce": "of another sign-in"}},
        {"claims": {"exp": 1}},
        {"claims": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}},
        {"claims": {"https://slack.com/team_id": None}},
        {"kind": "install"},
    ],
    ids=str,
)
def test_what_slack_did_not_sign_for_us_and_now_lets_nobody_in(
    town: Street, team: Team, told: dict[str, object]
) -> None:
    mine = browser(town)
    page = mine.opens(agreed(town, begun(mine), team.ada, **told), status=422)
    assert said(ProblemKind.SIGN_IN_UNCLEAR) in page or said(ProblemKind.UNKNOWN_THERE) in page
    assert mine.client.get("/today", headers=HTML).location.startswith("/sign-in")


def test_whoever_declines_or_comes_from_a_team_without_us_is_told_so(town: Street, team: Team) -> None:
    mine = browser(town)
    asked = begun(mine)
    page = mine.opens(f"{BACK}?error=access_denied&state={asked['state']}", status=422)
    assert said(ProblemKind.SIGN_IN_UNCLEAR) in page
    stranger = town.slack.person("zoe", team=town.slack.team("Birch"))
    assert said(ProblemKind.UNKNOWN_THERE) in mine.opens(agreed(town, begun(mine), stranger), status=422)


def test_the_home_leads_to_the_web_as_the_same_member(town: Street, team: Team) -> None:
    team.ada.opens_home()
    assert team.ada.home is not None
    team.ada.presses(team.ada.home, "access.open")
    path = re.findall(r"/sign-in/[\w-]{40,}", str(team.ada.view.body if team.ada.view else ""))[0]
    mine = browser(town)
    assert "Hello, " in mine.does(path)
    browser(town).is_refused(path)
