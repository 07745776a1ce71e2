"""``alpclusters eligible``: which offers of a case fit which partner, why, and what is open."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.analysis.funding.case import Case
    from alpclusters.analysis.funding.eligibility import Judgements

HELP: Final = _("say which offers of a case fit which partner, why, and what is open")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add which case and in which form."""
    parser.add_argument("path", type=Path, metavar="CASE", help=_("JSON file of a funding case"))
    parser.add_argument("--json", action="store_true", help=_("print the answer as JSON"))


def run(args: argparse.Namespace) -> int:
    """Read, judge, print."""
    from alpclusters.analysis.funding.eligibility import judge_case
    from alpclusters.cli.case_input import read_case_file
    from alpclusters.platform.funding.domain.territory import territory

    speech = Speech(args.language)
    case = read_case_file(args.path)
    answers = _Answers(case, judge_case(case, territory()), speech)
    if args.json:
        print(json.dumps(answers.record(), ensure_ascii=False))
    else:
        print("\n".join(answers.lines()))
    return 0


class _Answers:
    """The judgements of a case in the reader's language."""

    def __init__(self, case: "Case", judged: "Judgements", speech: Speech) -> None:
        self.case, self.judged, self.speech = case, judged, speech
        self.names = {partner.id: partner.name for partner in case.partners}

    def record(self) -> dict[str, Any]:
        """Return everything as plain data."""
        from alpclusters.analysis.funding.case import NOTICE_KEY
        from alpclusters.analysis.funding.case_files import case_digest

        return {
            "schema": "alpclusters-eligible/1",
            "case_sha256": case_digest(self.case),
            "simulated": self.case.is_simulated,
            "offers": [
                {"id": offer.id, "partners": [self.pair(offer.id, name) for name in self.names]}
                for offer in self.case.offers
            ],
            "questions": [{"partner": name, "fields": self.questions(name)} for name in self.names],
            "warnings": self.warnings(),
            "notice_key": NOTICE_KEY,
        }

    def pair(self, offer: str, partner: str) -> dict[str, Any]:
        """Return what is known of one offer and one partner."""
        from alpclusters.reports.funding_words.reasons import verdict_reasons, verdict_word

        verdict = self.judged.verdict(offer, partner)
        language = self.speech.language
        reasons = verdict_reasons(verdict, language, partners=self.names)
        return {
            "id": partner,
            "truth": verdict.truth.letter,
            "exact": verdict.exact.letter,
            "word": verdict_word(verdict.exact, language),
            "rate_bp": self.judged.rate_bp(offer, partner),
            "reasons": [reason.text for reason in reasons],
            "open": list(verdict.open_fields),
        }

    def questions(self, partner: str) -> list[dict[str, Any]]:
        """Return what is not known of a partner, what decides most offers first."""
        from alpclusters.analysis.funding.eligibility import rank_fields
        from alpclusters.reports.funding_words.conditions import field_question

        return [
            {
                "path": one.path,
                "question": field_question(one.path, self.speech.language),
                "decides": [one.least, max(one.decided, default=0)],
                "offers": list(one.offers),
            }
            for one in rank_fields(self.judged, partner)
        ]

    def warnings(self) -> list[str]:
        """Return what a reader should know of the case."""
        from alpclusters.analysis.funding.case_files import case_warnings
        from alpclusters.reports.error_texts.case_faults import fault_line

        return [fault_line(one, self.speech.language) for one in case_warnings(self.case)]

    def lines(self) -> list[str]:
        """Return everything as text: offer by offer, then the open questions."""
        from alpclusters.reports.funding_words.rules import NOTICE

        lines: list[str] = []
        if self.case.is_simulated:
            lines += [self.speech.gettext("Example data (simulated)"), ""]
        for offer in self.case.offers:
            lines += [f"{offer.id}  {offer.title}".rstrip()]
            for name in self.names:
                lines += self._pair_lines(offer.id, name)
            lines.append("")
        return [*lines, *self._question_lines(), *self.warnings(), self.speech.gettext(NOTICE)]

    def _pair_lines(self, offer: str, partner: str) -> list[str]:
        found = self.pair(offer, partner)
        head = f"  {found['exact']}  {self.names[partner]}: {found['word']}"
        return [head, *(f"       {reason}" for reason in found["reasons"])]

    def _question_lines(self) -> list[str]:
        lines = []
        for partner, name in self.names.items():
            for one in self.questions(partner):
                touched = ", ".join(one["offers"])
                lines.append(f"  {name}: {one['question']} ({touched})")
        if not lines:
            return []
        return [self.speech.gettext("Questions that are open:"), *lines, ""]
