"""Calendar files: read back by a second parser, stable from one making to the next, sent and saved by the channels."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import vobject

from bot.app import Clock
from bot.calendar_file import calendar_file
from bot.channels.enclosures import Pin, enclosed
from bot.channels.terminal import TerminalChat
from handlers.dialogue import Dialogue
from handlers.messages import Attachment, Incoming, Reply
from handlers.table import Document
from knowledge.model import LANGS, Lang
from tests.conftest import NOW
from tests.engines import ENGINES, at_work

BEFORE = datetime(2025, 6, 1, tzinfo=UTC)


def made(dialogue: Dialogue, name: str, lang: Lang = "ru", now: datetime = NOW) -> Document | None:
    found = enclosed(dialogue.base, Reply("chat", lang, "", attachments=(Attachment("ics", name),)), now)
    return next((one for one in found if isinstance(one, Document)), None)


@pytest.mark.parametrize("lang", LANGS)
def test_a_second_parser_reads_what_the_base_says(dialogue: Dialogue, lang: Lang) -> None:
    """Every event with days: unique and stable id, stamp, whole days with the end left out, title, place and clock in the chat's language."""
    document = made(dialogue, "past", lang)
    assert document and document.name == "most-qiao-past.ics"
    read = vobject.readOne(document.content.decode("utf-8"))
    events = {event.uid.value: event for event in read.vevent_list}
    assert len(events) == len(read.vevent_list) == 60
    for uid, event in events.items():
        entry = dialogue.base.data.entries[uid.removesuffix("@most-qiao")]
        assert entry.event and entry.event.first
        assert event.dtstart.value == entry.event.first and type(event.dtstart.value) is date
        assert event.dtend.value == (entry.event.last or entry.event.first) + timedelta(days=1)
        assert event.dtstamp.value == datetime.combine(entry.checked, datetime.min.time(), UTC)
        assert event.summary.value == entry.title[lang] and event.summary.params["LANGUAGE"] == [lang]
        assert event.contents["x-most-qiao-timezone"][0].value == dialogue.base.calendar.zone(entry.event).key
    eef = events["event.eef.11@most-qiao"]
    assert eef.status.value == "TENTATIVE" and events["event.crexpo.9@most-qiao"].status.value == "CONFIRMED"


def test_lines_are_folded_and_end_as_the_standard_wants(dialogue: Dialogue) -> None:
    document = made(dialogue, "past", "zh")
    assert document
    lines = document.content.split(b"\r\n")
    assert lines[-1] == b"" and all(b"\n" not in line for line in lines)
    assert max(map(len, lines)) <= 75


def test_the_same_events_make_the_same_bytes(dialogue: Dialogue) -> None:
    """A calendar program that fetches it again finds nothing changed; the other language changes words, not ids or days."""
    one, again, zh = (made(dialogue, "event.crexpo.9", lang) for lang in ("ru", "ru", "zh"))
    assert one and again and zh and one == again and one.content != zh.content
    first, second = (vobject.readOne(document.content.decode()).vevent for document in (one, zh))
    assert (first.uid.value, first.dtstart.value) == (second.uid.value, second.dtstart.value)


def test_all_means_what_is_ahead(dialogue: Dialogue) -> None:
    assert made(dialogue, "all") is None
    document = made(dialogue, "all", now=BEFORE)
    assert document and document.name == "most-qiao-all.ics"
    starts = [event.dtstart.value for event in vobject.readOne(document.content.decode()).vevent_list]
    assert starts == sorted(starts) and min(starts) >= BEFORE.date()


def test_an_event_without_days_has_no_file(dialogue: Dialogue) -> None:
    entry = dialogue.base.data.entries["event.crexpo.10"]
    with pytest.raises(ValueError, match="has no days"):
        calendar_file(dialogue.base, [entry], "ru")
    assert made(dialogue, entry.id) is None
    reply = dialogue.reply(Incoming("/expo ics event.crexpo.10", NOW, chosen="ru"))
    assert reply.attachments == () and "Объявленных дат нет" in reply.text


def test_a_pin_says_that_it_is_the_city(dialogue: Dialogue) -> None:
    reply = dialogue.reply(Incoming("/expo event.crexpo.9", NOW, chosen="ru"))
    pin = enclosed(dialogue.base, reply, NOW)[0]
    assert isinstance(pin, Pin) and "центр города" in pin.address
    assert (round(pin.latitude), round(pin.longitude)) == (57, 61)


@pytest.mark.parametrize("engine", ENGINES)
async def test_telegram_gets_the_card_the_pin_and_the_file(dialogue: Dialogue, engine: str) -> None:
    """After the text a venue and a document, sent by its id the second time; a pin Telegram refuses costs no more than itself."""
    async with at_work(engine, dialogue, Clock(BEFORE)) as bot:
        await bot.feed(bot.api.says("/expo event.crexpo.9"))
        bot.api.refuse.append(("sendVenue", 400, {}))
        await bot.feed(bot.api.says("/expo event.crexpo.9"))
    assert bot.api.faults() == ["sendVenue: told to answer 400"]
    assert bot.api.methods() == ["sendMessage", "sendVenue", "sendDocument"] * 2
    files = [call.file for call in bot.api.media()]
    assert files[0] and files[0].name == "most-qiao-crexpo.9.ics" and files[0].content.startswith(b"BEGIN:VCALENDAR")
    assert files[1] is None


def test_the_terminal_saves_on_request_and_overwrites_nothing(dialogue: Dialogue, tmp_path: Path) -> None:
    out = io.StringIO()
    chat = TerminalChat(dialogue, Clock(BEFORE), out, "ru", folder=tmp_path)
    chat.hear("/save")
    assert "Сохранять нечего" in out.getvalue()
    for line in ("/expo ics event.crexpo.9", "/save", "/save"):
        chat.hear(line)
    assert (tmp_path / "most-qiao-crexpo.9.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert "Сохранено" in out.getvalue() and "Не удалось сохранить" in out.getvalue()
