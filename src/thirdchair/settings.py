"""Every setting an operator can give, read once from the environment into one checked object.

Each is an environment variable `THIRDCHAIR_<NAME>`, or a line of a file `thirdchair.env` in the folder
the command runs in; the environment wins. Thresholds and intended uses are not here: they are code, reviewed.
"""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from typing import Final, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX: Final = "THIRDCHAIR_"
SETTINGS_FILE: Final = "thirdchair.env"
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})
SHORTEST_SECRET: Final = 32
"""Characters of a secret that signs what is posted to another service."""


class SettingsInvalid(ValueError):
    """A setting is missing or cannot be used; the message names it and says where to put it."""


class Settings(BaseSettings):
    """What an operator decides.

    Args:
        data_dir: folder of the database, key files and built static files; readable by the service only.
        database_url: `sqlite:///PATH` or `postgres://USER:PASSWORD@HOST:PORT/NAME`; empty means SQLite in data_dir.
        secret_key: signs sessions; empty means a key file made in data_dir at first start.
        retired_secret_keys: former keys, comma-separated, still good for reading.
        allowed_hosts: comma-separated host names the service answers to. When all are loopback, cookies may
            travel without TLS; otherwise never.
        debug: developer's pages; never where patients are.
        language: what a page is shown in when the reader has no preference.
        time_zone: IANA name, for times on screen and paper.
        session_hours: hours after sign-in when a session ends, however busy.
        idle_minutes: minutes without activity when a session ends.
        max_upload_mb: largest accepted upload, megabytes (10^6 bytes); the readers take no more than 10 MiB.
        clinic_name: printed on every page, note and consent.
        contact: whom a patient asks or complains to about AI; empty means the team.
        answers_within_hours: by when somebody of the team answers a patient who asks for a person; 0 means that nobody has promised
            a time, and patients are told so.
        duty_of_care: who owes patients care here, as patients read it: a name, a role, an address.
        complaints: how to complain to somebody outside the service, as patients read it.
        consent_waiting_hours: time to think between an answer and its taking effect, 0 to 24 hours.
        model_base_url: an OpenAI-compatible server to register as a method; empty means none.
        model_name: what the method is called here and in the trail: letters, digits, ".", "_", ":" and "-".
        model_served_as: what the server calls the model, where that differs.
        model_digest: SHA-256 of its weights and serving configuration, 64 hex digits.
        model_api_key: its key, where it wants one.
        model_timeout_s: seconds to wait for a reply.
        lease_s: seconds after which a worker that shows no progress is taken for dead.
        country: where the service is, as two letters (ISO 3166), for the crisis card; empty means that the card asks.
        places: where the service and its patients are, comma-separated: GB, DE, CN, US-IL (ISO 3166, a state where there are
            states). The strictest of their laws applies; empty means the strictest law that is known here.
        chat_release: how a model's reply is released to a chat: whole sentences once they are judged, or words.
        chats_at_once: chat requests worked on at the same time; more are asked to come back.
        calls_per_minute: chat requests of one staff key within a minute, in each web process; more are asked to come back.
            A patient's own key has no such limit, since a person in crisis is not sent away.
        crisis_contact: how a patient reaches the clinic's own on-call person; empty means not yet given.
        public_address: where people open the service, such as https://clinic.example; links in messages begin with it. Empty
            means the first of allowed_hosts.
        email_host: mail server that carries notices to staff; empty means that nobody is told by e-mail.
        email_port: its port, 587 for STARTTLS, 465 for TLS from the start.
        email_security: `starttls`, `tls`, or `none`, which is for a mail server on this host only.
        email_user: the name to sign in with, where it wants one.
        email_password: and the password.
        email_from: the address notices come from.
        webhook_address: where each notice is posted, for a pager or a hospital's own alarm: https, or http on this host.
        webhook_secret: signs what is posted (HMAC-SHA256); at least 32 characters.
        sms_address: a gateway that takes a phone number and a text and sends it; posted and signed as for the webhook.
        sms_secret: signs what is posted to the gateway; at least 32 characters.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=SETTINGS_FILE, env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    data_dir: Path = Path("var")
    database_url: SecretStr = SecretStr("")
    secret_key: SecretStr = SecretStr("")
    retired_secret_keys: SecretStr = SecretStr("")
    allowed_hosts: str = "127.0.0.1,localhost"
    debug: bool = False
    language: Literal["en", "zh-hans"] = "en"
    time_zone: str = "UTC"
    session_hours: float = Field(default=8, gt=0, le=24)
    idle_minutes: float = Field(default=30, gt=0, le=240)
    max_upload_mb: float = Field(default=10, gt=0, le=10.4)
    clinic_name: str = Field(default="Thirdchair clinic", min_length=1, max_length=120)
    country: str = Field(default="", pattern="^([A-Za-z]{2})?$")
    places: str = Field(
        default="", pattern=r"^(PLACE(, ?PLACE)*)?$".replace("PLACE", "[A-Z]{2}(-[A-Z0-9]{1,3})?")
    )
    chat_release: Literal["sentence", "word"] = "sentence"
    chats_at_once: int = Field(default=64, ge=1, le=1000)
    calls_per_minute: int = Field(default=120, ge=1, le=100_000)
    crisis_contact: str = Field(default="", max_length=200)
    contact: str = Field(default="", max_length=200)
    answers_within_hours: float = Field(default=0, ge=0, le=168)
    duty_of_care: str = Field(default="", max_length=300)
    complaints: str = Field(default="", max_length=300)
    consent_waiting_hours: float = Field(default=0, ge=0, le=24)
    model_base_url: str = ""
    model_name: str = ""
    model_served_as: str = ""
    model_digest: str = ""
    model_api_key: SecretStr = SecretStr("")
    model_timeout_s: float = Field(default=120, gt=0, le=1800)
    lease_s: float = Field(default=30, gt=0, le=3600)
    public_address: str = Field(default="", pattern=r"^(https?://[^/?#@\s]+/?)?$")
    email_host: str = ""
    email_port: int = Field(default=587, ge=1, le=65535)
    email_security: Literal["starttls", "tls", "none"] = "starttls"
    email_user: str = ""
    email_password: SecretStr = SecretStr("")
    email_from: str = ""
    webhook_address: str = ""
    webhook_secret: SecretStr = SecretStr("")
    sms_address: str = ""
    sms_secret: SecretStr = SecretStr("")

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is no IANA time zone, such as Europe/London or Asia/Shanghai")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: SecretStr) -> SecretStr:
        scheme = value.get_secret_value().partition("://")[0]
        if scheme not in ("", "sqlite", "postgres", "postgresql"):
            raise ValueError("must start with sqlite:/// or postgres://")
        return value

    @model_validator(mode="after")
    def _whole_model(self) -> Self:
        if not self.model_base_url:
            return self
        if not re.fullmatch(r"[A-Za-z0-9._:-]{1,60}", self.model_name) or self.model_name == "extractive":
            raise ValueError(
                "MODEL_BASE_URL needs MODEL_NAME beside it: a name of your own of letters, digits and . _ : -; "
                "put the server's name for the model into MODEL_SERVED_AS"
            )
        if not re.fullmatch(r"[0-9a-f]{64}", self.model_digest):
            raise ValueError("MODEL_BASE_URL needs MODEL_DIGEST beside it: 64 hex digits")
        return self

    @model_validator(mode="after")
    def _whole_email(self) -> Self:
        if self.email_host and "@" not in self.email_from:
            raise ValueError("EMAIL_HOST needs EMAIL_FROM beside it: the address notices come from")
        if self.email_host and self.email_security == "none" and self.email_host not in LOOPBACK:
            raise ValueError("EMAIL_SECURITY none is for a mail server on this host; set starttls or tls")
        return self

    @model_validator(mode="after")
    def _signed_posts(self) -> Self:
        for name, address, secret in (
            ("WEBHOOK", self.webhook_address, self.webhook_secret),
            ("SMS", self.sms_address, self.sms_secret),
        ):
            if not address:
                continue
            if len(secret.get_secret_value()) < SHORTEST_SECRET:
                raise ValueError(
                    f"{name}_ADDRESS needs {name}_SECRET beside it: at least {SHORTEST_SECRET} characters"
                )
            if not _may_be_posted_to(address):
                raise ValueError(
                    f"{name}_ADDRESS must be https://host[:port]/path, or http on this host, without a name, password or query"
                )
        return self

    @model_validator(mode="after")
    def _real_place(self) -> Self:
        if "XX" in self.law_places and not self.loopback_only:
            raise ValueError(
                "PLACES names XX, the made-up place of the demo, where other computers reach the service"
            )
        return self

    @property
    def law_places(self) -> frozenset[str]:
        """Codes of the places whose law applies."""
        return frozenset(place.strip() for place in self.places.split(",") if place.strip())

    @property
    def model_on_this_host(self) -> bool:
        """Whether the registered model's address is a loopback one."""
        return (urlsplit(self.model_base_url).hostname or "") in {"127.0.0.1", "localhost", "::1"}

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host names the service answers to."""
        return tuple(host.strip() for host in self.allowed_hosts.split(",") if host.strip())

    @property
    def loopback_only(self) -> bool:
        """Whether nobody outside this machine can be meant to reach the service."""
        return LOOPBACK.issuperset(self.hosts)

    @property
    def public_base(self) -> str:
        """Where people open the service, without a slash at the end."""
        if self.public_address:
            return self.public_address.rstrip("/")
        return f"http://{self.hosts[0]}:8000" if self.loopback_only else f"https://{self.hosts[0]}"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of screens and paper."""
        return ZoneInfo(self.time_zone)

    @property
    def max_upload_bytes(self) -> int:
        """The largest accepted upload, in bytes."""
        return int(self.max_upload_mb * 1_000_000)

    def prepared_data_dir(self) -> Path:
        """The data folder, made at first use with access for its owner alone."""
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.data_dir.resolve()

    def session_key(self) -> str:
        """The key that signs sessions: the one given, or the one in the key file."""
        given = self.secret_key.get_secret_value()
        return given or read_or_make_key(self.prepared_data_dir() / "session.key")

    def former_session_keys(self) -> list[str]:
        """Keys that no longer sign but still verify."""
        keys = self.retired_secret_keys.get_secret_value().split(",")
        return [key.strip() for key in keys if key.strip()]


