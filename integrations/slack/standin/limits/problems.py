"""What was wrong, where, in Slack's way of pointing at it."""

from dataclasses import dataclass, field
from typing import Any

from integrations.slack.standin.nouns import Json


@dataclass(slots=True)
class Problems:
    """Collects what is wrong with one document, each with a JSON pointer."""

    found: list[str] = field(default_factory=list)

    def add(self, pointer: str, message: str) -> None:
        """One more thing that is wrong."""
        self.found.append(f"[ERROR] {message} [json-pointer:{pointer}]")

    def text(self, holder: Json, name: str, pointer: str, most: int, *, required: bool = False) -> None:
        """A plain string field of at most `most` characters."""
        value = holder.get(name)
        if value is None:
            if required:
                self.add(pointer, f"missing required field: {name}")
            return
        here = f"{pointer}/{name}"
        if not isinstance(value, str):
            self.add(here, "must be a string")
        elif len(value) > most:
            self.add(here, f"must be less than {most + 1} characters")
        elif required and not value:
            self.add(here, "must be more than 0 characters")

    def composed(
        self,
        holder: Json,
        name: str,
        pointer: str,
        most: int,
        *,
        plain: bool = False,
        required: bool = False,
    ) -> None:
        """A text object; `plain` where Slack takes no mrkdwn."""
        value = holder.get(name)
        if value is None:
            if required:
                self.add(pointer, f"missing required field: {name}")
            return
        here = f"{pointer}/{name}"
        if not isinstance(value, dict) or value.get("type") not in ("plain_text", "mrkdwn"):
            self.add(here, "must be a text object")
            return
        if plain and value["type"] != "plain_text":
            self.add(f"{here}/type", "unsupported type: mrkdwn")
        if value["type"] == "mrkdwn" and "emoji" in value:
            self.add(f"{here}/emoji", "no more than plain_text may carry emoji")
        self.text(value, "text", here, most, required=True)

    def choice(self, holder: Json, name: str, pointer: str, allowed: tuple[str, ...]) -> None:
        """A field that takes one of a few words, where it is given."""
        if name in holder and holder[name] not in allowed:
            self.add(f"{pointer}/{name}", f"must be one of {', '.join(allowed)}")

    def items(self, holder: Json, name: str, pointer: str, least: int, most: int) -> list[Any]:
        """A list of `least` to `most` items; what can be read of it."""
        value = holder.get(name)
        if not isinstance(value, list):
            self.add(pointer, f"missing required field: {name}")
            return []
        if not least <= len(value) <= most:
            bound = f"no more than {most}" if len(value) > most else f"at least {least}"
            self.add(f"{pointer}/{name}", f"{bound} items allowed")
        return value

    def unknown(self, holder: Json, pointer: str, known: frozenset[str]) -> None:
        """Fields Slack does not know here."""
        for name in sorted(set(holder) - known):
            self.add(f"{pointer}/{name}", f"additional property: {name}")
