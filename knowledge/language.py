"""Which language a line is written in, by its script."""

from __future__ import annotations

import re

from knowledge.model import Lang

_CYRILLIC = re.compile("[а-я]")
_HAN = re.compile(r"[\u3400-\u9fff]")


def script_of(line: str) -> Lang | None:
    """The language of a normalised line; None where it has neither script. One Chinese character weighs as three letters."""
    han = 3 * len(_HAN.findall(line))
    cyrillic = len(_CYRILLIC.findall(line))
    if han == cyrillic == 0:
        return None
    return "zh" if han > cyrillic else "ru"
