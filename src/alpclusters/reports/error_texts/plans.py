"""Sentences and remedies for what the analysis of plans refuses; part of `reports.errors`."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

# code: (what is wrong, what to do)
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "snapshot.altered": (
        _("Snapshot %(found)s was changed after it was stored; it is not shown to the public."),
        _("Evaluate the AlpCafé again and release the new snapshot."),
    ),
    "snapshot.gives_away": (
        _(
            "Beside what was shown in the hall, snapshot %(found)s would show what single people "
            "answered; it is not shown to the public."
        ),
        _("Evaluate the AlpCafé again: the new snapshot takes account of the hall. Release that."),
    ),
    "plan.altered": (
        _("The evaluation behind %(found)s was changed after it was stored."),
        _("Evaluate the AlpCafé again and state the findings anew."),
    ),
    "plan.withheld": (
        _("The evaluation behind %(found)s shows no such figure."),
        _("Take the finding out, or state one from an evaluation that shows it."),
    ),
    "plan.other_figures": (
        _("The figures of %(found)s are no longer those of the evaluation."),
        _("State the finding anew from the evaluation."),
    ),
    "plan.less_certain": (
        _("The lesson behind %(found)s is less certain by now (%(expected)s)."),
        _("State the finding anew, or give the lesson the evidence it lost."),
    ),
    "plans.ends_before_start": (
        _("The action ends on %(found)s, before it starts on %(expected)s."),
        _("Correct one of the two dates."),
    ),
    "plans.weight": (
        _("A weight is negative or no number."),
        _("Write 0 or more."),
    ),
    "plans.cycle": (
        _("These actions wait for each other: %(found)s."),
        _("Remove one of these dependencies."),
    ),
    "plans.unknown_action": (
        _("A dependency names the action “%(found)s”, which is not in the plan."),
        _("Choose an action of this plan."),
    ),
    "plans.action_twice": (
        _("The action “%(found)s” stands there twice."),
        _("Keep one of the two."),
    ),
    "plans.not_finite": (
        _("A figure is missing or infinite."),
        _("Write a number, or leave the field empty."),
    ),
    "plans.not_a_share": (
        _("%(found)s is no share between 0 and 1."),
        _("Divide per cent by 100."),
    ),
    "plans.unknown_value": (
        _("“%(found)s” is none of the values there are."),
        _("Use one of these: %(expected)s."),
    ),
    "plans.targets_order": (
        _("The target of %(found)s is not later than the one before it or than the baseline."),
        _("Give each target a later date than the one before."),
    ),
    "plans.target_is_baseline": (
        _("The target is the baseline, so that nothing has to change."),
        _("Set another target, or choose that the value should be held."),
    ),
    "plans.target_direction": (
        _("The target lies on the other side of the baseline than the direction says."),
        _("Correct the direction, the baseline or the target."),
    ),
    "plans.not_canonical": (
        _("A snapshot cannot hold this value: %(found)s."),
        _("Write figures as whole numbers or as text."),
    ),
    "plans.digest_form": (
        _("“%(found)s” is no hash of a snapshot."),
        _("A hash has 64 digits 0 to 9 and a to f."),
    ),
}
