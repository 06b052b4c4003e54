"""Tables of counts: who got what answer, by split, style, area, and what was asked beyond the base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from knowledge.catalogue import Catalogue
from knowledge.model import LANGS
from tests.measure.judge import Judged, Talked, Verdict

Table = tuple[str, Sequence[str], list[Sequence[object]]]
"""Title, heads of the columns, rows."""
VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "clarify", "unknown")
HEAD = ("right", "wrong", "clarified", "silent")
FIGURES = "figures of the series"


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def markdown(found: Iterable[Table]) -> str:
    parts = []
    for title, head, rows in found:
        lines = ["| " + " | ".join(map(str, row)) + " |" for row in (head, ["---"] * len(head), *rows)]
        parts.append("\n".join([f"## {title}", "", *lines, ""]))
    return "\n".join(parts)


def by_split(told: Sequence[Judged]) -> Table:
    rows: list[Sequence[object]] = []
    for split in ("fit", "dev", "test"):
        for lang in LANGS:
            part = [one for one in told if (one.asked.split, one.asked.lang) == (split, lang)]
            inside = [one for one in part if one.asked.entries]
            outside = [one for one in part if not one.asked.entries]
            answered = sum(one.verdict == "wrong" for one in outside)
            rows.append((split, lang, len(inside), *_shares(inside), len(outside), share(answered, len(outside))))
    return "Questions of the sets", ("split", "language", "in domain", *HEAD, "out of scope", "answered"), rows


def by_style(told: Sequence[Judged]) -> Table:
    rows = _grouped(told, lambda one: one.asked.style)
    return "In-domain questions of the test split by style", ("style", "language", "asked", *HEAD), rows


def by_area(base: Catalogue, told: Sequence[Judged]) -> Table:
    def area(one: Judged) -> str:
        entry = base.data.entries.get(one.asked.entries[0])
        return entry.topic if entry else FIGURES

    rows = _grouped(told, area)
    return "In-domain questions of the test split by area", ("area", "language", "asked", *HEAD), rows


def beyond(told: Sequence[Judged]) -> Table:
    """What must get no answer: the share that got one, kind by kind."""
    rows: list[Sequence[object]] = []
    for kind in sorted({one.asked.style for one in told}):
        row: list[object] = [kind]
        for lang in LANGS:
            part = [one.verdict for one in told if (one.asked.style, one.asked.lang) == (kind, lang)]
            row += [len(part), share(part.count("wrong"), len(part))]
        rows.append(row)
    head = ("kind", "asked in Russian", "answered", "asked in Chinese", "answered")
    return "Out-of-scope questions of the test split by kind", head, rows


def by_noise(noisy: Mapping[str, Sequence[Judged]]) -> Table:
    """The same plain and terse questions of the test split, damaged in one way each."""
    rows: list[Sequence[object]] = []
    for kind, told in noisy.items():
        rows += [(kind, lang, len(part), *_shares(part)) for lang, part in _languages(told) if part]
    title = "Plain and terse questions of the test split, damaged"
    return title, ("damage", "language", "asked", *HEAD), rows


def by_conversation(talks: Sequence[Talked]) -> Table:
    """The last turns of conversations by what they leave out; both parts, since each kind is few, and the test part in a row of its own."""
    rows: list[Sequence[object]] = []
    for kind in sorted({one.talk.kind for one in talks}):
        rows += [(kind, lang, *_conversed(talks, lang, kind)) for lang in LANGS]
    for split in ("dev", "test"):
        rows += [
            (f"all of {split}", lang, *_conversed([t for t in talks if t.talk.split == split], lang)) for lang in LANGS
        ]
    return "Last turns of conversations", ("what is left out", "language", "asked", *HEAD), rows


def _conversed(talks: Sequence[Talked], lang: str, kind: str | None = None) -> list[object]:
    part = [one for one in talks if one.talk.lang == lang and kind in (None, one.talk.kind)]
    return [len(part), *_shares(part)]


def _grouped(told: Sequence[Judged], key: Callable[[Judged], str]) -> list[Sequence[object]]:
    rows: list[Sequence[object]] = []
    for name in sorted({key(one) for one in told}):
        found = [one for one in told if key(one) == name]
        rows += [(name, lang, len(part), *_shares(part)) for lang, part in _languages(found) if part]
    return rows


def _languages(told: Sequence[Judged]) -> list[tuple[str, list[Judged]]]:
    return [(lang, [one for one in told if one.asked.lang == lang]) for lang in LANGS]


def _shares(told: Sequence[Judged] | Sequence[Talked]) -> list[str]:
    count = Counter(one.verdict for one in told)
    return [share(count[verdict], len(told)) for verdict in VERDICTS]
