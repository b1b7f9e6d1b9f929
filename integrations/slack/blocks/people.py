"""Joining, one's hours, and leaving."""

from collections.abc import Iterable, Sequence
from datetime import date

from integrations import slack_text
from integrations.slack.blocks import pieces
from integrations.slack.blocks.pieces import Block, View
from service.people.rules import Boundary
from service.wording import balance, buttons, doors, people, slack
from service.wording.buttons import Button
from service.wording.voice import Voice

ZONES: Sequence[str] = (
    *("Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Vancouver", "America/Phoenix"),
    *("America/Denver", "America/Mexico_City", "America/Chicago", "America/Bogota", "America/Lima"),
    *("America/New_York", "America/Toronto", "America/Caracas", "America/Halifax", "America/Santiago"),
    *("America/Sao_Paulo", "America/Argentina/Buenos_Aires", "America/St_Johns", "Atlantic/Azores"),
    *("Atlantic/Reykjavik", "Europe/Dublin", "Europe/Lisbon", "Europe/London", "Africa/Casablanca", "Africa/Lagos"),
    *("Europe/Amsterdam", "Europe/Berlin", "Europe/Brussels", "Europe/Copenhagen", "Europe/Madrid", "Europe/Oslo"),
    *("Europe/Paris", "Europe/Prague", "Europe/Rome", "Europe/Stockholm", "Europe/Vienna", "Europe/Warsaw"),
    *("Europe/Zurich", "Africa/Cairo", "Africa/Johannesburg", "Europe/Athens", "Europe/Bucharest", "Europe/Helsinki"),
    *("Europe/Kyiv", "Asia/Jerusalem", "Africa/Nairobi", "Asia/Riyadh", "Europe/Istanbul", "Asia/Tehran"),
    *("Asia/Dubai", "Asia/Kabul", "Asia/Karachi", "Asia/Tashkent", "Asia/Kolkata", "Asia/Colombo", "Asia/Kathmandu"),
    *("Asia/Dhaka", "Asia/Almaty", "Asia/Yangon", "Asia/Bangkok", "Asia/Ho_Chi_Minh", "Asia/Jakarta"),
    *("Asia/Hong_Kong", "Asia/Kuala_Lumpur", "Asia/Manila", "Asia/Shanghai", "Asia/Singapore", "Asia/Taipei"),
    *("Australia/Perth", "Asia/Seoul", "Asia/Tokyo", "Australia/Darwin", "Australia/Adelaide", "Australia/Brisbane"),
    *("Australia/Sydney", "Pacific/Noumea", "Pacific/Auckland", "Pacific/Apia", "UTC"),
)
"""Zones to choose from, west to east; Slack's menus hold a hundred, and one's own is always among them."""
MOST_A_WEEK = 7


def join(voice: Voice, circle_name: str | None, leads: Iterable[str], kept: str) -> View:
    """The one screen before joining: who leads, what is noticed, who sees it, what is kept. `leads` are Slack ids."""
    said = [people.noticed(voice), people.never_noticed(voice), people.who_sees(voice)]
    said += [people.what_is_kept(voice), people.leaving(voice)]
    blocks: list[Block] = []
    if circle_name is not None:
        known = tuple(leads)
        blocks.append(pieces.header(people.join_title(voice, circle_name)))
        named = people.leads(voice, [slack_text.person(lead) for lead in known])
        blocks.append(pieces.section(named, known))
    return pieces.form(voice, Button.PEOPLE_JOIN, [*blocks, *(pieces.section(each) for each in said)], kept=kept)


def leave(voice: Voice, kept: str = "") -> View:
    """What goes and what stays, before leaving."""
    said = (people.leave_what_goes(voice), people.leave_what_stays(voice))
    return pieces.form(voice, Button.PEOPLE_LEAVE, [pieces.section(each) for each in said], kept=kept)


