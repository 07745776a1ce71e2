"""The part of ``alpclusters remind`` about links: the yearly question, and links of projects."""

from typing import TYPE_CHECKING

from alpclusters.cli.speech import Speech

if TYPE_CHECKING:
    from datetime import datetime


def tell_links(now: "datetime", speech: Speech) -> None:
    """Say who would be asked about how many links, and send nothing."""
    from alpclusters.platform.network.domain.links.reports import due_questions

    due = due_questions(now)
    print(speech.gettext("People to ask about their links: %(n)s") % {"n": len(due)})
    for one in due:
        told = {"n": len(one.links), "language": one.user.language}
        print("  " + speech.gettext("links: %(n)s, language: %(language)s") % told)


def remind_of_links(now: "datetime", speech: Speech) -> None:
    """Ask whether links are still alive, and bring those of published projects up to date."""
    from alpclusters.platform.network.domain.links.deriving import derive_all_links
    from alpclusters.platform.network.domain.links.reports import (
        due_questions,
        link_token,
        note_asked,
    )
    from alpclusters.www.workspace.links.link_forms import ask_if_alive

    due = due_questions(now)
    for one in due:
        ask_if_alive(one, link_token(one.user, now=now))
        note_asked(one, now=now)
    print(speech.gettext("People asked about their links: %(n)s") % {"n": len(due)})
    # A body may have got a profile since the last import.
    derived = derive_all_links(now=now)
    print(speech.gettext("New links from published projects: %(n)s") % {"n": derived.n_new})
