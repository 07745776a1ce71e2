"""``alpclusters disclosure``: attack what is published of AlpCafés and say whom it gives away."""

import argparse
import json
from typing import TYPE_CHECKING, Any, Final

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.platform.cafe.models import AlpCafe
    from alpclusters.platform.evaluation.domain.disclosure import CafeAudit

HELP: Final = _("check that nothing published of an AlpCafé gives a person away")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add which AlpCafés are attacked and how the result is printed."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("cafe", metavar="CAFE", nargs="?", type=int, help=_("number of an AlpCafé"))
    which.add_argument("--all", action="store_true", help=_("every AlpCafé with public results"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace) -> int:
    """Attack each AlpCafé; 1 if anybody is found."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    setup_django()
    from alpclusters.platform.evaluation.domain.disclosure import audit_cafe

    audits = [one for cafe in _wanted(args) if (one := audit_cafe(cafe)) is not None]
    if args.json:
        print(json.dumps([_record(one, speech) for one in audits], ensure_ascii=False, indent=1))
    else:
        for one in audits:
            print("\n".join(_lines(one, speech)))
        if not audits:
            print(speech.gettext("Nothing of the results is public."))
    return 0 if all(one.is_safe for one in audits) else 1


def _wanted(args: argparse.Namespace) -> "list[AlpCafe]":
    from alpclusters.analysis.errors import InputError, Where
    from alpclusters.platform.cafe.models import AlpCafe
    from alpclusters.platform.evaluation.domain.disclosure import audited_cafes

    if args.all:
        return audited_cafes()
    found = list(AlpCafe.objects.filter(pk=args.cafe))
    if not found:
        code = "cafe.unknown"
        raise InputError(code, where=Where(argument="CAFE"), found=str(args.cafe))
    return found


def _record(one: "CafeAudit", speech: Speech) -> dict[str, Any]:
    return {
        "cafe": one.cafe.pk,
        "title": str(one.cafe),
        "releases": one.n_releases,
        "hall_blocks": one.n_hall,
        "statements": one.n_statements,
        "statements_about_the_top_three": one.n_choice_statements,
        "statements_of_earlier_answers": one.n_untrue,
        "answers": one.answers.n_answers,
        "cases": one.answers.n_secrets,
        "people_found": len(one.people),
        "answers_certain_for_an_insider": one.answers.answers("insider"),
        "answers_certain_for_a_participant": one.answers.answers("participant"),
        "choices_certain": len(one.choices.found),
        "lines_of_people": one.rows is not None,
        "groups_read": sum(one.rows.groups_read) if one.rows else 0,
        "groups_published": len(one.rows.groups_read) if one.rows else 0,
        "found_by_known_answers": {str(known.q): round(known.share, 4) for known in one.known},
        "certain_for_five_who_pool": {
            "tables": one.pooled.n_tables,
            "mean_share": round(one.pooled.share, 5),
            "worst_share": round(one.pooled.worst, 5),
        },
        "undecided": one.answers.undecided,
        "changed": _changed(one, speech),
        "cpu_s": one.answers.cpu_s,
    }


def _lines(one: "CafeAudit", speech: Speech) -> list[str]:
    text = speech.texts
    head = speech.gettext("%(cafe)s (number %(number)s)") % {
        "cafe": str(one.cafe),
        "number": one.cafe.pk,
    }
    used = text.ngettext(
        "%(n)s statement of %(k)s public evaluations used",
        "%(n)s statements of %(k)s public evaluations used",
        one.n_statements,
    ) % {"n": one.n_statements, "k": one.n_releases}
    hall = text.ngettext(
        "%(n)s block of results shown in the hall is part of it",
        "%(n)s blocks of results shown in the hall are part of it",
        one.n_hall,
    ) % {"n": one.n_hall}
    people = text.ngettext("%(n)s person found", "%(n)s people found", len(one.people)) % {
        "n": len(one.people)
    }
    certain = speech.gettext(
        "answers certain: %(insider)s for an insider, %(participant)s more for a participant"
    ) % {
        "insider": one.answers.answers("insider"),
        "participant": one.answers.answers("participant"),
    }
    chosen = speech.gettext(
        "top three: %(n)s statements about %(choices)s choices used, certain: %(certain)s"
    ) % {
        "n": one.n_choice_statements,
        "choices": one.choices.n_choices,
        "certain": len(one.choices.found),
    }
    shares = ", ".join(f"{known.q}: {100 * known.share:.0f} %" for known in one.known)
    heard = speech.gettext("lines found by who knows some answers: %(shares)s") % {"shares": shares}
    lines = (used, hall, chosen, people, certain, _pooled(one, speech), heard)
    return [head, *(f"  {line}" for line in lines), *_reasons(one, speech)]


def _pooled(one: "CafeAudit", speech: Speech) -> str:
    words = speech.gettext(
        "answers of the others certain for five people who pool theirs: %(share)s %% on average of "
        "%(n)s tables drawn by chance, %(worst)s %% at most"
    )
    return words % {
        "n": one.pooled.n_tables,
        "share": f"{100 * one.pooled.share:.2f}",
        "worst": f"{100 * one.pooled.worst:.2f}",
    }


def _reasons(one: "CafeAudit", speech: Speech) -> list[str]:
    return [f"  · {sentence}" for sentence in _changed(one, speech)]


def _changed(one: "CafeAudit", speech: Speech) -> list[str]:
    """Say what was joined or left out in the newest public evaluation."""
    from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
    from alpclusters.reports.evaluation.persons import protection_sentences

    newest = one.cafe.snapshots.filter(first_released_at__isnull=False).order_by("-number").first()
    if newest is None:
        return []
    return protection_sentences(evaluation_of(newest), speech.language)
