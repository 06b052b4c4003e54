"""The measuring itself: what is counted, how questions are damaged, and a ratchet that turns one way."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import opencc
import pytest

from handlers.dialogue import Dialogue
from knowledge.catalogue import Catalogue
from knowledge.model import LANGS
from tests.measure import baselines, calibration, judge, misses, noise, ratchet, sets
from tests.measure.progress import progress
from tests.measure.ratchet import FallenError, Kept

CLEAN_RU = sets.Asked("Сколько стоит виза в Китай, если ехать в мае?", "ru", "plain", ("travel.cn.visa_fees",), "test")
CLEAN_ZH = sets.Asked("去中国的签证多少钱？", "zh", "terse", ("travel.cn.visa_fees",), "test")


def test_the_calibration_error_is_the_weighed_distance_of_said_and_true() -> None:
    found = [(0.95, True), (0.95, True), (0.75, False), (0.75, True)]
    assert calibration.expected_error(found) == pytest.approx(0.5 * 0.05 + 0.5 * 0.25)
    assert calibration.expected_error([(1.0, True), (0.9, True)]) == pytest.approx(0.05)
    assert calibration.expected_error([]) == 0


def test_risk_is_the_share_of_wrong_among_the_surest() -> None:
    """Of equally sure guesses the wrong ones come first."""
    found = [(0.5, True), (0.9, True), (0.5, False), (0.8, True)]
    assert calibration.risks(found) == [0, 0, pytest.approx(1 / 3), 0.25]
    assert calibration.area_under_risk(found) == pytest.approx((1 / 3 + 1 / 4) / 4)
    assert calibration.area_under_risk([]) == 0


def test_damage_is_the_same_every_time_and_changes_every_question() -> None:
    once, again = noise.noisy([CLEAN_RU, CLEAN_ZH]), noise.noisy([CLEAN_RU, CLEAN_ZH])
    assert once == again
    for kind, damaged in once.items():
        assert {one.lang for one in damaged} == {lang for lang in LANGS if kind in noise.DAMAGES[lang]}
        assert all(one.text not in (CLEAN_RU.text, CLEAN_ZH.text) and one.style == kind for one in damaged)


def test_each_damage_does_what_its_name_says() -> None:
    found = {(kind, one.lang): one.text for kind, part in noise.noisy([CLEAN_RU, CLEAN_ZH]).items() for one in part}
    for one in (CLEAN_RU, CLEAN_ZH):
        clean, lang = one.text, one.lang
        assert len(found["one letter dropped", lang]) == len(clean) - 1
        assert len(found["two letters dropped", lang]) == len(clean) - 2
        assert len(found["letter doubled", lang]) == len(clean) + 1
        assert Counter(found["neighbours swapped", lang]) == Counter(clean)
        assert found["filler before", lang].endswith(clean[1:])
    assert found["capitals", "ru"] == CLEAN_RU.text.upper()
    assert found["no punctuation", "ru"] == "Сколько стоит виза в Китай если ехать в мае"
    assert found["wrong layout", "ru"] == "crjkmrj cnjbn dbpf d rbnfq? tckb t[fnm d vft&"
    assert found["transliteration", "ru"].isascii()
    assert found["pinyin", "zh"].split()[:3] == ["qu", "zhong", "guo"]
    assert found["pinyin without spaces", "zh"].startswith("quzhongguode")
    assert found["characters apart", "zh"] == "去 中 国 的 签 证 多 少 钱 ？"
    assert opencc.OpenCC("t2s").convert(found["traditional", "zh"]) == CLEAN_ZH.text


def test_only_clean_styles_are_damaged() -> None:
    typos = sets.Asked("скоко стоит виза", "ru", "typos", (), "test")
    assert not any(noise.noisy([typos]).values())


def test_conversations_are_many_and_name_what_the_base_has(dialogue: Dialogue) -> None:
    """At least sixty in each language, two or three turns, both parts of the split, every kind in both languages."""
    talks, data = sets.follow_ups(), dialogue.base.data
    figures = {f"{metric}.{period}" for metric, one in data.series.items() for period in one.points}
    assert {name for talk in talks for name in talk.entries} - data.entries.keys() - figures == set()
    assert {len(talk.turns) for talk in talks} == {2, 3}
    assert len({talk.turns for talk in talks}) == len(talks)
    for lang in LANGS:
        own = [talk for talk in talks if talk.lang == lang]
        assert len(own) >= 60
        assert {talk.kind for talk in own} == {talk.kind for talk in talks}
        assert {talk.split for talk in own} == {"dev", "test"}


def test_a_pause_lies_before_the_last_turn(dialogue: Dialogue) -> None:
    turns = ("товарооборот России и Китая за 2023 год", "а годом раньше?")
    soon, late = (
        sets.Conversation(turns, "ru", "period", ("trade.total.2022",), timedelta(minutes=minutes), "dev")
        for minutes in (1, 60)
    )
    assert [one.verdict == "right" for one in judge.judge_talks(dialogue, [soon, late])] == [True, False]


KEPT = {"ru.right": Kept(80.0), "ru.wrong": Kept(2.0), "ru.style.other words": Kept(51.5)}


def test_a_fall_is_named_with_its_size() -> None:
    """Less is better where it is; a figure that is no longer measured has fallen too; a rise is none."""
    assert ratchet.fallen(KEPT, {"ru.right": 81, "ru.wrong": 2.0, "ru.style.other words": 51.5}) == []
    assert ratchet.fallen(KEPT, {"ru.right": 79.5, "ru.wrong": 2.4}) == [
        "ru.right: 80 → 79.5, worse by 0.5",
        "ru.wrong: 2 → 2.4, worse by 0.4",
        "ru.style.other words is no longer measured (it was 51.5)",
    ]


def test_nothing_is_lowered_without_a_reason() -> None:
    worse = {"ru.right": 79.5, "ru.wrong": 1.0, "ru.style.other words": 51.5}
    with pytest.raises(FallenError, match=re.escape("ru.right: 80 → 79.5")):
        ratchet.renewed(KEPT, worse, " ")
    lowered = ratchet.renewed(KEPT, worse, "two entries were merged")
    assert lowered["ru.right"] == Kept(79.5, 80.0, "two entries were merged")
    assert lowered["ru.wrong"] == Kept(1.0)


def test_a_reason_stays_until_the_figure_is_back() -> None:
    lowered = {"ru.right": Kept(78.0, 80.0, "why")}
    assert ratchet.renewed(lowered, {"ru.right": 79.0}, "")["ru.right"] == Kept(79.0, 80.0, "why")
    assert ratchet.renewed(lowered, {"ru.right": 77.0}, "again")["ru.right"] == Kept(77.0, 80.0, "again")
    assert ratchet.renewed(lowered, {"ru.right": 80.0}, "")["ru.right"] == Kept(80.0)


def test_the_file_reads_back_as_it_was_written() -> None:
    kept = KEPT | {"zh.noise.pinyin": Kept(70.0, 71.5, 'a "reason"')}
    assert ratchet.read(ratchet.written(kept)) == kept
    with pytest.raises(ValueError, match="lowered without a reason"):
        ratchet.read("[ru]\nright = { now = 1.0, was = 2.0 }")


def test_misses_show_the_fit_and_development_parts_alone(dialogue: Dialogue, tmp_path: Path) -> None:
    """Every miss with what became of the right entry; nothing of the test part, nothing that was right."""
    asked = [one for one in [*sets.in_domain(), *sets.out_of_scope()] if one.style in ("other words", "one side only")]
    told = list(judge.judge(dialogue, asked[::9]))
    found = misses.misses(dialogue, told)
    assert found and {miss.judged.asked.split for miss in found} <= {"fit", "dev"}
    assert len(found) == sum(one.verdict != "right" and one.asked.split != "test" for one in told)
    assert {miss.lost for miss in found} <= set(misses.LOST)
    misses.write(found, tmp_path / "data")
    assert len((tmp_path / "data" / "misses.jsonl").read_text("utf-8").splitlines()) == len(found)
    page = (tmp_path / "data" / "misses.md").read_text("utf-8")
    assert all(miss.judged.asked.text in page for miss in found)


def test_the_usual_engines_are_held_to_the_same_bound(base: Catalogue) -> None:
    """Asked the phrasings themselves they are right, and where all are right the lowest score is threshold enough."""
    few = {name: base.data.entries[name] for name in ("visa.cn.now", "trade.total.2023", "event.crexpo.8")}
    asked = [
        sets.Asked(line, lang, "plain", (entry.id,), split)
        for entry in few.values()
        for lang in LANGS
        for line in entry.ask[lang]
        for split in ("dev", "test")
    ]
    _, head, rows = baselines.baseline_table(replace(base, data=replace(base.data, entries=few)), asked)
    assert len(rows) == 6
    for row in rows:
        told = dict(zip(head, row, strict=True))
        assert (told["top-1"], told["right"], told["wrong"]) == ("100.0 %", "100.0 %", "0.0 %")


def test_progress_is_one_plain_line_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(progress([1, 2, 3], "Counting")) == [1, 2, 3]
    assert capsys.readouterr().err == "Counting: 3 in 0 s\n"
