"""``alpclusters truth``: follow every published number, derive every sentence again."""

import argparse
import json
from typing import TYPE_CHECKING, Any, Final

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.codes import LANGUAGE_CODES

if TYPE_CHECKING:
    from alpclusters.reports.truth import Checked
    from alpclusters.www.truth.numbers import Numbers

HELP: Final = _("check that every published number leads to what it counts")
OK: Final = 0
DIFFERS: Final = 1
SCHEMA: Final = "alpclusters-truth/1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add which pages, and the form of the answer."""
    parser.add_argument(
        "--in",
        dest="languages",
        nargs="+",
        choices=LANGUAGE_CODES,
        default=["de", "sl"],
        help=_("languages of the pages; default: de sl"),
    )
    parser.add_argument(
        "--each",
        type=int,
        default=0,
        metavar="N",
        help=_("at most N pages of one kind; default: all pages"),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace) -> int:
    """Check, print; 1 if anything differs."""
    from alpclusters.cli.django_setup import setup_django

    setup_django()
    from alpclusters.www.truth.numbers import check_published

    numbers = check_published(languages=args.languages, each=args.each)
    sentences = _sentences(args.languages)
    if args.json:
        print(json.dumps(_record(args, numbers, sentences), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(numbers, sentences, Speech(args.language))))
    checked = [numbers.checked, *([sentences] if sentences else [])]
    return DIFFERS if any(one.mismatches for one in checked) else OK


def _sentences(languages: list[str]) -> "Checked | None":
    """Derive the sentences again, where this installation has that part."""
    from importlib.util import find_spec

    if find_spec("alpclusters.www.truth.sentences") is None:
        return None
    from importlib import import_module

    check = import_module("alpclusters.www.truth.sentences").check_sentences
    found: Checked = check(languages=languages)
    return found


def _record(args: argparse.Namespace, numbers: "Numbers", sentences: "Checked | None") -> Any:
    from dataclasses import asdict

    return {
        "schema": SCHEMA,
        "languages": args.languages,
        "pages": numbers.n_pages,
        "numbers": asdict(numbers.checked),
        "sentences": None if sentences is None else asdict(sentences),
    }


def _lines(numbers: "Numbers", sentences: "Checked | None", speech: Speech) -> list[str]:
    from alpclusters.reports.numbers import format_integer

    def told(words: str, checked: "Checked") -> list[str]:
        counts = {
            "n": format_integer(checked.n, speech.language),
            "wrong": format_integer(len(checked.mismatches), speech.language),
        }
        rows = [f"  {m.where}  {m.what}: {m.shown} ≠ {m.expected}" for m in checked.mismatches]
        return [words % counts, *rows]

    pages = {"n": format_integer(numbers.n_pages, speech.language)}
    lines = [
        speech.gettext("Pages read: %(n)s") % pages,
        *told(speech.gettext("Numbers followed: %(n)s, wrong: %(wrong)s"), numbers.checked),
    ]
    if sentences is None:
        return [*lines, speech.gettext("Sentences: not checked")]
    words = speech.gettext("Sentences derived again: %(n)s, wrong: %(wrong)s")
    return [*lines, *told(words, sentences)]
