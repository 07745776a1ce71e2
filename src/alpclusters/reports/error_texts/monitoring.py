"""Sentences and remedies: the monitoring of plans; part of `reports.errors`."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

# code: (what is wrong, what to do)
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "round.plan_is_draft": (
        _("The plan is a draft."),
        _("Publish it; then the first round of reports can be opened."),
    ),
    "round.still_open": (
        _("Round %(found)s is still open."),
        _("Close it before you open the next one."),
    ),
    "round.closed": (_("Round %(found)s is closed."), _("Open the next round.")),
    "round.closes_first": (
        _("The round would close before it opens."),
        _("Give a later day for its close."),
    ),
    "round.too_long": (
        _("The round would be open for more than a year."),
        _("Give an earlier day for its close."),
    ),
    "report.action_ended": (
        _("Action %(found)s is done or was stopped; nothing more is reported on it."),
        _("Ask the people who keep the plan if that is wrong."),
    ),
    "report.empty": (
        _("Nothing was filled in."),
        _("Say at least how far the action is, or what happened."),
    ),
    "report.not_a_share": (
        _("The progress lies between 0 and 100 per cent."),
        _("Write 50 for half of the work."),
    ),
    "report.in_future": (
        _("The day %(found)s has not come yet."),
        _("Give the day on which it was so; not later than today."),
    ),
    "value.decided": (
        _("Somebody has confirmed or rejected this value in the meantime."),
        _("Report a new value if it is wrong."),
    ),
    "value.no_reason": (
        _("The reason is missing."),
        _("Say why the value is rejected; it stays in the list with your reason."),
    ),
    "value.unknown": (_("This is no decision."), _("Confirm or reject the value.")),
    "override.not_running": (
        _("Action %(found)s is not running."),
        _("Only the status of a running action can be corrected."),
    ),
    "override.out_of_grey": (
        _("Action %(found)s is grey because nobody has reported on it for too long."),
        _("Send a report; an opinion does not replace it."),
    ),
    "override.colour": (
        _("This is no status one can set."),
        _("Choose on track, delayed or far behind."),
    ),
    "override.reason_short": (
        _("The reason is too short."),
        _("Write at least %(expected)s characters; the reason is printed beside the status."),
    ),
    "override.rounds": (
        _("A correction lasts for two rounds at most."),
        _("Choose one or two rounds."),
    ),
    "snapshot.stays": (
        _("A report that was kept stays as it is."),
        _("Take a correcting one; both stay readable."),
    ),
    "snapshot.reason_short": (
        _("The reason is too short."),
        _("Write at least %(expected)s characters: what was wrong?"),
    ),
    "snapshot.no_hash": (
        _("“%(found)s” is no hash."),
        _("Copy at least its first 12 digits: 0 to 9 and a to f."),
    ),
    "snapshot.corrected": (
        _("Report %(found)s was corrected already."),
        _("Correct the later one."),
    ),
}
