"""What ``alpclusters remind`` does for introductions: ends old requests, asks for outcomes."""

from typing import TYPE_CHECKING

from alpclusters.cli.speech import Speech

if TYPE_CHECKING:
    from datetime import datetime


def tell_introductions(now: "datetime", speech: Speech) -> None:
    """Say what would end and who would be asked, without names of people."""
    from alpclusters.platform.network.domain.introductions.answering import due_to_lapse
    from alpclusters.platform.network.domain.introductions.follow_ups import due_follow_ups

    lapsing, asking = due_to_lapse(now), due_follow_ups(now)
    n = {"n": len(lapsing)}
    print(speech.gettext("Introductions that end without an answer: %(n)s") % n)
    for one in lapsing:
        print(f"  {one.asking} – {one.asked}")
    n = {"n": len(asking)}
    print(speech.gettext("Outcomes of introductions to ask for: %(n)s") % n)
    for due in asking:
        print(f"  {due.follow_up.organisation}: {due.user.language}")


def remind_of_introductions(now: "datetime", speech: Speech) -> None:
    """End requests that nobody answered, and ask both sides what came of the accepted ones."""
    print(
        speech.gettext("Introductions ended without an answer: %(n)s") % {"n": _end_requests(now)}
    )
    print(speech.gettext("Outcomes of introductions asked for: %(n)s") % {"n": _ask_outcomes(now)})


def _end_requests(now: "datetime") -> int:
    from alpclusters.platform.network.domain.introductions.answering import (
        due_to_lapse,
        lapse_introduction,
    )
    from alpclusters.www.workspace.introductions.letters import tell_lapsed

    n = 0
    for one in due_to_lapse(now):
        if lapse_introduction(one, now=now):
            tell_lapsed(one)
            n += 1
    return n


def _ask_outcomes(now: "datetime") -> int:
    from alpclusters.platform.network.domain.introductions.follow_ups import (
        due_follow_ups,
        note_asked,
    )
    from alpclusters.www.workspace.introductions.letters import ask_outcome

    due = due_follow_ups(now)
    for one in due:
        ask_outcome(one)
        note_asked([one], now=now)
    return len(due)
