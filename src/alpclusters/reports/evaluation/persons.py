"""Statements about the person: listed apart, with who says so and what is still to decide."""

from collections.abc import Iterator

from alpclusters.analysis.consensus import Coarse, Description
from alpclusters.analysis.opinion.persons import PersonStatus
from alpclusters.platform.evaluation.domain.records import REGION, Evaluation, Reason, word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Heading, Paragraph
from alpclusters.reports.evaluation.tables import vote_table
from alpclusters.reports.evaluation_subject import EvaluationSubject, is_vote
from alpclusters.reports.numbers import format_integer, format_percent


def person_section(
    description: Description, subject: EvaluationSubject, language: str
) -> list[Block]:
    """Return the tables of statements that say something about the people who voted."""
    if not subject.person or not is_vote(description):
        return []
    text = translator(language)
    lead = text.gettext(
        "These statements say what somebody is, has or did, not what should be. They are in no "
        "ranking, no list of opinions and no headline."
    )
    return [
        Heading(text.gettext("Statements about the people themselves")),
        Paragraph(lead),
        *_confirmed(description, subject, language),
        *_proposed(description, subject, language),
    ]


def _confirmed(description: Description, subject: EvaluationSubject, language: str) -> list[Block]:
    caption = translator(language).gettext("What people say of themselves")
    return _table(description, subject, language, caption=caption, kinds=("marked", "meta"))


def _proposed(description: Description, subject: EvaluationSubject, language: str) -> list[Block]:
    text = translator(language)
    caption = text.gettext("Proposals that are not yet confirmed")
    table = _table(description, subject, language, caption=caption, kinds=("proposed",))
    if not table:
        return []
    note = text.gettext(
        "Found by their wording and not yet confirmed by anybody. Please decide for each: "
        "about the person (then it can divide the people into groups), or an opinion like any "
        "other. On the command line: --about-person and --opinion with the number."
    )
    return [*table, Paragraph(note, "note")]


def _table(
    description: Description,
    subject: EvaluationSubject,
    language: str,
    *,
    caption: str,
    kinds: tuple[PersonStatus, ...],
) -> list[Block]:
    items = [item for item in description.measures if subject.person.get(item.measure) in kinds]
    return [vote_table(items, subject, language, caption=caption)] if items else []


# --- Why an evaluation tells something more coarsely than people answered, in plain words ---------
#
# Numbers of people below ten are never said.


def protection_sentences(evaluation: Evaluation, language: str) -> list[str]:
    """Say what was joined or left out so that nobody is given away, and what was checked."""
    text = translator(language)
    if evaluation.protection is None:
        return [
            text.gettext(
                "This evaluation was made before everything public was checked as one. "
                "Evaluate again before it is shown."
            )
        ]
    reasons = evaluation.protection.reasons
    told = [_sentence(reason, evaluation, language) for reason in reasons]
    return [*told, *_coarse_sentences(evaluation, language)]


def _sentence(reason: Reason, evaluation: Evaluation, language: str) -> str:
    words = {
        "merged": _merged,
        "crossed": _crossed,
        "dropped": _dropped,
        "alike": _alike,
        "late": _late,
        "exchanged": _exchanged,
        "passed": _passed,
    }
    return words[reason.code](reason, evaluation, language)


def _merged(reason: Reason, evaluation: Evaluation, language: str) -> str:
    text = translator(language)
    sentence = (
        text.gettext(
            "Regions are shown in %(k)s groups, because %(small)s of %(n)s regions had fewer than "
            "ten people: %(groups)s."
        )
        if reason.split == REGION
        else text.gettext(
            "Roles are shown in %(k)s groups, because %(small)s of %(n)s roles had fewer than ten "
            "people: %(groups)s."
        )
    )
    names = {group.key: word(group.names, language) for group in evaluation.groups[reason.split]}
    groups = [f"{names.get(key, key)} ({format_integer(n, language)})" for key, n in reason.groups]
    return sentence % {
        "k": format_integer(len(reason.groups), language),
        "small": format_integer(reason.n_small or 0, language),
        "n": format_integer(reason.n or 0, language),
        "groups": "; ".join(groups),
    }


