"""What ``alpclusters remind`` does for bilateral meetings: tells of wishes, forgets names."""

from typing import TYPE_CHECKING

from alpclusters.cli.speech import Speech

if TYPE_CHECKING:
    from datetime import datetime


def tell_meetings(now: "datetime", speech: Speech) -> None:
    """Say who would be told of wishes for meetings, without names of people."""
    from alpclusters.platform.network.domain.meetings.attending import due_to_tell

    due = due_to_tell(now)
    n = {"n": len(due)}
    print(speech.gettext("Organisations to tell of wishes for meetings: %(n)s") % n)
    for one in due:
        print(f"  {one.attendance.organisation}: {len(one.wishes)}")


def remind_of_meetings(now: "datetime", speech: Speech) -> None:
    """Tell organisations who wants to meet them; each wish is told once."""
    from alpclusters.platform.network.domain.meetings.attending import due_to_tell, note_told
    from alpclusters.www.workspace.meetings.day import tell_wishes

    due = due_to_tell(now)
    for one in due:
        tell_wishes(one)
        note_told(one.wishes, now=now)
    n = {"n": len(due)}
    print(speech.gettext("Organisations told of wishes for meetings: %(n)s") % n)


def forget_who_met(now: "datetime") -> int:
    """Forget who came to days of meetings that lie thirty days back."""
    from alpclusters.platform.network.domain.meetings.attending import forget_attendants

    return forget_attendants(now)
