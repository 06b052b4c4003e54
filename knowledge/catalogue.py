"""The knowledge base in memory: entries, series, sources, vocabulary and the index, compiled once and kept."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge import parse
from knowledge.calendar import Calendar, open_calendar
from knowledge.check import faults
from knowledge.figures import MetricNames, metric_names
from knowledge.files import RawBase, read_folder
from knowledge.index import Index, Written, build_index
from knowledge.kept import keep, load, stamp
from knowledge.lexicon import Lexicon, Names
from knowledge.model import LANGS, Entry, KnowledgeError, Lang, Series, Source
from knowledge.occasions import OccasionWords, occasion_names, occasion_words
from knowledge.operations import operation_words
from knowledge.pinyin import Pinyin, Sounds, sounds
from knowledge.question import Question, Reader
from knowledge.reach import Reach, reach
from knowledge.regime import Regime
from knowledge.repair import Repair
from knowledge.series_request import RequestReader
from knowledge.show_words import ShowWords, show_words
from knowledge.text import Lemmatiser, Normaliser
from knowledge.trips import TripNames, TripReader, trip_names
from knowledge.vocabulary import ReaderTables, Tables, Vocabulary, build_reader, reader_tables, vocabulary

FORMAT = 11
"""Raise when the compiled form changes shape, so that an old one is not read."""

_ANY_DAY = date(2026, 1, 1)
"""Texts of the base are read on a fixed day: what they mention must not depend on when they were compiled."""


Progress = Callable[[int, int], None]
"""Hears how many entries of how many are compiled."""


def _silent(done: int, total: int) -> None:
    """Nobody listens."""


@dataclass(frozen=True)
class Compiled:
    """What is kept on disk between runs: plain data, no open file, no analyser."""

    entries: Mapping[str, Entry]
    regimes: Mapping[str, Regime]
    series: Mapping[str, Series]
    sources: Mapping[str, Source]
    vocabulary: Vocabulary
    tables: Tables
    reading: ReaderTables
    metrics: MetricNames
    shown: ShowWords
    occasions: Names
    operations: Names
    trips: TripNames
    index: Index
    words: frozenset[str]
    sounds: Sounds


@dataclass(frozen=True)
class Catalogue:
    """The compiled base and the readers that go with it: everything an answer needs.

    ``operations`` are the words for what is asked of a series.
    ``tellers`` maps a figure (``METRIC.PERIOD``) to the entry that tells it with more than the number.
    """

    data: Compiled
    normalise: Normaliser
    pinyin: Pinyin
    repair: Repair
    reader: Reader
    operations: Lexicon
    trips: TripReader
    requests: RequestReader
    tellers: Mapping[str, str]
    calendar: Calendar
    occasions: OccasionWords

    def question(self, text: str, today: date) -> Question:
        """Normalise, repair and read what a person typed."""
        return self.reader.read(self.repair(self.pinyin(self.normalise(text))), today)


def open_catalogue(root: Path, cache: Path | None, progress: Progress = _silent) -> Catalogue:
    """The base in ``root``, from its compiled form in ``cache`` where no file changed since; ``progress`` hears how compiling goes.

    Raises KnowledgeError naming the first faults where the folder does not hold a sound base.
    """
    mark = stamp(root, FORMAT)
    kept = load(cache, root, mark) if cache else None
    lemmatiser = Lemmatiser()
    data = kept if isinstance(kept, Compiled) else _compile(root, lemmatiser, progress)
    if data is not kept and cache:
        keep(cache, root, mark, data)
    return _assemble(data, lemmatiser)


def _assemble(data: Compiled, lemmatiser: Lemmatiser) -> Catalogue:
    repair, reader = Repair(data.words, lemmatiser), build_reader(data.reading, lemmatiser)
    return Catalogue(
        data,
        Normaliser(),
        Pinyin(data.sounds, repair.russian_in_latin, repair.named),
        repair,
        reader,
        Lexicon(lemmatiser, data.operations),
        TripReader(data.trips, lemmatiser),
        RequestReader(data.shown, frozenset(data.series), repair, reader.read),
        _tellers(data.entries),
        open_calendar(data.entries, data.tables),
        occasion_words(data.tables, Lexicon(lemmatiser, data.occasions)),
    )


def _tellers(entries: Mapping[str, Entry]) -> dict[str, str]:
    return {entry: entry for entry in entries} | {figure: e.id for e in entries.values() for figure in e.figures}


def _compile(root: Path, lemmatiser: Lemmatiser, progress: Progress) -> Compiled:
    raw = read_folder(root)
    found = faults(raw)
    if found:
        more = f" (and {len(found) - 3} more)" if len(found) > 3 else ""
        raise KnowledgeError(
            f"the knowledge base in {root} has faults: {'; '.join(map(str, found[:3]))}{more}. `kb check` lists them all"
        )
    return compile_base(raw, lemmatiser, progress)


def compile_base(raw: RawBase, lemmatiser: Lemmatiser, progress: Progress = _silent) -> Compiled:
    """A sound raw base as plain data with its index."""
    words = vocabulary(raw.vocabulary)
    entries = {
        file.id: parse.entry(file, words.rules[file.data["topic"]].again_after_days)
        for file in raw.entries
        if file.folder != "regimes"
    }
    regimes = {file.id: parse.regime(file) for file in raw.entries if file.folder == "regimes"}
    reading = reader_tables(raw.vocabulary, lemmatiser)
    reader = build_reader(reading, lemmatiser)
    normalise = Normaliser()
    index = _index(entries, reader, normalise, progress)
    spelled = _spelling(entries.values(), normalise, lemmatiser)
    heard = sounds(normalise(line) for entry in entries.values() for line in _chinese(entry))
    series = parse.series(raw)
    plain = Lexicon(lemmatiser)
    metrics = metric_names(raw.vocabulary["metrics"], series.values(), plain)
    shown = show_words(raw.vocabulary.get("pictures", {}), metric_names(raw.vocabulary["metrics"], (), plain), plain)
    occasions = occasion_names(raw.vocabulary, Lexicon(lemmatiser))
    operations = operation_words(raw.vocabulary["operations"], Lexicon(lemmatiser)).names
    journeys = trip_names(raw.vocabulary.get("trips", {}), lemmatiser)
    return Compiled(
        entries, regimes, series, parse.sources(raw), words, raw.vocabulary, reading, metrics, shown, occasions, operations, journeys, index,
        spelled, heard,
    )  # fmt: skip


def _index(entries: Mapping[str, Entry], reader: Reader, normalise: Normaliser, progress: Progress) -> Index:
    def read(text: str) -> Question:
        return reader.read(normalise(text), _ANY_DAY)

    def terms(question: Question) -> frozenset[str]:
        return frozenset(map(sys.intern, question.terms))  # one string for all its places: a third of the memory

    written: dict[Lang, list[Written]] = {lang: [] for lang in LANGS}
    reaches: list[Reach] = []
    for done, entry in enumerate(entries.values()):
        progress(done, len(entries))
        titles: list[Question] = []
        answers: list[Question] = []
        phrasings: list[Question] = []
        for lang in LANGS:
            asked = [read(line) for line in entry.ask[lang]]
            told = [read(text) for text in (entry.answer[lang], (entry.ended or {}).get(lang, ""))]
            title = read(entry.title[lang])
            lines = [(question.line, terms(question)) for question in asked]
            written[lang].append(Written(lines, terms(told[0]) | terms(told[1]), terms(title)))
            titles.append(title)
            answers += told
            phrasings += asked
        reaches.append(reach(entry, titles, answers, phrasings, _rivals(entry, entries.values())))
    return build_index(tuple(entries), reaches, written)


def _rivals(entry: Entry, entries: Iterable[Entry]) -> frozenset[int]:
    """The years of the other editions of an event's fair."""
    if entry.event is None:
        return frozenset()
    held = (one.event for one in entries if one.event and one is not entry)
    return frozenset(one.year for one in held if one.series == entry.event.series and one.year)


def _told(entry: Entry) -> Iterator[str]:
    for texts in (entry.title, entry.answer, entry.ended or {}):
        yield from texts.values()


def _chinese(entry: Entry) -> tuple[str, ...]:
    return (*entry.ask["zh"], entry.title["zh"], entry.answer["zh"])


def _spelling(entries: Iterable[Entry], normalise: Normaliser, lemmatiser: Lemmatiser) -> frozenset[str]:
    """Words spelled rightly: those of our own texts, and those of phrasings that a dictionary has or that come up again.

    Phrasings are written as people type, slips included, so a word that stands in one of them alone proves nothing.
    """
    told: set[str] = set()
    asked: Counter[str] = Counter()
    for entry in entries:
        told.update(word for text in _told(entry) for word in _words(normalise(text)))
        asked.update(word for lines in entry.ask.values() for line in lines for word in _words(normalise(line)))
    return frozenset(
        told | {word for word, times in asked.items() if times > 1 or word.isascii() or lemmatiser.known(word)}
    )


def _words(line: str) -> Iterator[str]:
    return (word for word in line.replace("-", " ").split() if word.isalpha())
