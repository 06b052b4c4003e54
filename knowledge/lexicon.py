"""Word tables: what a question mentions. Russian by lemmas, so that forms need no listing; Chinese by longest match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.text import Lemmatiser, is_han, words


@dataclass(frozen=True)
class Mention:
    """One thing named by a line: its kind and id, and where it stands among the words of the line.

    ``at`` and ``until`` are its place inside a run of Chinese characters.
    """

    kind: str
    id: str
    first: int
    last: int
    at: int = 0
    until: int = 0
    name: str = ""


@dataclass(frozen=True)
class Token:
    """A word as written, its dictionary form and the cases it may stand in; a run of Chinese characters is its own form."""

    text: str
    lemma: str
    cases: frozenset[str] = frozenset()
    han: bool = False


@dataclass(frozen=True)
class Names:
    """Names of things of several kinds, as they are compiled: forms by their first lemma, and Chinese names."""

    russian: dict[str, list[tuple[tuple[str, ...], str, str]]] = field(default_factory=dict)
    chinese: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


class Lexicon:
    """Finds the names of things in a line in one pass."""

    def __init__(self, lemmatiser: Lemmatiser, names: Names | None = None) -> None:
        self._lemmatiser = lemmatiser
        self.names = names or Names()
        self._russian, self._chinese = self.names.russian, self.names.chinese
        self._pattern: re.Pattern[str] | None = None
        if names:
            self.ready()

    def add(self, kind: str, item: str, names: Mapping[str, Sequence[str]]) -> None:
        for name in (*names.get("ru", ()), *names.get("zh", ())):
            tokens = self.tokens(name.casefold().replace("ё", "е"))
            if not tokens:
                continue
            if any(token.han for token in tokens):
                self._chinese.setdefault("".join(token.text for token in tokens), []).append((kind, item))
            else:
                form = tuple(token.lemma for token in tokens)
                self._russian.setdefault(form[0], []).append((form, kind, item))

    def ready(self) -> Lexicon:
        """Compile the tables; call once after the last ``add``."""
        for forms in self._russian.values():
            forms.sort(key=lambda row: -len(row[0]))
        names = sorted(self._chinese, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, names))) if names else None
        return self

    def tokens(self, line: str) -> list[Token]:
        return [self._token(word) for word in words(line)]

    def _token(self, word: str) -> Token:
        if is_han(word):
            return Token(word, word, han=True)
        return Token(word, self._lemmatiser.lemma(word), self._lemmatiser.cases(word))

    def mentions(self, tokens: Sequence[Token]) -> list[Mention]:
        """Everything the tokens name; a longer name hides the shorter ones inside it."""
        found = list(self._longest(tokens))
        for place, token in enumerate(tokens):
            if token.han and self._pattern:
                for match in self._pattern.finditer(token.text):
                    found.extend(
                        Mention(kind, item, place, place, match.start(), match.end(), match[0])
                        for kind, item in self._chinese[match[0]]
                    )
        return found

    def _longest(self, tokens: Sequence[Token]) -> Iterator[Mention]:
        place = 0
        while place < len(tokens):
            forms = self._russian.get(tokens[place].lemma, ())
            fitting = [row for row in forms if _stands(row[0], tokens, place)]
            longest = len(fitting[0][0]) if fitting else 1
            for form, kind, item in fitting:
                if len(form) == longest:
                    yield Mention(kind, item, place, place + longest - 1, name=" ".join(form))
            place += longest


def _stands(form: Sequence[str], tokens: Sequence[Token], place: int) -> bool:
    return len(tokens) - place >= len(form) and all(
        token.lemma == lemma for token, lemma in zip(tokens[place:], form, strict=False)
    )


def ids(mentions: Iterable[Mention], kind: str) -> frozenset[str]:
    return frozenset(mention.id for mention in mentions if mention.kind == kind)
