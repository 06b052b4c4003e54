"""Catalogues of the bot's own sentences, read from ``.po`` files without a compiled twin."""

from __future__ import annotations

import string
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

FOLDER = Path(__file__).parent
LANGUAGES = ("ru", "zh")


class Catalogue:
    """The sentences of one language. Asking for one that is not there is a KeyError: tests keep catalogues complete."""

    def __init__(self, lang: str, translations: Translations) -> None:
        self.lang = lang
        self._translations = translations

    def say(self, message: str, /, **values: object) -> str:
        """The sentence in this language, its placeholders filled."""
        return _fill(self._known(self._translations.ugettext(message), message), values)

    def count(self, one: str, many: str, number: float, /, **values: object) -> str:
        """The sentence in the plural form that CLDR gives the number (whole part for the choice of form)."""
        return _fill(self._translations.ungettext(one, many, _plural_number(number)), values)

    def _known(self, text: str, message: str) -> str:
        if text == message:
            raise KeyError(f"no {self.lang} text for {message!r}: add it to locales/{self.lang}/LC_MESSAGES/most.po")
        return text


def _plural_number(number: float) -> int:
    """Russian has a form for fractions (1,5 дня) that is the one of 2; gettext counts whole things only."""
    return int(number) if number == int(number) else 2


def _fill(text: str, values: Mapping[str, object]) -> str:
    return string.Formatter().vformat(text, (), values) if values else text


@cache
def catalogue(lang: str) -> Catalogue:
    """The catalogue of a language, read once."""
    with (FOLDER / lang / "LC_MESSAGES" / "most.po").open("rb") as file:
        template = read_po(file, locale=lang)
    compiled = BytesIO()
    write_mo(compiled, template)
    compiled.seek(0)
    return Catalogue(lang, Translations(compiled))
