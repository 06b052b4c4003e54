"""Calls to the Bot API as plain values: what every engine carries out, and how it says that one failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Upload:
    """A file as the value of a parameter."""

    name: str
    content: bytes


class CallError(Exception):
    """A call that failed. ``code`` is Telegram's, None where no answer came; then, and from 500 on, the call may be tried again."""

    def __init__(
        self, code: int | None, description: str, *, retry_after: float | None = None, migrate_to: int | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to = migrate_to

    @property
    def passing(self) -> bool:
        """Whether the fault lies with the network, the server or the moment."""
        return self.code is None or self.code >= 500 or self.retry_after is not None

    @property
    def gone(self) -> bool:
        """Whether the chat is no longer there for us: blocked, left, deleted."""
        return self.code == 403 or (self.code == 400 and "chat not found" in self.description.casefold())


class Engine(Protocol):
    """A library that speaks to the Bot API."""

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        """One call, once: its result as the Bot API's JSON. Raises CallError."""
