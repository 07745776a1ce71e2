"""Why an evaluation shows no mean, and what rests on it then: for events of few people."""

from alpclusters.analysis.conventions import SMALLEST_GROUP
from alpclusters.platform.evaluation.domain.records import Evaluation
from alpclusters.platform.languages.catalogues import translator


def why_no_mean(evaluation: Evaluation, language: str) -> str:
    """Say why a measure shows no mean, by how many people rated."""
    text = translator(language)
    if evaluation.n_people is None:
        return text.gettext("Fewer than five people rated; their answers are not shown.")
    if 0 < evaluation.n_people < SMALLEST_GROUP:
        return text.gettext(
            "With fewer than ten people, a mean with its uncertainty would tell what single people "
            "answered. So only three bands of each measure are shown: 1–2, 3 and 4–5."
        )
    return text.gettext(
        "Nearly everybody answered alike, or few judged: a mean would tell what single people "
        "answered."
    )
