"""What we call each kind of thing that is kept about a member, and each of its fields."""

from collections.abc import Mapping
from typing import Final

from service.wording.voice import Voice, text

_KINDS: Final[Mapping[str, str]] = {
    "member": text("Who you are here"),
    "identity": text("Your names elsewhere"),
    "boundary": text("Your hours and wishes"),
    "circle_member": text("Your circles"),
    "apart": text("People you keep apart from"),
    "session": text("Where you are signed in"),
    "sign_in_link": text("Ways in that were sent to you"),
    "invite": text("Invitations you made"),
    "profile_pin": text("That your profile has a code"),
    "passkey": text("Your passkeys"),
    "nudge": text("What we wrote to you"),
    "nudge_wish": text("What you want fewer of, or none"),
    "ask": text("Questions from you and to you"),
    "ask_lesson": text("What you said was no question"),
    "effort": text("Work of yours that was noticed"),
    "effort_witness": text("Work of others that you saw"),
    "effort_shown": text("Work you were told of"),
    "last_thanked": text("The day you were last thanked"),
    "digest_reader": text("When your weekly list comes"),
    "chore": text("Jobs that are yours"),
    "appreciation": text("Thanks you gave"),
    "appreciation_received": text("Thanks that reached you"),
    "appreciation_kin_allowed": text("Who may thank a child"),
    "keepsake": text("The words of thanks you were given"),
    "repair": text("Signed words you sent and got"),
    "moment": text("Your private moments"),
    "start": text("Plans and talks you started"),
    "deck": text("Cards you left out or kept"),
    "drawn": text("Cards you drew"),
    "occasion": text("Days that matter"),
    "occasion_feed": text("The address of your calendar of days"),
    "device": text("Devices we may knock on"),
    "occasion_marker": text("Days you want to mark"),
}

