"""The courier of screens: seals what a device shows, and hands it to the push service of its browser."""

from base64 import urlsafe_b64decode
from datetime import timedelta
from zoneinfo import ZoneInfo

from integrations.push import handing_in, payloads, vapid
from integrations.push.handing_in import Connect, Taken
from service.access import devices
from service.access.rules import Screen, is_push_service
from service.nudges.couriers import INBOX, CourierError, Outcome, Parcel, Receipt
from service.people import actions as people_acts
from service.people import queries as people
from service.people.rules import IdentityKind
from service.runtime import Runtime

NAME = "push"


class PushCourier:
    """Carries nudges to the devices on which a member asked for them."""

    name = NAME
    takes_back = True

    def __init__(self, runtime: Runtime, connect: Connect = handing_in.connect) -> None:
        self._runtime = runtime
        self._connect = connect

    def deliver(self, parcel: Parcel) -> Receipt:
        """Show it on each device; one that took it is enough."""
        member = parcel.reader.member
        if member is None:
            raise CourierError(Outcome.PERMANENT, "no device")
        today = self._runtime.now().astimezone(ZoneInfo(parcel.reader.zone)).date()
        answers = []
        for device, screen, shows_words in self._screens(parcel.reader.workspace, member):
            said = payloads.shown(parcel, today, shows_words=shows_words)
            answers.append(self._carried(parcel.reader.workspace, member, device, screen, said, parcel.id))
        self._judge(answers, parcel.reader.workspace, member)
        reader = parcel.reader
        return Receipt(
            NAME, {"id": parcel.id, "workspace": reader.workspace, "member": member, "language": reader.language}
        )

    def amend(self, receipt: Receipt, parcel: Parcel) -> None:
        """The inbox shows what it says now; a screen that shows words shows these."""
        today = self._runtime.now().astimezone(ZoneInfo(parcel.reader.zone)).date()
        self._again(receipt, payloads.shown(parcel, today, shows_words=True))

    def recall(self, receipt: Receipt) -> None:
        """Words that were taken back leave the screen; a neutral line says nothing anyway."""
        self._again(receipt, payloads.taken_back(receipt.reference["id"], receipt.reference.get("language", "")))

    def trace(self, parcel: Parcel) -> Receipt | None:
        """What goes out again takes the place of the first on the screen, so it need not be looked for."""
        return None

    def _again(self, receipt: Receipt, said: bytes) -> None:
        about = receipt.reference
        for device, screen, shows_words in self._screens(about["workspace"], about["member"]):
            if shows_words:
                self._carried(about["workspace"], about["member"], device, screen, said, about["id"])

    def _screens(self, workspace: str, member: str) -> list[tuple[str, Screen, bool]]:
        with self._runtime.transaction(workspace, writes=False) as db:
            return devices.screens(db, self._runtime.keyring, member)

    def _carried(
        self, workspace: str, member: str, device: str, screen: Screen, said: bytes, topic: str
    ) -> tuple[Taken, timedelta | None]:
        if not is_push_service(screen.endpoint):  # the list may have become shorter since
            return Taken.NO, None
        settings, keyring = self._runtime.settings, self._runtime.keyring
        contact = settings.public_url if settings.is_https else "mailto:goldseam@localhost"
        known = vapid.authorization(keyring, screen.endpoint, contact, self._runtime.now())
        answer = handing_in.hand_in(screen.endpoint, _sealed(screen, said), known, topic, self._connect)
        if answer[0] is Taken.GONE:
            with self._runtime.transaction(workspace) as db:
                devices.off_screen(db, member, device)
        return answer

    def _judge(self, answers: list[tuple[Taken, timedelta | None]], workspace: str, member: str) -> None:
        found = {taken for taken, _ in answers}
        if Taken.YES in found:
            return
        if Taken.LATER in found:
            raise CourierError(Outcome.PASSING, "not taken yet", next((wait for _, wait in answers if wait), None))
        # No device is left, as after signing out on all of them: what is due goes the other way from now on.
        with self._runtime.transaction(workspace) as db:
            by_mail = member in people.addresses(db, IdentityKind.MAIL, [member]) and "mail" in self._runtime.couriers
            people_acts.carry_by(db, member, "mail" if by_mail else INBOX)
        raise CourierError(Outcome.PASSING, "no device")


def _sealed(screen: Screen, said: bytes) -> bytes:
    """Sealed for this device alone (RFC 8291): its push service carries what it cannot read."""
    import http_ece
    from cryptography.hazmat.primitives.asymmetric import ec

    body: bytes = http_ece.encrypt(
        said,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=_raw(screen.key),
        auth_secret=_raw(screen.secret),
        version="aes128gcm",
    )
    return body


def _raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
