"""Nudges on a screen: asked for on a device, sealed for it alone, neutral unless its owner chose words."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import time

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from integrations.push import vapid
from integrations.push.courier import PushCourier
from service.access import devices
from service.access.rules import is_push_service
from service.asks import home as questions
from service.nudges.rules import NudgeKind, NudgeState
from service.people import actions as people
from service.people import queries
from service.people.rules import IdentityKind, Role
from service.runtime import Runtime
from tests.builders import Home, always_open, family
from tests.fakes import Clock, Satchel
from tests.integration.nudges.rows import all_rows
from tests.integration.push.service import Phone, Service, opened, push_service, text
from tests.visitors import Visitor, delivered, signed_in


@pytest.fixture
def service() -> Iterator[Service]:
    with push_service() as made:
        yield made


@pytest.fixture
def home(runtime: Runtime) -> Home:
    home = family(runtime, Maja=Role.ADULT, Ben=Role.ADULT)
    always_open(runtime, home)
    return home


@pytest.fixture
def ben(runtime: Runtime, home: Home, service: Service) -> Visitor:
    somebody = signed_in(runtime, home.id, home["Ben"])
    runtime.couriers["push"] = PushCourier(runtime, service.connect)
    return somebody


def ask(runtime: Runtime, home: Home, clock: Clock, words: str = "Are you free on Sunday?") -> None:
    with runtime.transaction(home.id) as db:
        questions.put(db, home["Maja"], home.circle, [home["Ben"]], words, runtime.now())
    runtime.couriers.setdefault("push", Satchel("push"))
    delivered(runtime, clock)


def test_a_question_shows_at_once_without_its_words(
    runtime: Runtime, clock: Clock, home: Home, service: Service, ben: Visitor
) -> None:
    phone = Phone()
    assert "From now on" in ben.does("/devices", phone.form)
    assert "fcm.googleapis.com" in ben.opens("/devices")
    ask(runtime, home, clock)
    ((path, headers, body),) = service.taken
    assert (path, service.asked_for) == ("/fcm/send/maja", ["fcm.googleapis.com"])
    shown = phone.opens(body)
    assert shown["body"] == "Open Goldseam to read it."
    assert not re.search("Maja|Sunday|free", str(shown))
    assert headers["Content-Encoding"] == "aes128gcm"
    assert shown["tag"] == headers["Topic"]


def test_the_token_says_that_it_is_us_and_to_whom(
    runtime: Runtime, clock: Clock, home: Home, service: Service, ben: Visitor
) -> None:
    ben.does("/devices", Phone().form)
    ask(runtime, home, clock)
    found = re.fullmatch(r"vapid t=([\w.-]+),\s?k=([\w-]+)", service.taken[0][1]["Authorization"])
    assert found is not None
    token, key = found.groups()
    assert key == runtime.screen_key == vapid.public_key(runtime.keyring)
    claims = opened(token, 1)
    assert claims["aud"] == "https://fcm.googleapis.com"
    assert 0 < claims["exp"] - runtime.now().timestamp() <= 24 * 60 * 60
    head, _, seal = token.rpartition(".")
    raw = bytes.fromhex("".join(f"{byte:02x}" for byte in _raw(seal)))
    signature = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    ours = vapid.private_key(runtime.keyring).public_key()
    ours.verify(signature, head.encode(), ec.ECDSA(hashes.SHA256()))


def _raw(encoded: str) -> bytes:
    from base64 import urlsafe_b64decode

    return urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))


def test_words_show_where_somebody_chose_so_and_leave_when_taken_back(
    runtime: Runtime, clock: Clock, home: Home, service: Service, ben: Visitor
) -> None:
    phone = Phone()
    ben.does("/devices", {**phone.form, "words": "yes"})
    maja = signed_in(runtime, home.id, home["Maja"])
    runtime.couriers["push"] = PushCourier(runtime, service.connect)
    page = maja.does("/thanks", {"recipients": [home["Ben"]], "did": "You waited up.", "token": "t"})
    delivered(runtime, clock)
    first = phone.opens(service.taken[-1][2])
    assert "You waited up." in first["body"]
    maja.does(re.findall(r"/thanks/\w+/withdraw", page)[0])
    delivered(runtime, clock)
    last = phone.opens(service.taken[-1][2])
    assert (last["tag"], last["title"]) == (first["tag"], "Something changed")
    assert "waited" not in str(last)


def test_quiet_hours_hold_on_screens_too(
    runtime: Runtime, clock: Clock, home: Home, service: Service, ben: Visitor
) -> None:
    ben.does("/devices", Phone().form)
    with runtime.transaction(home.id) as db:
        boundary = queries.boundaries(db, [home["Ben"]])[home["Ben"]]
        late = replace(boundary, starts_at=time(18), ends_at=time(22), digest_at=time(18))
        people.set_boundary(db, home["Ben"], late)
    ask(runtime, home, clock)
    assert service.taken == []
    clock.move(hours=9)
    delivered(runtime, clock)
    assert len(service.taken) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten_and_mail_takes_over(
    runtime: Runtime, clock: Clock, home: Home, service: Service, ben: Visitor, status: int
) -> None:
    ben.does("/devices", Phone().form)
    runtime.couriers["mail"] = Satchel("mail")
    with runtime.transaction(home.id) as db:
        people.identify(db, home["Ben"], IdentityKind.MAIL, "ben@example.org", runtime.now())
    service.answers.append((status, {}))
    ask(runtime, home, clock)
    with runtime.transaction(home.id) as db:
        assert devices.screens(db, runtime.keyring, home["Ben"]) == []
        assert queries.the_member(db, home["Ben"]).courier == "mail"
    for _ in range(3):
        clock.move(minutes=2)
        delivered(runtime, clock)
    (row,) = [row for row in all_rows(runtime) if row.kind is NudgeKind.QUESTION_AT_HOME]
    assert (row.state, row.courier) == (NudgeState.SENT, "mail")


def test_a_busy_service_is_asked_again_and_an_answer_elsewhere_is_not_followed(
    runtime: Runtime, clock: Clock, home: Home, service: Service, ben: Visitor
) -> None:
    ben.does("/devices", Phone().form)
    service.answers += [(503, {"Retry-After": "60"}), (307, {"Location": "http://127.0.0.1:9/secret"})]
    ask(runtime, home, clock)
    assert len(service.taken) == 1
    clock.move(minutes=2)
    delivered(runtime, clock)
    assert len(service.taken) == 2
    assert set(service.asked_for) == {"fcm.googleapis.com"}


def test_signing_out_ends_it(runtime: Runtime, home: Home, ben: Visitor) -> None:
    ben.does("/devices", Phone().form)
    ben.does("/sign-out")
    with runtime.transaction(home.id) as db:
        assert devices.screens(db, runtime.keyring, home["Ben"]) == []


def test_a_browser_is_whose_it_was_last(runtime: Runtime, home: Home, ben: Visitor) -> None:
    phone = Phone()
    ben.does("/devices", phone.form)
    maja = signed_in(runtime, home.id, home["Maja"])
    page = maja.does("/devices", phone.form)
    device = re.findall(r"/devices/(\w+)/end", page)[0]
    with runtime.transaction(home.id) as db:
        assert devices.screens(db, runtime.keyring, home["Ben"]) == []
    ben.does(f"/devices/{device}/end")  # another's device is not ended
    with runtime.transaction(home.id) as db:
        assert len(devices.screens(db, runtime.keyring, home["Maja"])) == 1
    assert "Nowhere yet." in maja.does(f"/devices/{device}/end")


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://user@fcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://evilpush.apple.com/x",
        "https://[::1/x",
        "https://fcm.googleapis.com/x\r\nHost: evil",
        "",
    ],
)
def test_no_address_but_a_browsers_own_is_taken(runtime: Runtime, home: Home, ben: Visitor, endpoint: str) -> None:
    assert not is_push_service(endpoint)
    ben.is_refused("/devices", {**Phone().form, "endpoint": endpoint})
    with runtime.transaction(home.id) as db:
        assert devices.screens(db, runtime.keyring, home["Ben"]) == []


@pytest.mark.parametrize("key", ["", "AAAA", text(b"\4" + b"\1" * 64), "é" * 20])
def test_keys_that_seal_nothing_are_not_taken(ben: Visitor, key: str) -> None:
    ben.is_refused("/devices", {**Phone().form, "key": key})


@pytest.mark.parametrize("host", ["web.push.apple.com", "wns2-par02p.notify.windows.com", "fcm.googleapis.com"])
def test_the_browsers_services_are_known(host: str) -> None:
    assert is_push_service(f"https://{host}/some/thing?id=1")
