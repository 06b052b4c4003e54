"""Requests to show a series: which one or two, from when to when, by which grain, as a picture, a table or a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from knowledge.dates import read_periods
from knowledge.figures import BOTH_WAYS, Name
from knowledge.model import Texts
from knowledge.periods import Bounds, bounds, is_code, is_vague
from knowledge.question import Question
from knowledge.show_words import ShowWords

Form = Literal["chart", "table", "csv"]

MOST_SERIES = 2
"""Series one picture can hold and still be read on a telephone."""

_CODE = re.compile(
    r"(?<![\w.-])((?:19|20)\d\d)(-\d\d|-q[1-4])?(?:\.\.((?:19|20)\d\d)(-\d\d|-q[1-4])?)?(?![\w-]|\.\d)", re.I
)


@dataclass(frozen=True)
class Request:
    """What is to be shown. ``readings`` are sets of one or two series: more than one where it is not told which.

    ``rest`` are words that were not understood; a request with a rest is not complete.
    """

    readings: tuple[tuple[str, ...], ...]
    span: Bounds | None = None
    grain: str | None = None
    form: Form | None = None
    excel: bool = False
    rest: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()
    vague: bool = False


@dataclass(frozen=True)
class RequestReader:
    """Reads requests. ``mend`` repairs a line, ``read`` reads it as a question on a given day, ``metrics`` are all ids."""

    words: ShowWords
    metrics: frozenset[str]
    mend: Callable[[str], str]
    read: Callable[[str, date], Question]

    def form(self, line: str) -> Form | None:
        """The form a normalised line asks for in so many words."""
        found = [(match.start(), form) for form, p in self.words.forms.items() if (match := p.search(line))]
        return cast(Form, min(found)[1]) if found else None

    def __call__(self, line: str, today: date) -> Request:
        """Read one normalised line, ids of metrics and codes of periods included."""
        form, excel = self.form(line), bool(self.words.excel.search(line))
        line, named = self._ids(line)
        line, codes = _codes(line)
        for pattern in self.words.forms.values():
            line = pattern.sub(" ", line)
        line, grain = self._grain(line)
        line = self.mend(" ".join(line.split()))
        question = self.read(line, today)
        periods = (*codes, *question.periods)
        readings, rest = self._named(question, read_periods(line, today).rest, named)
        return Request(
            readings, _span(periods), grain, form, excel, rest, question.countries, any(map(is_vague, question.periods))
        )

    def _ids(self, line: str) -> tuple[str, tuple[str, ...]]:
        """Ids of metrics, alone or joined by «+», and the line without them."""
        pieces = re.split(r"[\s,+]+", line)
        found = tuple(dict.fromkeys(piece for piece in pieces if piece in self.metrics))
        return " ".join(piece for piece in pieces if piece not in found), found

    def _grain(self, line: str) -> tuple[str, str | None]:
        for grain, pattern in self.words.grains.items():
            if pattern.search(line):
                return pattern.sub(" ", line), grain
        return line, None

    def _named(
        self, question: Question, undated: str, given: tuple[str, ...]
    ) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
        """The series a question names besides those given by id, and the words left over."""
        both = _Left(question, undated, self.words)
        if not given and both.both_ways() and not both.rest():
            return (BOTH_WAYS,), ()
        left = _Left(question, undated, self.words)
        found: list[tuple[str, ...]] = [(metric,) for metric in given]
        while len(found) <= MOST_SERIES and (fitting := left.take()):
            found.append(fitting)
        readings: list[tuple[str, ...]] = [()]
        for fitting in found:
            readings = [(*one, metric) for one in readings for metric in fitting if metric not in one] or readings
        return tuple(dict.fromkeys(one for one in readings if one)), left.rest()


class _Left:
    """What of a question is not yet understood: names of metrics are taken out of it, the longest first."""

    def __init__(self, question: Question, undated: str, words: ShowWords) -> None:
        self._question, self._words = question, words
        self._han = question.lang == "zh"
        self._lemmas = list(question.content)
        self._line = " ".join(re.findall(r"[\u3400-\u9fff]+", undated))
        self._latin = " ".join(re.findall("[a-z]+", undated))

    def both_ways(self) -> bool:
        """Whether exports and imports are asked together, and take them out: whose they are makes no difference then."""
        if self._han:
            line = self._line.replace("进出口", "")
            self._line = re.sub("(?:进口|出口)总?额?", " ", line)
            return "出口" in line and "进口" in line
        found = {"экспорт", "импорт"} <= set(self._lemmas)
        self._lemmas = [lemma for lemma in self._lemmas if lemma not in ("экспорт", "импорт", "товар")]
        return found

    def take(self) -> tuple[str, ...]:
        """The metrics of the longest name that stands in what is left, and take it out; more than one where the name is of several."""
        fitting = [name for name in self._words.names if self._stands(name)]
        if not fitting:
            return ()
        longest = max(map(_length, fitting))
        best = [name for name in fitting if _length(name) == longest]
        for part in best[0].parts:
            if self._han:
                self._line = self._line.replace(part, " ", 1)
                self._latin = self._latin.replace(part, " ", 1)
            else:
                self._lemmas.remove(part)
        metrics = tuple(dict.fromkeys(name.metric for name in best))
        return metrics[:1] if self._han and set(metrics) == set(BOTH_WAYS) else metrics

    def rest(self) -> tuple[str, ...]:
        """Words besides metrics, periods and what may stand beside."""
        if self._han:
            runs = self._words.besides_zh.sub(" ", self._line).split()
            stops = "的了是多少几吗呢年月日第季度前后上下半份至到和与在有去今请问一下为怎么查我想知道帮看从自以来起"
            latin = [word for word in self._latin.split() if word not in self._words.besides]
            return tuple([run for run in runs if not re.fullmatch(f"[{stops}]+", run)] + latin)
        return tuple(lemma for lemma in self._lemmas if lemma not in self._words.besides and not _is_number(lemma))

    def _stands(self, name: Name) -> bool:
        if name.han != self._han or (name.flow and self._question.flow and name.flow != self._question.flow):
            return False
        if self._han:
            return all(part in self._line or part in self._latin.split() for part in name.parts)
        lemmas = list(self._lemmas)
        for part in name.parts:
            if part not in lemmas:
                return False
            lemmas.remove(part)
        return True


def _length(name: Name) -> int:
    return sum(map(len, name.parts)) if name.han else len(name.parts)


def _is_number(lemma: str) -> bool:
    return lemma[0].isdigit()


_YEARS = re.compile(r"(?<![\w.-])((?:19|20)\d\d)\s*(?:-|–|—|~)\s*((?:19|20)\d\d)(?![\w-]|\.\d)")


def _codes(line: str) -> tuple[str, tuple[str, ...]]:
    """Periods written as codes (``2015``, ``2024-05``, ``2024-q1``, ``2015..2024``), and the line without those that are not bare years."""
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        if not match[2] and not match[3]:
            return match[0]  # a bare year may belong to words: «май 2024»
        found.extend(
            code.upper() for code in (match[1] + (match[2] or ""), (match[3] or "") + (match[4] or "")) if code
        )
        return " "

    line = _CODE.sub(take, _YEARS.sub(r"\1..\2", line))
    return line, tuple(code for code in found if is_code(code))


def _span(periods: Iterable[str]) -> Bounds | None:
    """From the first day of any period to the last day of any."""
    days = [bounds(period) for period in periods]
    return Bounds(min(d.first for d in days), max(d.last for d in days)) if days else None


def near_titles(titles: Mapping[str, Texts], rest: Iterable[str]) -> Iterator[str]:
    """Metrics whose titles hold a word, or the stem of one, that was not understood."""
    stems = [word[: max(4, len(word) - 2)] for word in rest if len(word) > 1]
    for metric, title in titles.items():
        text = " ".join(title.values()).casefold()
        if any(stem in text for stem in stems):
            yield metric
