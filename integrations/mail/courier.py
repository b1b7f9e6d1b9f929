"""The couriers of letters: by SMTP; to the log, in the demo; and to nowhere, where nobody set up a mail server."""

import sys
from collections.abc import Callable
from datetime import datetime
from typing import TextIO
from zoneinfo import ZoneInfo

from integrations.mail import envelopes, handing_in, letters, stopping
from integrations.mail.address import PostOffice
from integrations.mail.letters import Letter
from service.access.postman import Ready
from service.nudges.couriers import CannotRecall, CourierError, Outcome, Parcel, Receipt
from service.runtime import Runtime

NAME = "mail"


class _Paper:
    """What the couriers of letters share: what a letter says, and that no letter comes back."""

    name = NAME
    takes_back = False

    def __init__(self, runtime: Runtime) -> None:
        self._keyring = runtime.keyring
        self._home = runtime.settings.public_url.rstrip("/")
        self._now: Callable[[], datetime] = runtime.now

    def amend(self, receipt: Receipt, parcel: Parcel) -> None:
        """A letter that was sent is sent."""
        raise CannotRecall

    def recall(self, receipt: Receipt) -> None:
        """A letter that was sent is sent."""
        raise CannotRecall

    def _letter(self, parcel: Parcel) -> tuple[Letter, str]:
        """What a parcel says, and where its reader ends such letters."""
        today = self._now().astimezone(ZoneInfo(parcel.reader.zone)).date()
        stop = self._home + stopping.path(self._keyring, parcel.reader)
        return letters.of_parcel(parcel, today, f"{self._home}/inbox", stop), stop

    @staticmethod
    def _address(parcel: Parcel) -> str:
        if parcel.reader.address is None or parcel.reader.is_place:
            raise CourierError(Outcome.PERMANENT, "no address")
        return parcel.reader.address


class MailCourier(_Paper):
    """Carries letters to a mail server; what that server does with them nobody can ask afterwards."""

    def __init__(self, runtime: Runtime, office: PostOffice) -> None:
        super().__init__(runtime)
        self._office = office

    def deliver(self, parcel: Parcel) -> Receipt:
        """Hand it in once, or raise CourierError."""
        letter, stop = self._letter(parcel)
        self._hand_in(letter, self._address(parcel), parcel.id, stop=stop)
        return Receipt(self.name, {"id": parcel.id})

    def trace(self, parcel: Parcel) -> Receipt | None:
        """Mail leaves no trace."""
        raise CourierError(Outcome.PERMANENT, "mail leaves no trace")

    def send(self, letter: Ready) -> None:
        """Carry a sign-in link or an invitation."""
        self._hand_in(letters.of_way_in(letter, self._home), letter.words.address, letter.id)

    def _hand_in(self, letter: Letter, address: str, id_: str, *, stop: str | None = None) -> None:
        try:
            written = envelopes.envelope(letter, self._office, address, id_, self._now(), stop=stop)
        except ValueError as error:
            raise CourierError(Outcome.PERMANENT, "no letter can go there") from error
        handing_in.hand_in(self._office, written)


class LogCourier(_Paper):
    """Writes letters to the log, for the demo, where every address is made up."""

    def __init__(self, runtime: Runtime, log: TextIO | None = None) -> None:
        super().__init__(runtime)
        self._log = log

    def deliver(self, parcel: Parcel) -> Receipt:
        """Write it down."""
        letter, _ = self._letter(parcel)
        self._write(letter, self._address(parcel))
        return Receipt(self.name, {"id": parcel.id})

    def trace(self, parcel: Parcel) -> Receipt | None:
        """What was not written down by now never was."""
        return None

    def send(self, letter: Ready) -> None:
        """Write down a sign-in link or an invitation."""
        self._write(letters.of_way_in(letter, self._home), letter.words.address)

    def _write(self, letter: Letter, address: str) -> None:
        log = self._log or sys.stderr
        log.write(f"\n--- {address}: {letter.subject} ---\n{letter.text}---\n")
        log.flush()


class Nowhere:
    """Where MAIL_URL is unset: sign-in letters are given up at once, and `goldseam doctor` says so."""

    def send(self, letter: Ready) -> None:
        """Say that no letter leaves this installation."""
        raise CourierError(Outcome.PERMANENT, "MAIL_URL is unset")
