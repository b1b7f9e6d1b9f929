"""One person, driven by a test: each verb does it in Slack and lets the app hear of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from integrations.slack.standin import envelopes, gestures, shapes, typed
from integrations.slack.standin.deliver import Answer
from integrations.slack.standin.nouns import Channel, ChannelKind, Json, Message, Person, View
from integrations.slack.standin.refusals import CannotDoError

if TYPE_CHECKING:
    from integrations.slack.standin.driver import Slack


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody in this Slack. Channels are named "#ops" or given as Channel; a new name makes a channel."""

    slack: "Slack"
    person: Person

    @property
    def id(self) -> str:
        """Their Slack id."""
        return self.person.id

    @property
    def mention(self) -> str:
        """How a message names them."""
        return f"<@{self.person.id}>"

    @property
    def view(self) -> View | None:
        """The modal in front of them."""
        return self.slack.world.modal(self.id)

    @property
    def modal(self) -> View:
        """The modal in front of them; there must be one."""
        view = self.view
        if view is None:
            raise CannotDoError("there is no modal in front")
        return view

    @property
    def home(self) -> View | None:
        """Their App Home, once it was published."""
        return self.slack.world.home(self.id)

    @property
    def dm(self) -> Channel:
        """Their direct conversation with the app."""
        bot = self.slack.world.bot_of(self.person.team)
        if bot is None:
            raise CannotDoError("the app is not installed in this team")
        return self.slack.world.direct(self.person.team, bot.id, self.id)

    @property
    def inbox(self) -> list[Message]:
        """What the app has told them directly and not taken back, oldest first."""
        return [one for one in self.slack.world.standing(self.dm.id) if one.bot_id]

    def sees(self, channel: str | Channel) -> list[Message]:
        """What stands in a channel for them, also what they alone can see, oldest first."""
        there = self.slack.channel(channel, team=self.person.team)
        return [one for one in self.slack.world.standing(there.id) if one.ephemeral_to in (None, self.id)]

    def joins(self, channel: str | Channel) -> Answer | None:
        """Enter a channel."""
        there = self.slack.channel(channel, team=self.person.team)
        if self.id in there.members:
            return None
        there.members.add(self.id)
        return self.slack.tells(there, {
            "type": "member_joined_channel", "user": self.id, "channel": there.id,
            "channel_type": "C" if there.kind is ChannelKind.PUBLIC else "G", "team": self.person.team,
        })  # fmt: skip

    def leaves(self, channel: str | Channel) -> Answer | None:
        """Leave a channel."""
        there = self.slack.channel(channel, team=self.person.team)
        there.members.discard(self.id)
        return self.slack.tells(there, {
            "type": "member_left_channel", "user": self.id, "channel": there.id,
            "channel_type": "C" if there.kind is ChannelKind.PUBLIC else "G", "team": self.person.team,
        })  # fmt: skip

    def says(
        self,
        channel: "str | Channel | Actor",
        text: str,
        *,
        thread: Message | str | None = None,
        raw: bool = False,
        at: float | None = None,
        subtype: str | None = None,
        broadcast: bool = False,
    ) -> Message:
        """Write a message; "@bob" and "#ops" become Slack's markup unless the text is `raw`."""
        there = self._place(channel)
        there.members.add(self.id)
        thread_ts = thread.thread_ts or thread.ts if isinstance(thread, Message) else thread
        message = self.slack.world.add_message(
            there.id,
            self.id,
            text if raw else typed.markup(self.slack.world, self.person.team, text),
            at=at,
            thread_ts=thread_ts,
            broadcast=broadcast,
            subtype="thread_broadcast" if broadcast else subtype,
        )
        self.slack.tells(there, envelopes.message_event(self.slack.world, message))
        return message

    def edits(self, message: Message, text: str, *, raw: bool = False) -> Answer | None:
        """Put other words in one's own message."""
        world = self.slack.world
        self._own(message)
        with world.lock:
            before = shapes.message(world, message)
            message.text = text if raw else typed.markup(world, self.person.team, text)
            message.edited_ts = world.stamp(message.channel)
            event = envelopes.changed_event(world, message, before, message.edited_ts)
        return self.slack.tells(world.channels[message.channel], event)

    def deletes(self, message: Message) -> Answer | None:
        """Take back one's own message."""
        world = self.slack.world
        self._own(message)
        with world.lock:
            before = shapes.message(world, message)
            message.deleted = True
            event = envelopes.deleted_event(world, message, before, world.stamp(message.channel))
        return self.slack.tells(world.channels[message.channel], event)

    def reacts(self, message: Message, name: str, *, removes: bool = False) -> Answer | None:
        """Put a reaction under a message, or take it away."""
        world = self.slack.world
        with world.lock:
            people = message.reactions.setdefault(name, [])
            if removes is (self.id not in people):
                raise CannotDoError(f"{self.person.name} cannot do this with :{name}: twice")
            if removes:
                people.remove(self.id)
            else:
                people.append(self.id)
            if not people:
                del message.reactions[name]
            event = envelopes.reaction_event(world, self.person, message, name, added=not removes)
        return self.slack.tells(world.channels[message.channel], event)

    def runs(self, command: str, text: str = "", *, channel: "str | Channel | Actor | None" = None) -> Answer:
        """Type a slash command, in the direct conversation with the app unless a channel is given."""
        there = self.dm if channel is None else self._place(channel)
        known = (self.slack.world.app.commands or {}).get(command, {})
        if known.get("should_escape", True):
            text = typed.markup(self.slack.world, self.person.team, text, named=True)
        return gestures.run(self.slack.courier, self.person, there, command, text)

    def presses(
        self,
        where: Message | View,
        action: str,
        *,
        value: str | None = None,
        block: str | None = None,
        choice: Any = None,
    ) -> Answer:
        """Press a button or choose in a menu, by its action id."""
        return gestures.press(self.slack.courier, self.person, where, action, value=value, block=block, choice=choice)

    def uses_shortcut(self, callback_id: str) -> Answer:
        """Choose an entry of the shortcuts menu."""
        return gestures.shortcut(self.slack.courier, self.person, callback_id)

    def uses_message_shortcut(self, callback_id: str, message: Message) -> Answer:
        """Choose an entry of a message's menu."""
        return gestures.shortcut(self.slack.courier, self.person, callback_id, message)

    def fills(self, values: Mapping[Any, Any], view: View | None = None) -> View:
        """Fill in fields of the modal in front without sending it; values as for `submits`."""
        view = view or self.modal
        gestures.fill(view, dict(values))
        return view

    def submits(self, view: View | None = None, values: Mapping[Any, Any] | None = None) -> Answer:
        """Fill in the modal in front and send it; values by action id, or by (block id, action id)."""
        view = self.fills(values or {}, view)
        return gestures.submit(self.slack.courier, self.person, view)

    def closes(self, *, every: bool = False) -> Answer | None:
        """Close the modal in front, or all of them."""
        return gestures.close(self.slack.courier, self.person, every=every)

    def opens_home(self) -> Answer | None:
        """Look at the app's Home."""
        event: Json = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": self.dm.id,
            "tab": "home",
            "event_ts": f"{self.slack.world.now():.6f}",
        }
        if self.home is not None:
            event["view"] = shapes.view(self.slack.world, self.home)
        return self.slack.sends(self.person.team, event)

    def changes(self, **traits: Any) -> Answer | None:
        """Change their own profile (tz, tz_offset, locale, real_name, deleted …); the app hears user_change."""
        for name, value in traits.items():
            setattr(self.person, name, value)
        shape = shapes.person(self.slack.world, self.person, locale=True)
        return self.slack.sends(self.person.team, {"type": "user_change", "user": shape})

    def _own(self, message: Message) -> None:
        if message.author != self.id:
            raise CannotDoError("this is somebody else's message")

    def _place(self, channel: "str | Channel | Actor") -> Channel:
        if isinstance(channel, Actor):
            return self.slack.world.direct(self.person.team, self.id, channel.id)
        return self.slack.channel(channel, team=self.person.team)