def boundary(voice: Voice, now: Boundary, languages: Iterable[str], *, formal: bool, today: date) -> View:
    """The form of one's hours; its fields carry the names of the rules they are checked by."""
    does = Button.PEOPLE_BOUNDARY
    zones = [pieces.option(zone.replace("_", " "), zone) for zone in dict.fromkeys([now.zone, *ZONES])]
    days = [pieces.option(voice.weekday(day), str(day)) for day in range(7)]
    chosen = [one for one in days if int(one["value"]) in now.days]
    numbers = [pieces.option(voice.number(count), str(count)) for count in range(MOST_A_WEEK + 1)]
    spoken = [pieces.option(voice.language_name(each), each) for each in languages]
    ways = [pieces.option(slack.formal(voice, formal=way), value) for way, value in ((True, "yes"), (False, "no"))]
    week: Block = {"type": "checkboxes", "action_id": does.value, "options": days}
    if chosen:
        week["initial_options"] = chosen
    pause: Block = {"type": "datepicker", "action_id": does.value}
    if now.paused_until is not None and now.paused_until.astimezone(now.tz).date() > today:
        pause["initial_date"] = now.paused_until.astimezone(now.tz).date().isoformat()
    allowance = str(min(now.weekly_allowance, MOST_A_WEEK))
    return pieces.form(
        voice,
        does,
        [
            pieces.field("zone", slack.time_zone(voice), pieces.choice(does, zones, now.zone)),
            pieces.field("days", slack.open_days(voice), week),
            pieces.field("starts_at", slack.day_starts(voice), _clock(f"{now.starts_at:%H:%M}")),
            pieces.field("ends_at", slack.day_ends(voice), _clock(f"{now.ends_at:%H:%M}")),
            pieces.field("digest_at", slack.list_comes(voice), _clock(f"{now.digest_at:%H:%M}")),
            pieces.field("weekly_allowance", slack.most_a_week(voice), pieces.choice(does, numbers, allowance)),
            pieces.field("paused_until", slack.pause_until(voice), pause, optional=True),
            pieces.field("language", slack.language(voice), pieces.choice(does, spoken, voice.language)),
            pieces.field(
                "formal",
                slack.address(voice),
                pieces.choice(does, ways, "yes" if formal else "no", kind="radio_buttons"),
            ),
        ],
        submit=slack.save(voice),
    )


def _clock(at: str) -> Block:
    return {"type": "timepicker", "action_id": Button.PEOPLE_BOUNDARY.value, "initial_time": at}


def hours(voice: Voice, now: Boundary) -> list[Block]:
    """When we may write, in one sentence, and the way to change it or to leave."""
    said = slack.your_hours(voice, sorted(now.days), now.starts_at, now.ends_at, now.digest_at)
    return [
        pieces.header(slack.hours_title(voice)),
        pieces.section(said),
        pieces.actions(
            "people.hours",
            pieces.button(voice, Button.PEOPLE_BOUNDARY, "me"),
            pieces.button(voice, Button.PEOPLE_LEAVE, "me"),
        ),
    ]


def usage(voice: Voice, command: str) -> list[Block]:
    """What the command does, with the buttons that do it."""
    lines = (
        slack.usage_join(voice, command),
        slack.usage_hours(voice, command),
        doors.usage_noticed(voice, command),
        doors.usage_moment(voice, command),
        balance.usage(voice, command),
        doors.usage_suggest(voice, command),
        slack.usage_circle(voice, command),
        doors.usage_reaction(voice, command),
        doors.usage_week(voice, command),
        slack.usage_leave(voice, command),
        slack.usage_shortcut(voice, buttons.label(voice, Button.ASKS_WATCH)),
    )
    return [
        pieces.section(slack.usage_title(voice)),
        *(pieces.section(line) for line in lines),
        pieces.actions(
            "people.usage",
            pieces.button(voice, Button.PEOPLE_JOIN, "me", main=True),
            pieces.button(voice, Button.PEOPLE_BOUNDARY, "me"),
        ),
        pieces.context(slack.only_you(voice)),
    ]
