"""Every variable the installation is set up with, typed; a wrong value stops the start with one clear line."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from service.errors import StartRefused
from service.sealing import new_key

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Settings(BaseSettings):
    """What docs/settings.md explains, variable by variable."""

    model_config = SettingsConfigDict(env_prefix="", case_sensitive=False, extra="ignore", frozen=True)

    database_url: str = Field("", description="Where everything is kept: `sqlite:///…` or `postgresql+psycopg://…`.")
    redis_url: str = Field("", description="The Redis that wakes workers; unset, `goldseam up` runs one of its own.")
    state_dir: Path = Field(Path("var"), description="The folder for everything we write to disk.")
    secret_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        (), description="Keys that seal tokens and sessions, newest first, separated by commas."
    )
    public_url: str = Field("http://127.0.0.1:8000", description="The address people open.")
    contact: str = Field("", description="Whom people may ask about this installation: an address of mail, or a page.")
    port: int = Field(8000, ge=0, le=65535, description="The port the web listens on.")
    host: str = Field("127.0.0.1", description="The address the web listens on.")
    integrations: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="What is plugged in: `mail`, `slack`, `github`, `gitlab`, `calendar`, `push`."
    )
    slack_signing_secret: SecretStr | None = Field(None, description="Signs what Slack sends; several, by commas.")
    slack_client_id: str | None = Field(None, description="The Slack app's client id, for installing by OAuth.")
    slack_client_secret: SecretStr | None = Field(None, description="Its secret.")
    slack_redirect_uri: str | None = Field(None, description="Where OAuth returns to; PUBLIC_URL's own by default.")
    slack_bot_token: SecretStr | None = Field(None, description="A bot token, for one workspace without OAuth.")
    slack_app_token: SecretStr | None = Field(None, description="An app token: with it, Socket Mode.")
    slack_api_url: str = Field("https://slack.com/api/", description="The base of every Slack client.")
    slack_authorize_url: str = Field(
        "https://slack.com/oauth/v2/authorize", description="Where an installation by OAuth begins."
    )
    slack_command_thanks: str = Field("/thanks", description="The name of the command that gives thanks.")
    slack_command_repair: str = Field("/repair", description="The name of the command that opens the coach.")
    slack_command_goldseam: str = Field("/goldseam", description="The name of the command for everything else.")
    github_webhook_secret: SecretStr | None = Field(None, description="Signs what GitHub sends, for one workspace.")
    gitlab_webhook_token: SecretStr | None = Field(None, description="Comes with what GitLab sends.")
    mail_url: SecretStr | None = Field(
        None, description="`smtp://user:password@host:port?tls=starttls&from=address`; unset, mail goes to the log."
    )
    clock_period: float = Field(5.0, gt=0, le=3600, description="How often due work is looked for, in seconds.")
    web_concurrency: int = Field(2, ge=1, le=64, description="Web processes.")
    web_threads: int = Field(8, ge=1, le=64, description="Threads of each.")
    worker_concurrency: int = Field(1, ge=1, le=64, description="Workers of `goldseam up`.")
    sentry_dsn: SecretStr | None = Field(None, description="Where error reports go; off unless set.")
    metrics_token: SecretStr | None = Field(None, description="Opens /metrics; unset, there is no such page.")
    log_format: Literal["console", "json"] = Field("console", description="How log lines look.")
    goldseam_failpoints: str = Field("", description="Points where tests end the program; refused on https.")
    goldseam_demo: bool = Field(
        default=False, description="Set by `goldseam demo`: a clock that moves, one-click sign-ins."
    )

    @field_validator("secret_keys", "integrations", mode="before")
    @classmethod
    def _several(cls, value: object) -> object:
        return tuple(filter(None, (part.strip() for part in value.split(",")))) if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("give sqlite:///FILE or postgresql+psycopg://NAME:PASSWORD@HOST/DATABASE")
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("give redis://HOST:PORT/0, rediss:// or unix://SOCKET")
        return value

    @field_validator("public_url", "slack_api_url", "slack_authorize_url")
    @classmethod
    def _address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("give a whole address, such as https://goldseam.example.org")
        return value

    @field_validator("integrations")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        unknown = set(value) - {"mail", "slack", "github", "gitlab", "calendar", "push"}
        if unknown:
            raise ValueError(f"there is no integration {', '.join(sorted(unknown))}")
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> "Settings":
        if self.goldseam_failpoints and self.public_url.startswith("https"):
            raise ValueError("GOLDSEAM_FAILPOINTS is for tests and refused while PUBLIC_URL is https")
        if self.goldseam_demo and self.public_url.startswith("https"):
            raise ValueError("the demo signs anybody in and is refused while PUBLIC_URL is https")
        return self

    @property
    def database(self) -> str:
        """The database to open."""
        return self.database_url or f"sqlite:///{self.state_dir.absolute() / 'goldseam.db'}"

    @property
    def plugged(self) -> tuple[str, ...]:
        """The integrations to load: those named, or all that can do something here."""
        if self.integrations:
            return (*self.integrations, *self.always)
        slack = ("slack",) if self.slack_signing_secret or self.slack_app_token else ()
        # Secrets of the first two are made in each workspace, and calendars need none: they are there from the start.
        return ("mail", *slack, "github", "gitlab", "calendar", "push", *self.always)

    @property
    def always(self) -> tuple[str, ...]:
        """What needs no secret and brings only a command."""
        return ("slack_export",)

    @property
    def is_https(self) -> bool:
        """Whether people reach us over https."""
        return self.public_url.startswith("https://")

    @property
    def is_loopback(self) -> bool:
        """Whether the address works on this machine alone."""
        return urlsplit(self.public_url).hostname in LOOPBACK


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this environment; raises StartRefused with one clear line."""
    values = {name.lower(): value for name, value in (os.environ if environment is None else environment).items()}
    known = {name: value for name, value in values.items() if name in Settings.model_fields and value != ""}
    try:
        return Settings.model_validate(known)
    except ValidationError as error:
        raise StartRefused(_line(error)) from None


def _line(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    name = str(first["loc"][0]).upper() if first["loc"] else ""
    said = str(first["msg"]).removeprefix("Value error, ")
    return f"{name}: {said}" if name else said


def keys(settings: Settings) -> tuple[str, ...]:
    """The keys to seal with: those set, or those made on the first start in the state folder."""
    if settings.secret_keys:
        return tuple(key.get_secret_value() for key in settings.secret_keys)
    path = keys_file(settings)
    if not path.exists():
        settings.state_dir.mkdir(parents=True, exist_ok=True)
        _write_once(path, new_key() + "\n")
    return tuple(path.read_text().split())


def keys_file(settings: Settings) -> Path:
    """Where our own keys are kept while SECRET_KEYS names none."""
    return settings.state_dir / "secret.keys"


def _write_once(path: Path, text: str) -> None:
    """Several processes may start at once: the first to link its file wins, and no reader sees half of one."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as draft:
        draft.write(text)
    try:
        os.link(draft.name, path)
    except FileExistsError:
        pass
    finally:
        Path(draft.name).unlink()
