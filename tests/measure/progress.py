"""Progress of long measurements on standard error: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import TypeVar

WIDTH = 30
T = TypeVar("T")


def progress(items: Sequence[T], title: str) -> Iterator[T]:
    """The items, one by one, while the terminal shows how many are done; one line with the seconds when all are."""
    start, drawn = perf_counter(), -1
    for done, item in enumerate(items):
        yield item
        filled = WIDTH * (done + 1) // len(items)
        if sys.stderr.isatty() and filled > drawn:
            drawn = filled
            sys.stderr.write(f"\r{title} [{'#' * filled}{'.' * (WIDTH - filled)}] {done + 1}/{len(items)}")
            sys.stderr.flush()
    start_of_line = "\r" if sys.stderr.isatty() else ""
    sys.stderr.write(
        f"{start_of_line}{title}: {len(items)} in {perf_counter() - start:.0f} s{' ' * WIDTH}".rstrip() + "\n"
    )