_COLUMNS: Final[Mapping[str, str]] = {
    "name": text("Name"),
    "external": text("Name there"),
    "title": text("What it is called"),
    "role": text("Role"),
    "is_owner": text("Owner"),
    "leads": text("Leads the circle"),
    "active": text("Still here"),
    "joined": text("Takes part"),
    "joined_at": text("Joined"),
    "invited": text("Invited"),
    "invited_at": text("Invited"),
    "refuses_thanks": text("Wishes no thanks"),
    "guardian_id": text("Who answers for the child"),
    "child_id": text("Child"),
    "language": text("Language"),
    "formal": text("Formal address"),
    "courier": text("How messages come"),
    "kind": text("Kind"),
    "form": text("Kind"),
    "source": text("Where it comes from"),
    "door": text("Where it comes from"),
    "member_id": text("Person"),
    "other_id": text("The other"),
    "with_id": text("With whom"),
    "who": text("With whom"),
    "by_id": text("By whom"),
    "made_by": text("By whom"),
    "added_by_id": text("By whom"),
    "asker_id": text("Who asks"),
    "asked_id": text("Who is asked"),
    "giver_id": text("From"),
    "sender_id": text("From"),
    "from": text("From"),
    "receiver_id": text("For whom"),
    "whose_id": text("Whose"),
    "reader_id": text("Who was told"),
    "everybody_id": text("Whole circle"),
    "circle_id": text("Circle"),
    "zone": text("Time zone"),
    "days": text("Days"),
    "starts_at": text("Not before"),
    "ends_at": text("Not after"),
    "digest_at": text("Morning list at"),
    "weekly_allowance": text("Other messages a week, at most"),
    "paused_until": text("Paused until"),
    "paused": text("Paused"),
    "country": text("Public holidays of"),
    "region": text("Region"),
    "days_off": text("Days off"),
    "thanks_wish": text("How I like to be thanked"),
    "raise_with_me": text("How to raise something with me"),
    "shares_away": text("Others see a pause"),
    "sources_off": text("Not noticed from"),
    "since": text("Since"),
    "since_on": text("Since"),
    "device": text("Device"),
    "created_on": text("Made"),
    "created_at": text("Made"),
    "made_at": text("Made"),
    "seen_on": text("Last seen"),
    "is_household": text("Left to the household"),
    "confirmed_at": text("Confirmed"),
    "tries": text("Wrong tries"),
    "expires_on": text("Runs out"),
    "expires_at": text("Runs out"),
    "shows_words": text("Shows the words"),
    "uses_left": text("Uses left"),
    "sign_count": text("Times used"),
    "state": text("State"),
    "offered_at": text("Offered"),
    "due_at": text("Due"),
    "why": text("Why"),
    "sent_at": text("Sent"),
    "acted_at": text("Pressed"),
    "level": text("How much"),
    "mark": text("How it may wait"),
    "reply_by": text("By which day"),
    "settled_by": text("Closed by"),
    "closed_by": text("Closed by"),
    "closed_at": text("Closed"),
    "ended_at": text("Closed"),
    "asked_at": text("Asked"),
    "surfaces_at": text("Told from"),
    "surfaced_at": text("Told"),
    "shows_at": text("Shown from"),
    "drops_at": text("Let go"),
    "tip_at": text("A tip from"),
    "promised_on": text("Promised for"),
    "words": text("Words"),
    "answer": text("Answer"),
    "taught": text("What it taught"),
    "weight": text("Weight"),
    "at": text("When"),
    "link": text("Link"),
    "done_at": text("Done"),
    "noticed_at": text("Noticed"),
    "out_of_hours": text("Outside hours"),
    "repeats": text("Comes back"),
    "shown_at": text("Shown"),
    "thanked_on": text("Thanked"),
    "weekday": text("Day of the week"),
    "slot_at": text("Next at"),
    "wish": text("How often"),
    "ignored": text("Passed over"),
    "looked_at": text("Looked at"),
    "recalls": text("How often asked again"),
    "recalled_at": text("Asked again"),
    "job": text("Job"),
    "sharing": text("Who reads it"),
    "did": text("What was done"),
    "eased": text("What it made easier"),
    "value_tags": text("What is valued"),
    "given_at": text("Given"),
    "edited_at": text("Changed"),
    "withdrawn_at": text("Taken back"),
    "deleted_at": text("Deleted"),
    "direction": text("Direction"),
    "slots": text("Filled in"),
    "written_at": text("Written"),
    "goes_at": text("Goes out"),
    "started_at": text("Started"),
    "left_out": text("Left out"),
    "other_kind_next": text("Another kind next"),
    "week_on": text("Week of"),
    "card": text("Card"),
    "month": text("Month"),
    "day": text("Day"),
    "on": text("Day"),
    "only_on": text("Only on"),
    "next_on": text("Next on"),
    "hidden": text("Hidden"),
    "added_at": text("Added"),
    "wants": text("Wants to mark it"),
}


def named() -> frozenset[str]:
    """The kinds that have a name of their own."""
    return frozenset(_KINDS)


def kind(voice: Voice, name: str) -> str:
    """What one kind of kept thing is called."""
    return voice.say(_KINDS[name]) if name in _KINDS else voice.say("Something else about you")


def labelled() -> frozenset[str]:
    """The fields that have a label of their own."""
    return frozenset(_COLUMNS)


def label(voice: Voice, column: str) -> str:
    """What one field of a kept thing is called."""
    return voice.say(_COLUMNS[column]) if column in _COLUMNS else voice.say("Something else")


def yes_or_no(voice: Voice, value: bool) -> str:  # noqa: FBT001 - it is what is said
    """A thing that is so, or not."""
    return voice.say("yes") if value else voice.say("no")


def moment(voice: Voice, day: str, at: str) -> str:
    """A day and an hour."""
    return voice.say("{day}, {at}", day=day, at=at)


def nothing_else(voice: Voice) -> str:
    """At the foot: that the file holds the same."""
    return voice.say("The file holds the same and the ids, in words for programs. Your own words are whole in both.")
