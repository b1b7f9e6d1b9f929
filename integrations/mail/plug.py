"""What mail brings: a courier, sign-in letters and invitations, an address that ends them, and its checks."""

from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from integrations.mail import handing_in, stopping
from integrations.mail.address import PostOffice, post_office
from integrations.mail.courier import LogCourier, MailCourier, Nowhere
from service.access import posting
from service.access import queries as access
from service.access.postman import Postman
from service.nudges.couriers import CourierError
from service.runtime import Finding, Plug, Runtime
from service.schedule import Round


def plug(runtime: Runtime) -> Plug:
    """What mail brings to a process; raises StartRefused where MAIL_URL cannot be read."""
    settings = runtime.settings
    office = None
    if settings.mail_url is not None:
        host = urlsplit(settings.public_url).hostname or ""
        office = post_office(settings.mail_url.get_secret_value(), host)
    courier = MailCourier(runtime, office) if office else LogCourier(runtime) if settings.goldseam_demo else None
    return Plug(
        name="mail",
        blueprint=stopping.blueprint(runtime),
        courier=courier,
        checks=(partial(_server, runtime, office), partial(_letters, runtime)),
        rounds={Round.SEND_LETTERS: partial(_send, runtime, courier or Nowhere())},
    )


def _send(runtime: Runtime, postman: Postman, now: datetime) -> None:
    while posting.deliver_letters(runtime.housekeeping, runtime.keyring, postman, now):
        pass


def _server(runtime: Runtime, office: PostOffice | None) -> list[Finding]:
    if office is None:
        if runtime.settings.goldseam_demo:
            return [Finding("mail", well=True, said="Letters are written to the log of the demo.")]
        remedy = "Set MAIL_URL to smtp://NAME:PASSWORD@HOST:PORT?tls=starttls&from=ADDRESS."
        return [
            Finding("mail", well=False, said="MAIL_URL is unset: no letter leaves, not even to sign in.", remedy=remedy)
        ]
    try:
        handing_in.greet(office)
    except CourierError as error:
        remedy = "Compare MAIL_URL with what the mail server expects: host, port, tls, name and password."
        return [Finding("mail", well=False, said=f"The mail server takes no letters: {error.why}.", remedy=remedy)]
    return [Finding("mail", well=True, said=f"{office.host} takes letters from {office.sender}.")]


def _letters(runtime: Runtime) -> list[Finding]:
    with runtime.housekeeping(writes=False) as db:
        stuck = access.stuck_letters(db)
    if not stuck:
        return [Finding("letters", well=True, said="None was given up.")]
    reasons = ", ".join(sorted({str(letter.why) for letter in stuck}))
    remedy = "Whoever waits for one may ask again once this is mended."
    return [Finding("letters", well=False, said=f"{len(stuck)} were given up: {reasons}.", remedy=remedy)]
