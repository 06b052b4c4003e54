"""Long lists page by page: which page is shown, the ways to the pages beside it, and what a button can carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from handlers.messages import Choice
from knowledge.model import Lang
from locales.catalogues import catalogue

LONGEST_ASK = 60
"""Bytes of a command that a button can carry: 64, of which the channel needs some."""

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


def fits_button(choice: Choice) -> bool:
    """Whether what a choice asks can be carried by a button."""
    return len(choice.ask.encode()) <= LONGEST_ASK
