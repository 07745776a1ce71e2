"""``alpclusters match``: partners of an organisation with their reasons; stores nothing."""

import argparse
import json
from typing import TYPE_CHECKING, Any, Final

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.codes import LANGUAGE_CODES

if TYPE_CHECKING:
    from alpclusters.platform.actors.models import Organisation
    from alpclusters.platform.network.domain.matching.profiles import Options, Question
    from alpclusters.platform.network.domain.matching.searching import Found

HELP: Final = _("find partners of a cluster organisation, with parts of the score and reasons")
MOST: Final = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add for whom, from where the search starts, and where to look."""
    parser.add_argument(
        "organisation",
        metavar="ORGANISATION",
        help=_("number, key of the profile in its address, or whole name"),
    )
    start = parser.add_mutually_exclusive_group()
    start.add_argument("--need", metavar="TEXT", help=_("start from a need in own words"))
    start.add_argument("--offer", metavar="TEXT", help=_("start from an offer in own words"))
    start.add_argument(
        "--profile", action="store_true", help=_("start from the profile; the default")
    )
    parser.add_argument(
        "--text-language",
        choices=LANGUAGE_CODES,
        help=_("language of the need or offer; default the language of messages"),
    )
    parser.add_argument(
        "--territory",
        metavar="CODES",
        default="",
        help=_("countries or regions with commas between, such as IT,SI04"),
    )
    parser.add_argument(
        "--speaks",
        metavar="LANGUAGES",
        default="",
        help=_("languages of which a partner has one, with commas between"),
    )
    parser.add_argument(
        "--bridging",
        type=float,
        default=None,
        metavar="C",
        help=_("how much missing pairs of regions lift a partner, 0 to 1; default 0.2"),
    )
    parser.add_argument(
        "--top", type=int, default=20, metavar="N", help=_("how many partners; default 20")
    )
    parser.add_argument("--json", action="store_true", help=_("print the partners as JSON"))


def run(args: argparse.Namespace) -> int:
    """Search and print."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    setup_django()
    from django.utils import timezone, translation

    from alpclusters.platform.network.domain.matching.searching import find_partners

    organisation = _organisation(args.organisation)
    question, options = _question(args), _options(args)
    top = _within(args.top, 1, MOST, "top")
    found = find_partners(organisation, question, options, now=timezone.now(), top=top)
    if args.json:
        print(json.dumps(_record(organisation, question, options, found), ensure_ascii=False))
        return 0
    with translation.override(speech.language):
        print("\n".join(_lines(organisation, found, speech)))
    return 0


def _organisation(wanted: str) -> "Organisation":
    from alpclusters.analysis.errors import InputError, Where
    from alpclusters.platform.actors.models import Organisation

    rows = Organisation.objects.listed().filter(cluster__isnull=False)
    if wanted.isdecimal():
        found = list(rows.filter(pk=int(wanted)))
    else:
        found = list(rows.filter(cluster__slug=wanted)) or list(
            rows.filter(name__iexact=wanted)[:2]
        )
    if len(found) == 1:
        one: Organisation = found[0]
        return one
    code = "match.several_organisations" if found else "match.unknown_organisation"
    raise InputError(code, where=Where(argument="ORGANISATION"), found=wanted)


def _question(args: argparse.Namespace) -> "Question":
    from alpclusters.platform.network.domain.matching.profiles import START, Question

    language = args.text_language or args.language
    if args.need is not None:
        return Question(START.NEED, args.need, language)
    if args.offer is not None:
        return Question(START.OFFER, args.offer, language)
    return Question(language=language)


def _options(args: argparse.Namespace) -> "Options":
    from alpclusters.platform.network.domain.matching.profiles import BRIDGING, Options

    bridging = BRIDGING if args.bridging is None else _within(args.bridging, 0, 1, "bridging")
    return Options(
        territory=tuple(code.upper() for code in _list(args.territory)),
        languages=tuple(code.lower() for code in _list(args.speaks)),
        bridging=float(bridging),
    )


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _within(value: float, low: float, high: float, name: str) -> Any:
    from alpclusters.analysis.errors import InputError, Where

    if low <= value <= high:
        return value
    where = Where(argument=f"--{name}")
    raise InputError(
        "argument.out_of_range", where=where, found=str(value), expected=f"{low} – {high}"
    )


def _record(
    organisation: "Organisation", question: "Question", options: "Options", found: "Found"
) -> dict[str, Any]:
    names = _names(found)
    return {
        "organisation": {"id": organisation.pk, "name": organisation.name},
        "simulated": organisation.is_simulated,
        "start": str(question.start),
        "text": question.words,
        "text_language": question.spoken,
        "options": options.as_record(),
        "partners": [
            {"rank": rank, "name": names[one["organisation"]], **one}
            for rank, one in enumerate(found.results, start=1)
        ],
        "excluded": found.excluded,
        "stamp": found.stamp,
    }


def _names(found: "Found") -> dict[int, str]:
    from alpclusters.platform.actors.models import Organisation

    pks = [one["organisation"] for one in found.results]
    return dict(Organisation.objects.filter(pk__in=pks).order_by("pk").values_list("pk", "name"))


def _lines(organisation: "Organisation", found: "Found", speech: Speech) -> list[str]:
    from alpclusters.reports.numbers import format_number, format_percent
    from alpclusters.www.workspace.matching.run import named_rows

    head = speech.gettext("Partners of %(name)s: the best %(n)s of %(all)s candidates") % {
        "name": organisation.name,
        "n": len(found.results),
        "all": found.stamp["n_candidates"],
    }
    lines = [head, ""]
    if organisation.is_simulated:
        lines.insert(1, speech.gettext("simulated"))
    for row in named_rows(found.results):
        points = format_number(row.score, speech.language, 1)
        based = speech.gettext("based on %(n)s of %(all)s parts") % {
            "n": len(row.parts),
            "all": len(row.parts) + len(row.missing),
        }
        if row.lift:
            share = format_percent(abs(row.lift), speech.language)
            text = (
                speech.gettext("ranked %(share)s higher: the pair of regions is missing")
                if row.lift > 0
                else speech.gettext("ranked %(share)s lower: the two regions are joined well")
            )
            based = f"{based}; {text % {'share': share}}"
        lines.append(f"{row.rank:>3}  {points:>6}  {row.organisation.name} ({row.place}; {based})")
        lines += [f"{'':13}{reason}" for reason in row.reasons]
    return [*lines, "", *_foot(found, speech)]


def _foot(found: "Found", speech: Speech) -> list[str]:
    from alpclusters.www.workspace.matching.run import excluded_lines, model_words

    rows = ", ".join(f"{label}: {n}" for label, n in excluded_lines(found.excluded))
    left_out = speech.gettext("Left out: %(reasons)s") % {"reasons": rows or "–"}
    model = model_words(found.stamp)
    if model is None:
        return [left_out]
    facts = {"name": model.name, "ability": model.ability}
    return [left_out, speech.gettext("Text model: %(name)s; it %(ability)s.") % facts]