def _crossed(reason: Reason, evaluation: Evaluation, language: str) -> str:
    del evaluation
    text = translator(language)
    return (
        text.gettext(
            "Regions are shown more coarsely than their numbers allow, because role and region "
            "together would have pointed to single people."
        )
        if reason.split == REGION
        else text.gettext(
            "Roles are shown more coarsely than their numbers allow, because role and region "
            "together would have pointed to single people."
        )
    )


def _dropped(reason: Reason, evaluation: Evaluation, language: str) -> str:
    del evaluation
    text = translator(language)
    if not reason.largest:
        return (
            text.gettext("Regions are not shown: the groups would have been too small.")
            if reason.split == REGION
            else text.gettext("Roles are not shown: the groups would have been too small.")
        )
    if reason.split == REGION:
        sentence = text.gettext(
            "Regions are not shown: fewer than ten people came from outside %(name)s."
        )
    else:
        sentence = text.gettext(
            "Roles are not shown: fewer than ten people had another role than “%(name)s”."
        )
    return sentence % {"name": word(reason.largest, language)}


def _alike(reason: Reason, evaluation: Evaluation, language: str) -> str:
    sentence = translator(language).gettext(
        "Nearly everybody answered “%(name)s” (%(aspect)s) alike, so no counts are told."
    )
    return sentence % {
        "name": word(evaluation.measure(reason.measure or 0).names, language),
        "aspect": word(evaluation.criterion(reason.criterion or 0).names, language),
    }


def _late(reason: Reason, evaluation: Evaluation, language: str) -> str:
    del reason, evaluation
    return translator(language).gettext(
        "Answers that came in later are not included. Comparing both versions would show them."
    )


def _exchanged(reason: Reason, evaluation: Evaluation, language: str) -> str:
    del evaluation
    sentence = translator(language).gettext(
        "Rankings, tiers and values by region follow from the published counts alone: the answers "
        "to each question were dealt out anew before, so that no two answers of a person stand "
        "together. Before opinion groups are looked for, and two criteria are put into one "
        "picture, about %(share)s of the answers change places with those of other people, drawn "
        "by chance. All counts stay as they are."
    )
    return sentence % {"share": format_percent((reason.n or 0) / 100, language)}


def _passed(reason: Reason, evaluation: Evaluation, language: str) -> str:
    del evaluation
    sentence = translator(language).gettext(
        "Checked: for each of the %(n)s answers there is another possible answer that fits "
        "everything published here."
    )
    return sentence % {"n": format_integer(reason.n or 0, language)}


# --- bands --------------------------------------------------------------------------------


def _coarse_sentences(evaluation: Evaluation, language: str) -> Iterator[str]:
    for result in evaluation.criteria:
        for item in result.description.measures:
            if item.coarse is not None:
                name = word(evaluation.measure(int(item.measure)).names, language)
                criterion = word(result.names, language)
                yield f"{name} ({criterion}): {coarse_words(item.coarse, language)}"


def coarse_words(coarse: Coarse, language: str) -> str:
    """Say how many answered in each band, or in which nearly all did.

    Examples
    --------
    >>> coarse_words(Coarse(((1.0, 2.0), (3.0,), (4.0, 5.0)), counts=(2, 1, 4)), "en")
    '1–2: 2, 3: 1, 4–5: 4.'
    >>> coarse_words(Coarse(((1.0, 2.0), (3.0,), (4.0, 5.0)), nearly_all=2), "de")
    '90 % oder mehr antworteten 4–5.'
    """
    bands = [
        f"{band[0]:g}–{band[-1]:g}" if len(band) > 1 else f"{band[0]:g}" for band in coarse.bands
    ]
    if coarse.counts is not None:
        parts = zip(bands, coarse.counts, strict=True)
        return ", ".join(f"{band}: {format_integer(n, language)}" for band, n in parts) + "."
    sentence = translator(language).gettext("90 %% or more answered %(band)s.")
    return sentence % {"band": bands[coarse.nearly_all or 0]}
