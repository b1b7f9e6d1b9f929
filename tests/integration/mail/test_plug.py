"""Mail as it is plugged in: nudges and sign-in letters leave, and end at one click."""

import email
import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import policy
from email.message import EmailMessage

import pytest
from pydantic import SecretStr

from integrations.mail import plug as mail
from integrations.mail.courier import LogCourier, MailCourier
from service.access import actions as access
from service.app import create_app
from service.errors import StartRefused
from service.nudges import actions as nudges
from service.nudges import delivery
from service.nudges.rules import NudgeKind, NudgeState, Told
from service.people import actions as people
from service.people import queries
from service.people.rules import IdentityKind
from service.runtime import Plug, Runtime
from service.schedule import Round
from service.settings import Settings
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Clock
from tests.integration.mail.server import DROP, Mailbox, mail_server
from tests.integration.nudges.rows import all_rows

LATER = MONDAY + timedelta(minutes=10)


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as made:
        yield made


def with_settings(runtime: Runtime, **changed: object) -> Runtime:
    """The same runtime under other settings."""
    return replace(runtime, settings=Settings.model_validate({**runtime.settings.model_dump(), **changed}))


@pytest.fixture
def plugged(runtime: Runtime, box: Mailbox) -> tuple[Runtime, Plug]:
    address = f"smtp://127.0.0.1:{box.port}?tls=none&from=goldseam@example.org"
    made = with_settings(runtime, mail_url=SecretStr(address), public_url="https://seam.example.org")
    plug = mail.plug(made)
    assert isinstance(plug.courier, MailCourier)
    made.couriers["mail"] = plug.courier
    return made, plug


@pytest.fixture
def home(runtime: Runtime) -> Home:
    made = builders.team(runtime, "Ada", "Ben", courier="mail")
    with runtime.transaction(made.id) as db:
        people.identify(db, made["Ada"], IdentityKind.MAIL, "ada@example.org", MONDAY)
    return made


def thank(runtime: Runtime, home: Home, name: str = "Ada") -> None:
    """Thank somebody."""
    with runtime.transaction(home.id) as db:
        told = Told(who=home["Ben"], words="Thank you for the night shift.")
        nudges.offer(db, NudgeKind.THANKS_RECEIVED, home[name], "t1", told, MONDAY)


def taken(box: Mailbox) -> list[EmailMessage]:
    """The letters the server took."""
    return [email.message_from_bytes(written, policy=policy.default) for _, written in box.taken]


def said(message: EmailMessage) -> str:
    """The text of a letter."""
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_thanks_leave_as_a_letter(plugged: tuple[Runtime, Plug], box: Mailbox, home: Home) -> None:
    runtime, _ = plugged
    thank(runtime, home)
    delivery.deliver_due(runtime.housekeeping, runtime.couriers, MONDAY)
    assert box.taken == []
    delivery.deliver_due(runtime.housekeeping, runtime.couriers, LATER)
    (message,) = taken(box)
    (row,) = all_rows(runtime)
    assert row.state is NudgeState.SENT
    assert message["To"] == "ada@example.org"
    assert message["Message-ID"] == f"<{row.parcel}@example.org>"
    assert "> Thank you for the night shift." in said(message)
    assert "Ben" in said(message)
    assert "Ben" not in message["Subject"]


def test_a_letter_of_unknown_fate_is_parked_and_never_sent_again(
    plugged: tuple[Runtime, Plug], box: Mailbox, home: Home
) -> None:
    runtime, _ = plugged
    box.once["."] = deque([DROP])
    thank(runtime, home)
    delivery.deliver_due(runtime.housekeeping, runtime.couriers, LATER)
    delivery.trace_due(runtime.housekeeping, runtime.couriers, LATER + timedelta(minutes=1))
    delivery.deliver_due(runtime.housekeeping, runtime.couriers, LATER + timedelta(hours=1))
    assert [row.state for row in all_rows(runtime)] == [NudgeState.PARKED]
    assert box.taken == []


def test_who_has_no_address_finds_it_in_the_inbox(plugged: tuple[Runtime, Plug], box: Mailbox, home: Home) -> None:
    runtime, _ = plugged
    thank(runtime, home, "Ben")
    delivery.deliver_due(runtime.housekeeping, runtime.couriers, LATER)
    assert [(row.state, row.why) for row in all_rows(runtime)] == [(NudgeState.FAILED, "no address")]


