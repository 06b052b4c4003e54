"""What chats are about: their last questions and answers, in memory, the longest silent forgotten first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import replace

from handlers.dialogue import Dialogue
from handlers.followup import Turn
from handlers.forms import Form
from handlers.messages import Incoming, Reply

MOST_CHATS = 10_000


class Turns:
    """Answers messages of speakers, each in the light of the one before. A speaker of None stands alone."""

    def __init__(self, dialogue: Dialogue, most: int = MOST_CHATS) -> None:
        self._dialogue = dialogue
        self._most = most
        self._last: OrderedDict[Hashable, Turn] = OrderedDict()
        self._told: OrderedDict[Hashable, str] = OrderedDict()

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
        reply, turn = self._dialogue.converse(incoming, self._last.pop(speaker, None))
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