def _may_be_posted_to(address: str) -> bool:
    try:
        url = urlsplit(address)
        parts = url.hostname, url.port
    except ValueError:
        return False
    secure = url.scheme == "https" or (url.scheme == "http" and parts[0] in LOOPBACK)
    return bool(secure and parts[0]) and not (url.username or url.password or url.query or url.fragment)


def read_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsInvalid: a value cannot be used.
    """
    try:
        return Settings()
    except ValidationError as invalid:
        raise SettingsInvalid(_explained(invalid)) from None


def read_or_make_key(path: Path) -> str:
    """The key in a file that only its owner can read, made there if there is none.

    The file is linked into place whole, so two processes that start together agree on one key.
    """
    if not path.exists():
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


def _explained(invalid: ValidationError) -> str:
    """One line for each bad setting. The value itself may be a secret, so it is not repeated."""
    lines = [_fault(error) for error in invalid.errors(include_input=False, include_url=False)]
    where = f"Set it in the environment, or in the file {SETTINGS_FILE} in {Path.cwd()}."
    return "\n".join([*lines, where])


def _fault(error: ErrorDetails) -> str:
    words = error["msg"].removeprefix("Value error, ")
    if not error["loc"]:  # a rule about several settings names them itself
        return f"{PREFIX}{words}."
    return f"{PREFIX}{str(error['loc'][0]).upper()} cannot be used: {words}."
