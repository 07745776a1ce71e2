"""How results are computed and what the marks mean, in plain words."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.models import Lesson
from alpclusters.www.public.legal.about_site import Link, Page, Section


def methods_page() -> Page:
    """Return the page."""
    return Page(
        _("Methods and conventions"),
        _(
            "A number is shown with the number of people behind it, its uncertainty and the share "
            "who could not judge. This page says how each is meant."
        ),
        [_rating(), _figures(), _certainty(), _small_groups(), _marks(), _regions(), _more()],
    )


def _rating() -> Section:
    return Section(
        _("How people rate"),
        points=[
            _("Each criterion is one question with five steps, and each step has its words."),
            _("“I cannot judge this” is an answer of its own. It never counts as a middle value."),
            _("If somebody changes an answer, the latest one stands."),
            _("Nothing is preselected, and nobody sees the answers of others while rating."),
        ],
    )


def _figures() -> Section:
    return Section(
        _("What is shown"),
        [
            _(
                "People in an AlpCafé are not a random sample. The interval covers chance alone, "
                "not who came."
            )
        ],
        terms=[
            ("n", _("People who judged. Those who could not judge are counted beside it.")),
            (
                _("Median"),
                _("The middle answer: half of the people chose it or less, half it or more."),
            ),
            (
                _("90% interval"),
                _(
                    "The range that would hold the true value in nine of ten such surveys. It is "
                    "wide when few people answered."
                ),
            ),
            (
                _("Distribution"),
                _("How many people chose each step, from the lowest to the highest."),
            ),
            (
                _("Agreement"),
                _("From 0, people are split between the ends, to 1, all chose the same step."),
            ),
        ],
    )


def _certainty() -> Section:
    return Section(
        _("How certain a lesson is"),
        [
            _(
                "Lessons from earlier initiatives are graded A to D by a rule of our own, adapted "
                "from GRADE and GRADE-CERQual. It counts independent families of initiatives. "
                "Grades are taken off where few families support a lesson, little of it lasted, "
                "coders agreed badly, evidence speaks against it, or only the initiative itself "
                "says so."
            )
        ],
        terms=[(grade.value, grade.label) for grade in list(Lesson.Grade)[:4]],
        links=[Link(_("What lasted"), reverse("public:evidence"))],
    )


def _small_groups() -> Section:
    return Section(
        _("Small groups"),
        [
            _(
                "Results of fewer than five people are not shown. A second group may be hidden as "
                "well, so that nobody can work out the first one from the total. This happens "
                "before a result is stored."
            )
        ],
    )


def _marks() -> Section:
    return Section(
        _("Marks"),
        terms=[
            (_("verified"), _("Stated by the source that answers for the fact.")),
            (_("unverified"), _("Read somewhere, confirmed by nobody.")),
            (_("unknown"), _("No source says it. Nothing is guessed.")),
            (_("simulated"), _("Invented to show how the tool works.")),
            (_("historic"), _("Belongs to a project of the past and is only told about.")),
        ],
    )


def _regions() -> Section:
    return Section(
        _("Regions and their codes"),
        [
            _(
                "New entries use the NUTS codes of 2021. Older codes are carried over step by step "
                "through Eurostat’s tables of changes. The answer says whether it is exact, rough "
                "or one of several. The tile map shows neighbourhood, not exact position."
            )
        ],
        links=[Link(_("What became of a code?"), reverse("public:recode"))],
    )


def _more() -> Section:
    return Section(
        _("Read on"),
        [
            _(
                "Formulas, sources and worked examples of every method are part of the program’s "
                "documentation, in the folder docs/methods."
            )
        ],
    )
