"""Installing the app as a person does: through its own page, the consent page, and back, with cookies."""

from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlencode, urlsplit

from integrations.slack.standin.deliver import Answer, Door
from integrations.slack.standin.refusals import CannotDoError
from integrations.slack.standin.world import World


def walk(door: Door, world: World, path: str, team: str, person: str) -> Answer:
    """From the app's install address to its last answer; `person` agrees for `team`."""
    cookies: dict[str, str] = {}
    answer = _visit(door, path, cookies)
    location = answer.headers.get("Location", "")
    if not 300 <= answer.status < 400 or "client_id" not in location:
        return answer
    asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
    back = agreed(world, asked, team, person)
    target = urlsplit(back)
    return _visit(door, f"{target.path}?{target.query}", cookies)


def agreed(world: World, asked: dict[str, str], team: str, person: str, kind: str = "install") -> str:
    """Where the consent page sends the browser once somebody agreed: back to the app with a code."""
    if asked.get("client_id") != world.app.client_id:
        raise CannotDoError(f"Slack knows no app with client id {asked.get('client_id')!r}")
    code = world.new_id("code-")
    redirect = asked.get("redirect_uri", "")
    with world.lock:
        world.codes[code] = {
            "kind": kind,
            "team": team,
            "person": person,
            "scopes": sorted(filter(None, asked.get("scope", "").replace(" ", ",").split(","))),
            "redirect_uri": redirect,
            "nonce": asked.get("nonce"),
        }
    joint = "&" if "?" in redirect else "?"
    return f"{redirect}{joint}{urlencode({'code': code, 'state': asked.get('state', '')})}"


def _visit(door: Door, path: str, cookies: dict[str, str]) -> Answer:
    sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
    answer = door("GET", path, sent, b"")
    for line in answer.cookies:
        cookies.update({key: morsel.value for key, morsel in SimpleCookie(line).items()})
    return answer