def test_a_letter_that_was_sent_cannot_be_taken_back(plugged: tuple[Runtime, Plug], box: Mailbox, home: Home) -> None:
    runtime, _ = plugged
    thank(runtime, home)
    delivery.deliver_due(runtime.housekeeping, runtime.couriers, LATER)
    with runtime.transaction(home.id) as db:
        nudges.recall(db, "t1", NudgeKind.THANKS_RECEIVED)
    delivery.change_due(runtime.housekeeping, runtime.couriers, LATER)
    assert [(row.state, row.why) for row in all_rows(runtime)] == [(NudgeState.WITHDRAWN, "cannot be changed")]
    assert len(box.taken) == 1


def test_somebody_signs_in_by_a_letter(plugged: tuple[Runtime, Plug], box: Mailbox, home: Home, clock: Clock) -> None:
    runtime, plug = plugged
    box.once["RCPT"] = deque(["450 greylisted"])
    with runtime.housekeeping() as db:
        access.begin_sign_in(db, runtime.keyring, "ada@example.org", "10.0.0.1", clock())
    plug.rounds[Round.SEND_LETTERS](clock())
    assert box.taken == []
    plug.rounds[Round.SEND_LETTERS](clock.move(seconds=10))
    (message,) = taken(box)
    assert "List-Unsubscribe" not in message
    found = re.search(r"https://seam\.example\.org/sign-in/(\S+)", said(message))
    assert found is not None
    with runtime.housekeeping() as db:
        assert access.consume_link(db, runtime.keyring, found[1], clock()).member == home["Ada"]


def test_one_click_ends_letters(plugged: tuple[Runtime, Plug], box: Mailbox, home: Home) -> None:
    runtime, _ = plugged
    thank(runtime, home)
    delivery.deliver_due(runtime.housekeeping, runtime.couriers, LATER)
    (message,) = taken(box)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = message["List-Unsubscribe"].strip("<>").removeprefix("https://seam.example.org")
    browser = create_app(runtime).test_client()
    page = browser.get(path)
    assert page.status_code == 200
    assert "<h1>Letters from us</h1>" in page.text
    assert "Set-Cookie" not in page.headers
    assert _courier(runtime, home) == "mail"
    assert browser.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert _courier(runtime, home) == "inbox"
    assert browser.post(path).status_code == 200
    for forged in (path[:-2], "/mail/stop/x", f"/mail/stop/{runtime.keyring.seal('other', ['w', 'm'])}"):
        assert browser.get(forged).status_code == 404
        assert browser.post(forged).status_code == 404
    with runtime.transaction(home.id) as db:
        people.own(db, home["Ben"])
        people.leave(db, home["Ada"])
    assert browser.post(path).status_code == 200


def _courier(runtime: Runtime, home: Home) -> str:
    with runtime.transaction(home.id) as db:
        return queries.the_member(db, home["Ada"]).courier


def test_the_demo_writes_letters_to_its_log(runtime: Runtime, home: Home, clock: Clock) -> None:
    demo = with_settings(runtime, goldseam_demo=True)
    log = io.StringIO()
    assert isinstance(mail.plug(demo).courier, LogCourier)
    demo.couriers["mail"] = LogCourier(demo, log)
    thank(demo, home)
    delivery.deliver_due(demo.housekeeping, demo.couriers, LATER)
    assert "--- ada@example.org: " in log.getvalue()
    assert "Thank you for the night shift." in log.getvalue()


def test_without_a_server_nudges_stay_in_the_inbox_and_doctor_tells_of_letters(
    runtime: Runtime, home: Home, clock: Clock
) -> None:
    plug = mail.plug(runtime)
    assert plug.courier is None
    thank(runtime, home)
    delivery.deliver_due(runtime.housekeeping, runtime.couriers, MONDAY)
    assert [(row.state, row.courier) for row in all_rows(runtime)] == [(NudgeState.SENT, "inbox")]
    with runtime.housekeeping() as db:
        access.begin_sign_in(db, runtime.keyring, "ada@example.org", "10.0.0.1", clock())
    plug.rounds[Round.SEND_LETTERS](clock())
    findings = [finding for check in plug.checks for finding in check()]
    assert [finding.well for finding in findings] == [False, False]
    assert "MAIL_URL is unset" in findings[1].said


def test_doctor_greets_the_server(plugged: tuple[Runtime, Plug], box: Mailbox) -> None:
    _, plug = plugged
    assert all(finding.well for check in plug.checks for finding in check())
    box.answers["CONNECT"] = "554 no"
    (finding, *_) = [finding for check in plug.checks for finding in check()]
    assert (finding.what, finding.well) == ("mail", False)
    assert finding.remedy


def test_a_wrong_address_stops_the_start(runtime: Runtime) -> None:
    with pytest.raises(StartRefused):
        mail.plug(with_settings(runtime, mail_url=SecretStr("http://mail.example.org")))
