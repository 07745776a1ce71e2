"""What could go wrong, and the answer to it."""

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.records import RiskLine
from alpclusters.reports.blocks import Run, Text
from alpclusters.reports.numbers import format_integer


def risk_sentence(risk: RiskLine, language: str) -> Text:
    """Say a risk with how likely and how bad it is, from 1 to 3, then the answer."""
    degrees = translator(language).gettext("likely %(likelihood)s of 3, bad %(impact)s of 3") % {
        "likelihood": format_integer(risk.likelihood, language),
        "impact": format_integer(risk.impact, language),
    }
    answer = word(risk.answer, language)
    said = Run(f"{word(risk.text, language)} ({degrees})")
    return (said, Run(f" {answer}", emphasis=True)) if answer else (said,)
