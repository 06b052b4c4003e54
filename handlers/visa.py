"""Can I go: the ways into a country that fit a journey, by the published rules on its date; never a promise of entry."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from handlers import conditions, verdict_text
from handlers.ask import choices
from handlers.forms import Form
from handlers.judging import Judged, cited, explaining, judged
from handlers.messages import Choice, Reply, Standing
from knowledge.catalogue import Catalogue
from knowledge.entry_rules import Verdict
from knowledge.model import Lang
from knowledge.question import Question
from knowledge.trips import Journey
from locales.catalogues import catalogue

NEIGHBOURS = 5


def reply(base: Catalogue, question: Question, lang: Lang, now: datetime) -> Reply | None:
    """The verdict on a journey that a question describes; None where it asks about anything else."""
    journey = base.trips.asked(question, now.date())
    return verdict(base, journey, lang, now) if journey else None


def verdict(base: Catalogue, journey: Journey, lang: Lang, now: datetime) -> Reply:
    """The whole reply, with the journey as a form that can be changed. Raises ValueError as ``judging.judged`` does."""
    found = judged(base, journey, now.date())
    lead = found.lead
    term = next((one.regime.valid for one in found.having("ended")), lead.regime.valid)
    sources = cited(base, found)
    return Reply(
        status="answered",
        lang=lang,
        text=verdict_text.text(base, lang, found, now.date()),
        confidence=1.0,
        entry=explaining(base, found),
        standing=_standing(base, found, now.date()),
        as_of=lead.regime.as_of or sources[0].day,
        valid_from=term.start,
        valid_to=term.until,
        sources=sources,
        choices=_choices(base, found, lang),
        form=Form(journey, lang, now),
    )


def _standing(base: Catalogue, found: Judged, today: date) -> Standing:
    """``ended`` where a way that would fit has a published term that is over on the day of entry."""
    if found.having("ended"):
        return "ended"
    return "overdue" if verdict_text.overdue(base, found.lead, today) else "current"


def _choices(base: Catalogue, found: Judged, lang: Lang) -> tuple[Choice, ...]:
    """Practical neighbours one tap away, and a way to change what was told."""
    near = [found.lead.regime.explained_by, *base.data.tables["trips"]["neighbours"].get(found.way, [])]
    say = catalogue(lang).say
    return (*choices(base, dict.fromkeys(near), lang, NEIGHBOURS), Choice(say("Change the journey"), say("Change")))


def as_data(base: Catalogue, journey: Journey, lang: Lang, now: datetime) -> dict[str, Any]:
    """Every verdict as plain data, and the reply's text. Raises ValueError as ``judging.judged`` does."""
    found = judged(base, journey, now.date())
    return {
        "regimes": [_regime(base, lang, one) for one in found.verdicts],
        "text": verdict_text.text(base, lang, found, now.date()),
    }


def _regime(base: Catalogue, lang: Lang, one: Verdict) -> dict[str, Any]:
    regime = one.regime
    sources = [base.data.sources[key] for key in regime.sources]
    return {
        "id": regime.id,
        "title": regime.title[lang],
        "verdict": one.outcome,
        "visa": regime.visa,
        "reasons": conditions.reasons(base, lang, one),
        "otherwise": conditions.text(regime, lang, "otherwise") if one.outcome != "fits" else None,
        "documents": conditions.documents(regime, lang),
        "cost": conditions.text(regime, lang, "cost"),
        "processing": conditions.text(regime, lang, "processing"),
        "next": conditions.text(regime, lang, "step"),
        "leave_by": one.leave_by.isoformat() if one.leave_by else None,
        "valid_from": regime.valid.start.isoformat() if regime.valid.start else None,
        "valid_to": regime.valid.until.isoformat() if regime.valid.until else None,
        "entry": regime.explained_by,
        "sources": [{"publisher": s.publisher, "title": s.title, "url": s.url, "date": str(s.day) if s.day else None} for s in sources],
        "as_of": str(regime.as_of or sources[0].day or regime.checked),
    }  # fmt: skip
