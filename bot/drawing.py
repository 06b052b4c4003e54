"""Pictures drawn beside the conversation: in a process of its own, kept by content, bounded in memory and in waiting.

vl-convert lets nothing else of its process run while it draws, so a thread would hold up every chat.
"""

from __future__ import annotations

import asyncio
import hashlib
import multiprocessing
import signal
from collections import OrderedDict
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

from handlers.picture import Picture

MOST_KEPT = 64
"""Pictures kept drawn: about 16 MB."""
MOST_WAITING = 32
"""Pictures that may wait for the one drawing process; the next asker gets the text alone."""
LONGEST_SECONDS = 20.0


class DrawingError(Exception):
    """A picture could not be drawn; the message says why."""


class Drawer:
    """Draws one picture at a time, each content once. Close it to end its process, which starts with the first picture."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._under_way: dict[str, asyncio.Future[bytes]] = {}

    async def png(self, picture: Picture, *, dark: bool = False) -> bytes:
        """The picture as PNG, from memory where it was drawn before. Raises DrawingError where it cannot be drawn."""
        key = content_key(picture, dark=dark)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._under_way:
            if len(self._under_way) >= MOST_WAITING:
                raise DrawingError(f"{MOST_WAITING} pictures are waiting to be drawn")
            task = asyncio.ensure_future(self._draw(key, picture, dark=dark))
            self._under_way[key] = task
            task.add_done_callback(lambda done: self._finished(key, done))
        return await asyncio.shield(self._under_way[key])

    def warm(self) -> None:
        """Start the drawing process ahead of the first picture, without waiting for it."""
        self._executor().submit(_ready)

    def close(self) -> None:
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    async def _draw(self, key: str, picture: Picture, *, dark: bool) -> bytes:
        try:
            work = asyncio.get_running_loop().run_in_executor(self._executor(), _drawn, picture, dark)
            async with asyncio.timeout(LONGEST_SECONDS):
                png = await work
        except (BrokenExecutor, TimeoutError) as error:
            self.close()  # the next picture gets a fresh process
            raise DrawingError(f"the drawing process failed ({type(error).__name__})") from None
        except Exception as error:  # whatever the drawing library raises is no reason to lose the text
            raise DrawingError(str(error).partition("\n")[0]) from None
        self._kept[key] = png
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return png

    def _finished(self, key: str, done: asyncio.Future[bytes]) -> None:
        self._under_way.pop(key, None)
        if not done.cancelled():
            done.exception()  # looked at here, since everyone who waited may have gone

    def _executor(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Not forked: a copy of a process with threads may hang. One worker: memory, and the processors are for answers.
            self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _deaf)
        return self._pool


def content_key(picture: Picture, *, dark: bool = False) -> str:
    """The same for the same drawing: whatever changes a picture changes its key."""
    return hashlib.sha256(f"{picture!r}|{dark}".encode()).hexdigest()[:32]


def _deaf() -> None:
    """Ctrl-C is for the bot, which ends this process in its own way."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _ready() -> None:
    from bot import charts  # only the drawing process loads it

    charts.prepare()


def _drawn(picture: Picture, dark: bool) -> bytes:
    from bot import charts

    return charts.draw(picture, dark=dark)
