"""Pictures and files for Telegram: drawn or written once, afterwards sent by the id that Telegram gave them."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Literal

from bot.channels.enclosures import Drawing
from bot.drawing import Drawer, DrawingError, content_key
from bot.state.store import ChatStore
from handlers.table import Document

CAPTION_UNITS = 1024

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Media:
    """What goes with a message: ``file_id`` where Telegram has it already, else its content. ``key`` is the same for the same content."""

    kind: Literal["photo", "document"]
    name: str
    key: str
    file_id: str | None = None
    content: bytes = b""


async def _nothing() -> None:
    """Before a picture that nobody waits for."""


class MediaDesk:
    """Makes pictures and files ready. What cannot be made is left out: the text always goes."""

    def __init__(self, store: ChatStore, drawer: Drawer) -> None:
        self._store = store
        self._drawer = drawer

    async def ready(
        self, enclosure: Drawing | Document, before: Callable[[], Awaitable[None]] = _nothing, *, anew: bool = False
    ) -> Media | None:
        """The picture or file; ``anew`` where Telegram no longer knows the id it gave. None where it cannot be drawn.

        ``before`` is called where there is something to make and to upload.
        """
        if isinstance(enclosure, Document):
            key = hashlib.sha256(enclosure.name.encode() + enclosure.content).hexdigest()[:32]
            media = Media("document", enclosure.name, key)
        else:
            media = Media("photo", enclosure.name, content_key(enclosure.picture))
        kept = None if anew else await self._store.sent_file(media.key)
        if kept:
            return replace(media, file_id=kept)
        await before()
        try:
            return replace(media, content=await self._content(enclosure))
        except DrawingError as error:
            log.warning("no picture %s: %s", enclosure.name, error)
            return None

    async def _content(self, enclosure: Drawing | Document) -> bytes:
        return enclosure.content if isinstance(enclosure, Document) else await self._drawer.png(enclosure.picture)

    async def known(self, drawing: Drawing) -> str | None:
        """The id of a picture that Telegram has already."""
        return await self._store.sent_file(content_key(drawing.picture))

    async def keep(self, media: Media, file_id: str) -> None:
        """Remember the id Telegram gave."""
        if file_id != media.file_id:
            await self._store.keep_file(media.key, file_id)
