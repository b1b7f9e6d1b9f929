"""The living style page: every piece in every state, with made-up people, for the demo and for tests."""

from flask import Flask, g, render_template, request

from service.web import look
from service.web.look import Banner, Frame, Way
from service.web.pieces import Act, Bar, Choice, Face, Fault, Notice, Nudge, Thanks, Why
from service.wording.voice import Voice

MINA = Face("Mina Okafor", "m1", "away until Monday")
JONAS = Face("Jonas Wendt", "j3")
ADA = Face("Ada Lund", "a2")
THEO = Face("Theo Okafor", "t4", "13 to 17")
RUTH = Face("Ruth Okafor", "r8", "relative")
ZOE = Face("Zoë Maré-Castellanos", "z1")
PEOPLE = (MINA, JONAS, ADA, THEO, RUTH, ZOE)

FEWER = (Act("Fewer of These", action="#", kind="quiet"), Act("Stop These", action="#", kind="quiet"))
WHY = Why(
    "Why am I seeing this?",
    (
        "Mina put this question to you on Monday at 09:40, and one working day has passed.",
        "It is shown once. Mina is not told whether you have read it.",
    ),
)

NUDGES = (
    Nudge(
        "one",
        "Mina asked you something on Monday",
        (
            Act("Answer", href="#", kind="strong"),
            Act("Give a Day", href="#"),
            Act("Can't Help", action="#"),
            Act("Not for Me", action="#", kind="quiet"),
            Act("Later", action="#", kind="quiet"),
        ),
        lines=("In #kitchen-rota. A line is enough: yes, no, or when.",),
        when="Tuesday 09:00",
        by=MINA,
        to=ADA,
        private="Only you see this",
        why=WHY,
        fewer=FEWER,
    ),
    Nudge(
        "two",
        "Worth a word this week: Jonas covered two shifts",
        (
            Act("Say Thanks", href="#", kind="strong"),
            Act("Already Did", action="#"),
            Act("Not This One", action="#", kind="quiet"),
        ),
        lines=("No thanks seen yet, though we may have missed it.",),
        when="Thursday 10:00",
        by=JONAS,
        private="Only you see this",
        why=WHY,
        fewer=FEWER,
    ),
    Nudge(
        "three",
        "You gave Zoë a day: Friday",
        (Act("Open It Again", action="#", kind="quiet"),),
        when="settled",
        by=ZOE,
        to=ADA,
        mended=True,
    ),
)

FEED = (
    Thanks(
        JONAS,
        ADA,
        "Jonas thanked Ada",
        "You took the late call on Friday so that I could get to the school play. It made the whole week lighter.",
        "yesterday",
    ),
    Thanks(RUTH, THEO, "Ruth thanked Theo", "Thank you for carrying the boxes up. My back says so too.", "Sunday"),
)

FRAME = Frame(
    ways=(
        Way("#today", "Today", "today", current=True),
        Way("#questions", "Questions", "question", waiting=True),
        Way("#thanks", "Thanks", "thanks"),
        Way("#mend", "Mend", "mend"),
        Way("#people", "People", "people"),
    ),
    where="The Okafors",
    me=ADA.name,
    me_key=ADA.key,
    me_href="#me",
    banner=Banner(
        "This is a demo with made-up people.",
        (Act("Start Over", action="#", kind="quiet"), Act("Open the Slack Page", href="#", kind="quiet")),
    ),
    links=(("#hours", "My hours"), ("#kept", "What is kept about me")),
)


def show(app: Flask) -> None:
    """Answer at /look, in the language `?language=` names, which shows right-to-left pages too."""
    app.add_url_rule("/look", "living.page", _page)


def _page() -> str:
    g.voice = Voice(request.args.get("language", "en"))
    g.frame = FRAME
    return render_template(
        "look/page.html",
        people=PEOPLE,
        mina=MINA,
        ada=ADA,
        nudges=NUDGES,
        feed=FEED,
        notices=(Notice("Thanks sent to Jonas.", undo=Act("Take It Back", action="#", drawing="undo")),),
        more_notices=(
            Notice("Until 7 December we are only listening.", "plain"),
            Notice("This address works on this computer alone.", "careful"),
            Notice("Slack has taken our key back. Connect it once more.", "grave"),
        ),
        buttons=(
            Act("Send Thanks", action="#", kind="strong"),
            Act("Give a Day", href="#"),
            Act("Not This One", action="#", kind="quiet"),
            Act("Erase Me", action="#", kind="grave"),
            Act("Print", href="#", drawing="print"),
        ),
        faults=(
            Fault("Say what they did; a few words are enough.", "what"),
            Fault("Choose at least one person.", "to"),
        ),
        registers=(
            Choice("private", "Only the two of us", "The usual way."),
            Choice("circle", "Everyone in this circle", "It stands on the feed."),
            Choice("channel", "In #general", "Not connected yet.", off=True),
        ),
        languages=(Choice("en", "English"), Choice("de", "Deutsch"), Choice("fr", "Français")),
        empty_act=Act("Say Thanks", href="#"),
        bars=(Bar("June", 0.52, "52 %"), Bar("July", 0.61, "61 %"), Bar("August", 0.74, "74 %")),
        code=look.code("https://goldseam.example.org/join/k3v9-tulip", "Code that opens the invitation"),
    )
