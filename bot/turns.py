"""What chats are about: their last questions and answers, in memory, the longest silent forgotten first; and answers given lately."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import replace
from datetime import datetime

from handlers.dialogue import Dialogue
from handlers.followup import Turn
from handlers.forms import Form
from handlers.messages import Incoming, Reply

MOST_CHATS = 10_000
MOST_REPEATED = 1_000
"""Answers kept for the next who asks the same."""
LONGEST_REPEATED = 200
"""Characters of a question worth keeping."""


class Turns:
    """Answers messages of speakers, each in the light of the one before. A speaker of None stands alone."""

    def __init__(self, dialogue: Dialogue, most: int = MOST_CHATS) -> None:
        self._dialogue = dialogue
        self._most = most
        self._last: OrderedDict[Hashable, Turn] = OrderedDict()
        self._told: OrderedDict[Hashable, str] = OrderedDict()
        self._repeated: OrderedDict[Hashable, tuple[Reply, Turn | None]] = OrderedDict()

    def knows(self, speaker: Hashable) -> bool:
        """Whether anything is remembered of a speaker."""
        return speaker in self._last

    def form(self, speaker: Hashable) -> Form | None:
        """The form a speaker is filling in."""
        turn = self._last.get(speaker)
        return turn.form if turn else None

    def resume(self, speaker: Hashable, form: Form) -> None:
        """Go on with a form that was kept elsewhere, after a restart."""
        self._last[speaker] = Turn(None, form.at, form=form)

    def reply(self, speaker: Hashable | None, incoming: Incoming) -> Reply:
        if speaker is None:
            return self._dialogue.reply(incoming)
        incoming = replace(incoming, told=self._told.get(speaker))
        before = self._last.pop(speaker, None)
        reply, turn = self._dialogue.converse(incoming, before) if before else self._anew(incoming)
        if turn:
            self._last[speaker] = turn
        if len(self._last) > self._most:
            self._last.popitem(last=False)
        self._note(speaker, reply)
        return reply

    def entry(self, speaker: Hashable, entry: str, incoming: Incoming) -> Reply | None:
        """The reply for an entry or figure that a speaker chose; None where the base has none such."""
        reply = self._dialogue.entry(entry, incoming)
        if reply:
            turn = self._dialogue.after(reply, self._last.pop(speaker, None), incoming.now)
            if turn:
                self._last[speaker] = turn
            self._note(speaker, reply)
        return reply

    def forget(self, chat: int) -> None:
        """Everything about the speakers of a chat: the chat itself, and those of a group, who are named by it first."""
        for kept in (self._last, self._told):
            for speaker in [one for one in kept if one == chat or (isinstance(one, tuple) and one[0] == chat)]:
                del kept[speaker]

    def _note(self, speaker: Hashable, reply: Reply) -> None:
        if reply.status == "answered" and reply.entry:
            self._told[speaker] = reply.entry
            self._told.move_to_end(speaker)
        if len(self._told) > self._most:
            self._told.popitem(last=False)

    def _anew(self, incoming: Incoming) -> tuple[Reply, Turn | None]:
        """A message that nothing went before: the answer the last who asked it got, where the hour and all it depends on are the same."""
        if incoming.text.startswith("/") or len(incoming.text) > LONGEST_REPEATED:
            return self._dialogue.converse(incoming, None)
        key = replace(incoming, now=_hour(incoming.now), told=None)
        if key not in self._repeated:
            reply, turn = self._dialogue.converse(incoming, None)
            if reply.form:  # a form goes by its own clock
                return reply, turn
            self._repeated[key] = reply, turn
        self._repeated.move_to_end(key)
        while len(self._repeated) > MOST_REPEATED:
            self._repeated.popitem(last=False)
        reply, turn = self._repeated[key]
        return reply, turn and replace(turn, at=incoming.now)


def _hour(now: datetime) -> datetime:
    """Days begin and rules end on the hour, in every time zone of the two countries."""
    return now.replace(minute=0, second=0, microsecond=0)
