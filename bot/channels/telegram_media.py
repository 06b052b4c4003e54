"""Pictures and files for Telegram: drawn or written once, afterwards sent by the id that Telegram gave them."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace
from typing import Literal

from bot.drawing import Drawer, DrawingError, content_key
from bot.state.store import ChatStore
from handlers import series
from handlers.messages import Attachment
from knowledge.catalogue import Catalogue
from knowledge.model import Lang

CAPTION_CHARACTERS = 1024

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Media:
    """What goes with a message: ``file_id`` where Telegram has it already, else its content. ``key`` is the same for the same content."""

    kind: Literal["photo", "document"]
    name: str
    key: str
    file_id: str | None = None
    content: bytes = b""


class MediaDesk:
    """Makes what attachments name. What cannot be made is left out: the text always goes."""

    def __init__(self, base: Catalogue, store: ChatStore, drawer: Drawer) -> None:
        self._base = base
        self._store = store
        self._drawer = drawer

    async def ready(self, attachment: Attachment, lang: Lang, *, anew: bool = False) -> Media | None:
        """The picture or file; ``anew`` where Telegram no longer knows the id it gave. None where there is none."""
        if attachment.kind == "csv":
            return await self._document(attachment, lang, anew=anew)
        found = series.picture_named(self._base, attachment.name, lang) if attachment.kind == "chart" else None
        if found is None:
            return None
        media = Media("photo", attachment.name.replace(":", "_") + ".png", content_key(found))
        kept = None if anew else await self._store.sent_file(media.key)
        if kept:
            return replace(media, file_id=kept)
        try:
            return replace(media, content=await self._drawer.png(found))
        except DrawingError as error:
            log.warning("no picture of %s: %s", attachment.name, error)
            return None

    async def _document(self, attachment: Attachment, lang: Lang, *, anew: bool) -> Media | None:
        file = series.document_named(self._base, attachment.name, lang)
        if file is None:
            return None
        key = hashlib.sha256(file.name.encode() + file.content).hexdigest()[:32]
        kept = None if anew else await self._store.sent_file(key)
        return Media("document", file.name, key, kept, b"" if kept else file.content)

    async def keep(self, media: Media, file_id: str) -> None:
        """Remember the id Telegram gave."""
        if file_id != media.file_id:
            await self._store.keep_file(media.key, file_id)
