"""``alpclusters fund``: a case in, the best mix of funding with its proof out."""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.analysis.funding.case import Case

HELP: Final = _("find the best mix of funding for a case, with its proof as PDF and XLSX")
OURS: Final = "mix.json"
CHANCES: Final = "chances.json"
TOLD_CHANCES: Final = ("expected_ct", "low_ct", "high_ct", "is_exact")
FILES: Final = (("proof", "pdf"), ("proof", "xlsx"), ("report", "pdf"), ("report", "xlsx"))
WITHOUT_MIX: Final = ("failed", "infeasible")
LARGE: Final = _(
    "This case is large: not all other mixes and refusals were searched. --thorough searches them "
    "too, which takes some minutes."
)
TOO_LARGE: Final = _(
    "This case is very large: not all other mixes and refusals were searched, even so."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add which case, where to write, and how to search."""
    parser.add_argument("path", type=Path, metavar="CASE", help=_("JSON file of a funding case"))
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        help=_("folder for the results; it must not exist or be empty"),
    )
    parser.add_argument(
        "--seed", type=int, metavar="N", help=_("start of the random numbers; default: the case's")
    )
    parser.add_argument(
        "--scenario", metavar="ID", help=_("take the offers of this scenario as rejected")
    )
    parser.add_argument(
        "--as-if-prolonged",
        action="store_true",
        help=_("scenario: compute as if acts that end were prolonged; the result is marked so"),
    )
    parser.add_argument(
        "--chances",
        action="store_true",
        help=_("weigh the chances: expected worth, worst case, order, plan B (chances.json)"),
    )
    parser.add_argument(
        "--thorough",
        action="store_true",
        help=_("look for all other mixes and refusals, even in a large case where each takes long"),
    )
    parser.add_argument(
        "--application",
        action="store_true",
        help=_("also write application.zip: a draft in the structure of Jems, from the case alone"),
    )
    parser.add_argument(
        "--force", action="store_true", help=_("replace the results of an earlier mix")
    )


def run(args: argparse.Namespace) -> int:
    """Read, compute, prove, write everything into a folder that appears whole, say what came."""
    from dataclasses import replace

    from alpclusters.analysis.funding.rulebooks.days import PROLONGED
    from alpclusters.cli.case_input import read_case_file, seeded
    from alpclusters.cli.mix_progress import MixProgress
    from alpclusters.cli.output_folder import check_target, whole_folder

    speech = Speech(args.language)
    check_target(args.out, force=args.force, ours=OURS)
    case = seeded(read_case_file(args.path), args.seed)
    if args.as_if_prolonged:
        case = replace(case, rulebook=PROLONGED)
    rejected = _rejected(case, args.scenario)
    with MixProgress(speech) as progress, whole_folder(args.out) as folder:
        mix = _mixed(case, rejected, progress, is_thorough=args.thorough)
        weighed = _weighed(case, mix) if args.chances else None
        progress.say(speech.gettext("Writing the documents"))
        _write(case, mix, folder, speech.language, weighed)
        if args.application and mix["status"] not in WITHOUT_MIX:
            _write_application(case, mix, folder, speech.language)
    speech.say(speech.gettext("Written: %(folder)s") % {"folder": args.out})
    _say_law(case, mix, speech)
    _say_what_is_left_out(case, mix, speech)
    print(json.dumps(_told(mix, args.out, weighed), ensure_ascii=False))
    return 1 if mix["status"] in WITHOUT_MIX else 0


def _rejected(case: "Case", scenario: str | None) -> tuple[str, ...]:
    from alpclusters.analysis.errors import InputError, Where

    if scenario is None:
        return ()
    known = {one.id: one.rejected for one in case.scenarios}
    if scenario not in known:
        where, expected = Where(argument="--scenario"), ", ".join(known) or "–"
        code = "case.unknown_scenario"
        raise InputError(code, where=where, found=scenario, expected=expected)
    return known[scenario]


def _mixed(
    case: "Case", rejected: tuple[str, ...], progress: Any, *, is_thorough: bool
) -> dict[str, Any]:
    from alpclusters.analysis.funding.case_files import case_data, refuse_large
    from alpclusters.platform.funding.domain.mixing import compute_mix

    refuse_large(case)
    return compute_mix(
        case_data(case), progress=progress.show, rejected=rejected, is_thorough=is_thorough
    )


def _weighed(case: "Case", mix: Mapping[str, Any]) -> dict[str, Any] | None:
    """Weigh the chances of a mix that may be used."""
    from alpclusters.analysis.funding.case_files import case_data
    from alpclusters.platform.funding.domain.mixing import compute_chances

    if mix["status"] in WITHOUT_MIX or not mix["allocation"]:
        return None
    return compute_chances(case_data(case), mix)


def _say_law(case: "Case", mix: Mapping[str, Any], speech: Speech) -> None:
    """Say which offers are undecided or closed, and whether the law is a scenario."""
    import datetime as dt

    from alpclusters.reports.funding.front import closed_messages
    from alpclusters.reports.funding.law_in_time import law_messages
    from alpclusters.reports.funding.subject import MixSubject

    subject = MixSubject(case, mix, speech.language)
    closed = closed_messages(subject, today=dt.datetime.now(tz=dt.UTC).date())
    for one in (*law_messages(subject), *closed):
        for words in (f"{one.title}. {one.text}", *one.items):
            speech.say(words)


def _say_what_is_left_out(case: "Case", mix: Mapping[str, Any], speech: Speech) -> None:
    from alpclusters.platform.funding.domain.mixing.computing import left_out

    if mix["status"] in WITHOUT_MIX:
        return
    if left_out(case, mix).is_something:
        speech.say(speech.gettext(TOO_LARGE if mix["beside"] == "all" else LARGE))


def _write(
    case: "Case",
    mix: Mapping[str, Any],
    folder: Path,
    language: str,
    weighed: Mapping[str, Any] | None,
) -> None:
    import datetime as dt

    from alpclusters.analysis.funding.mix.document import mix_text
    from alpclusters.reports.funding import write_mix_file

    (folder / OURS).write_text(mix_text(mix), encoding="utf-8")
    if weighed:
        text = json.dumps(weighed, ensure_ascii=False, indent=1) + "\n"
        (folder / CHANCES).write_text(text, encoding="utf-8")
        mix = {**mix, "chances": weighed}
    today = dt.datetime.now(tz=dt.UTC).date()
    for kind, ending in FILES:
        data = write_mix_file(case, mix, kind=kind, ending=ending, language=language, day=today)
        (folder / f"{kind}.{ending}").write_bytes(data)


def _write_application(case: "Case", mix: Mapping[str, Any], folder: Path, language: str) -> None:
    """Write the package; project, plan and directory stand in an installation, not here."""
    import datetime as dt

    from alpclusters.reports.application.package import write_application
    from alpclusters.reports.application.subject import ApplicationSubject
    from alpclusters.reports.funding.subject import MixSubject

    subject = ApplicationSubject(MixSubject(case, mix, language))
    today = dt.datetime.now(tz=dt.UTC).date()
    data = write_application(subject, language=language, day=today)
    (folder / "application.zip").write_bytes(data)


def _told(mix: Mapping[str, Any], out: Path, weighed: Mapping[str, Any] | None) -> dict[str, Any]:
    told = {name: mix[name] for name in ("status", "objective", "bound", "gap")}
    if weighed:
        told["chances"] = {
            **{name: weighed[name] for name in TOLD_CHANCES},
            "worst_ct": weighed["worst"]["worth_ct"],
        }
    return {**told, "valid": mix["check"]["valid"], "out": str(out)}
