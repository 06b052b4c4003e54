"""Long lists page by page: which page is shown, and the ways to the pages beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from handlers.messages import Choice
from knowledge.model import Lang
from locales.catalogues import catalogue

T = TypeVar("T")


def paged(found: Sequence[T], page: int, size: int) -> tuple[Sequence[T], int, int]:
    """The items of a page, its number, moved to one that is there, and how many pages there are."""
    pages = max(1, -(-len(found) // size))
    page = min(max(page, 1), pages)
    return found[(page - 1) * size : page * size], page, pages


def turns(command: str, page: int, pages: int, lang: Lang) -> Iterator[Choice]:
    """Back and further, where there is something."""
    for label, to in (("Back", page - 1), ("Further", page + 1)):
        if 1 <= to <= pages:
            yield Choice(catalogue(lang).say(label), f"{command} {to}")
