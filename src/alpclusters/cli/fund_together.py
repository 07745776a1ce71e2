"""``alpclusters fund-together``: several cases in, what each gets alone and together out."""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.analysis.funding.case import Case

HELP: Final = _("weigh several cases whose undertakings share one account of aid")
OURS: Final = "together.json"
ENDINGS: Final = ("pdf", "docx", "xlsx")
TOLD: Final = ("status", "alone_ct", "together_ct", "bound_ct", "lost_ct", "gap")
WITHOUT_MIX: Final = ("failed", "infeasible")
type Node = tuple[str, str]  # place of the case, undertaking


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add which cases, who is the same in them, where to write, and how to search."""
    parser.add_argument(
        "paths", type=Path, nargs="+", metavar="CASE", help=_("JSON files of 2 to 6 funding cases")
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        help=_("folder for the results; it must not exist or be empty"),
    )
    parser.add_argument(
        "--same",
        action="append",
        default=[],
        metavar="1:U1=2:U3",
        help=_(
            "undertaking U1 of the first case is U3 of the second; without it partners of the same "
            "name and country are"
        ),
    )
    parser.add_argument(
        "--seed", type=int, metavar="N", help=_("start of the random numbers; default: the case's")
    )
    parser.add_argument(
        "--as-if-prolonged",
        action="store_true",
        help=_("scenario: compute as if acts that end were prolonged; the result is marked so"),
    )
    parser.add_argument(
        "--force", action="store_true", help=_("replace the results of an earlier mix")
    )


def run(args: argparse.Namespace) -> int:
    """Read, find who is the same, weigh, write everything into a folder that appears whole."""
    from alpclusters.analysis.funding.case_files import case_data
    from alpclusters.cli.mix_progress import MixProgress
    from alpclusters.cli.output_folder import check_target, whole_folder
    from alpclusters.platform.funding.domain.mixing.processes import compute_joint
    from alpclusters.reports.funding.joint import JointSubject

    speech = Speech(args.language)
    check_target(args.out, force=args.force, ours=OURS)
    cases = {str(n): _read(path, args, speech) for n, path in enumerate(args.paths, start=1)}
    _refuse(list(cases.values()))
    groups = _groups(cases, args.same)
    names = [_name_of(cases, group) for group in groups]
    _say_who_is_the_same(groups, names, speech)
    asked = {
        "cases": [
            {"key": key, "title": title, "data": case_data(cases[key])}
            for key, title in _titles(cases).items()
        ],
        "same": groups,
        "names": names,
    }
    with MixProgress(speech) as progress, whole_folder(args.out) as folder:
        found = compute_joint(asked, progress=progress.show)
        progress.say(speech.gettext("Writing the documents"))
        subject = JointSubject(asked, found, cases, speech.language)
        _write(subject, folder)
    speech.say(speech.gettext("Written: %(folder)s") % {"folder": args.out})
    _say_what_came_out(subject, speech)
    print(json.dumps({**{k: found[k] for k in TOLD}, "out": str(args.out)}, ensure_ascii=False))
    return 1 if found["status"] in WITHOUT_MIX else 0


def _read(path: Path, args: argparse.Namespace, speech: Speech) -> "Case":
    """Read a case; what is wrong with it begins with the name of its file."""
    from alpclusters.analysis.funding.case_files import CaseError
    from alpclusters.analysis.funding.rulebooks.days import PROLONGED
    from alpclusters.cli.case_input import read_case_file, seeded

    try:
        case = seeded(read_case_file(path), args.seed)
    except CaseError:
        speech.say(f"{path}:")
        raise
    return replace(case, rulebook=PROLONGED) if args.as_if_prolonged else case


def _refuse(cases: Sequence["Case"]) -> None:
    """Refuse too few, too many or cases that read the law differently: here they are arguments."""
    from alpclusters.analysis.errors import InputError, StateError
    from alpclusters.analysis.funding.joint import refuse_together

    try:
        refuse_together(cases)
    except StateError as error:
        raise InputError(error.code, values=error.values) from error


def _titles(cases: Mapping[str, "Case"]) -> dict[str, str]:
    """Return the title of each case; those that several have are told apart by their place."""
    count = Counter(case.title for case in cases.values())
    return {
        key: f"{case.title} ({key})" if count[case.title] > 1 else case.title
        for key, case in cases.items()
    }


def _groups(cases: Mapping[str, "Case"], said: Sequence[str]) -> list[list[Node]]:
    """Return who is one undertaking in several cases: as was said, else by name and country.

    Raises
    ------
    InputError
        A case or undertaking that is named is not there, or nobody is the same.
    """
    from alpclusters.analysis.errors import InputError

    found = [_said(cases, one) for one in said] if said else list(_of_one_name(cases))
    if not found:
        code = "joint.nobody_named"
        raise InputError(code)
    return found


def _said(cases: Mapping[str, "Case"], text: str) -> list[Node]:
    from alpclusters.analysis.errors import InputError, Where, shown

    known = {(key, one.id) for key, case in cases.items() for one in case.undertakings}
    pairs = (one.partition(":") for one in text.split("="))
    nodes = [(key.strip(), name.strip()) for key, _colon, name in pairs]
    if len({key for key, _name in nodes}) < 2 or not known.issuperset(nodes):  # noqa: PLR2004 - of several cases
        expected = ", ".join(":".join(one) for one in sorted(known))
        where = Where(argument="--same")
        raise InputError("joint.same_unknown", where=where, found=shown(text), expected=expected)
    return nodes


def _of_one_name(cases: Mapping[str, "Case"]) -> Iterator[list[Node]]:
    """Yield the undertakings of partners that bear one name in one country in several cases."""
    nodes: dict[tuple[str, str], dict[Node, None]] = {}
    for key, case in cases.items():
        for partner in case.partners:
            name = " ".join(partner.name.split()).casefold(), partner.country
            nodes.setdefault(name, {})[key, partner.undertaking] = None
    for same in nodes.values():
        if len({key for key, _name in same}) > 1:
            yield list(same)


def _name_of(cases: Mapping[str, "Case"], group: Sequence[Node]) -> str:
    """Return the name of the first partner of an undertaking, else its identifier."""
    key, undertaking = group[0]
    names = [one.name for one in cases[key].partners if one.undertaking == undertaking]
    return names[0] if names else undertaking


def _say_who_is_the_same(
    groups: Sequence[Sequence[Node]], names: Sequence[str], speech: Speech
) -> None:
    for group, name in zip(groups, names, strict=True):
        words = speech.gettext("One undertaking: %(name)s (%(where)s)")
        where = " = ".join(":".join(node) for node in group)
        speech.say(words % {"name": name, "where": where})


def _say_what_came_out(subject: Any, speech: Speech) -> None:
    from alpclusters.reports.funding.joint import joint_law, joint_sentences

    for one in joint_law(subject):
        for words in (f"{one.title}. {one.text}", *one.items):
            speech.say(words)
    for words in joint_sentences(subject):
        speech.say(words)


def _write(subject: Any, folder: Path) -> None:
    import datetime as dt

    from alpclusters.reports.funding.joint import joint_document
    from alpclusters.reports.funding.report import ENDINGS as WRITERS

    text = json.dumps(subject.found, ensure_ascii=False, indent=1) + "\n"
    (folder / OURS).write_text(text, encoding="utf-8")
    document = joint_document(subject, day=dt.datetime.now(tz=dt.UTC).date())
    for ending in ENDINGS:
        (folder / f"answer.{ending}").write_bytes(WRITERS[ending](document))
