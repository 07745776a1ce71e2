"""Sentences and remedies: the codebook, codings and lessons; part of `reports.errors`."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

# code: (what is wrong, what to do)
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # --- the codebook ---
    "codebook.unknown_code": (
        _("“%(found)s” is no code of this field."),
        _("Choose one of: %(expected)s."),
    ),
    "codebook.one_only": (
        _("Several codes were chosen where one is asked: %(found)s."),
        _("Choose the one that fits best."),
    ),
    "codebook.not_with_others": (
        _("“%(found)s” cannot stand beside other answers."),
        _("Choose it alone, or leave it out."),
    ),
    "codebook.no_months": (
        _("“%(found)s” is no number of months."),
        _("Write a whole number (%(expected)s), or leave it empty if it is not known."),
    ),
    "codebook.published": (
        _("A published version of the codebook does not change any more."),
        _("Begin a new version and change that one."),
    ),
    "codebook.draft_exists": (
        _("There is a draft already: version %(found)s."),
        _("Go on with it, publish it or throw it away."),
    ),
    "codebook.incomplete": (
        _("The code “%(found)s” has no name or no definition in: %(languages)s."),
        _("Write them in all five languages before you publish."),
    ),
    "codebook.key_taken": (
        _("The field has a code “%(found)s” already."),
        _("Choose another key."),
    ),
    "codebook.bad_key": (
        _("“%(found)s” cannot be a key."),
        _("Use small letters a to z, digits and underscores, at most 40; begin with a letter."),
    ),
    "codebook.recode_missing": (
        _("The code “%(found)s” of the version before is no longer in use."),
        _("Say which codes take its place, or that none does."),
    ),
    "codebook.fixed_field": (
        _("The codes of this field are part of the software: they can be described, not changed."),
        _("Change their names, definitions and examples only."),
    ),
    # --- coding, corpora and lessons ---
    "corpus.coding_began": (
        _("Coding has begun: with another codebook the codes could not be compared."),
        _("Make a new corpus for the new codebook."),
    ),
    "corpus.coding_open": (
        _("Somebody is coding %(found)s at the moment."),
        _("Wait until the coding is closed."),
    ),
    "corpus.n_coders": (
        _("%(found)s people per activity are not possible."),
        _("Choose one or two."),
    ),
    "activity.programme_line": (
        _("%(found)s is a programme or call: it is no evidence that an activity worked."),
        _("Choose a project that it funded."),
    ),
    "activity.no_name": (
        _("The activity has no name."),
        _("Say in a few words what was done."),
    ),
    "activity.in_use": (
        _("Somebody has begun to code “%(found)s”, or a lesson rests on it."),
        _("Change its words instead of removing it."),
    ),
    "coding.places_taken": (
        _("All places at this activity are taken by others."),
        _("Choose another activity."),
    ),
    "coding.no_field": (
        _("The coding form has no field “%(found)s”."),
        _("Load the page again."),
    ),
    "coding.closed": (
        _("Your coding of this activity is closed."),
        _("Take it up again to change it."),
    ),
    "coding.open": (_("This coding is open already."), _("Load the page again.")),
    "coding.incomplete": (
        _("Answers are missing: %(expected)s."),
        _("Answer them; where the source says nothing, choose “unknown”."),
    ),
    "quotation.no_field": (
        _("The coding form has no question “%(found)s”."),
        _("Load the page again."),
    ),
    "coding.unquoted": (
        _("No place in a source is quoted for: %(expected)s."),
        _("Quote the page that says so, or say that no source gives a place."),
    ),
    "coding.both_closed": (
        _("Both coders have closed this activity and can compare their codes."),
        _("Settle what differs in the list of disagreements."),
    ),
    "coding.no_disagreement": (
        _("There is nothing to settle: both chose the same, or one of them is not done yet."),
        _("Load the list of disagreements again."),
    ),
    "coding.not_by_one_coder": (
        _("You are one of the two coders and cannot decide alone."),
        _("Let somebody else decide, or decide together and say so."),
    ),
    "coding.no_place": (
        _("The place in the document is missing."),
        _("Give the page, or a few words that stand there."),
    ),
    "coding.no_quotation": (
        _("This quotation is not there, or it is not yours."),
        _("Load the page again."),
    ),
    "coding.no_reason": (_("The reason is missing."), _("Say in one sentence why.")),
    "coding.no_value": (_("No code is chosen."), _("Choose the one that shall stand.")),
    "lesson.no_statement": (
        _("The lesson says nothing yet."),
        _("Write it as one sentence in at least one language."),
    ),
    "lesson.no_verdict": (
        _("It is not said whether the measure works."),
        _("Choose: works, does not work, or depends."),
    ),
    "lesson.no_stance": (
        _("It is not said whether the activity speaks for the lesson."),
        _("Choose one of the three."),
    ),
    "lesson.no_dispute": (
        _("There is nothing to settle: the two agree, or one of them is missing."),
        _("Load the page again."),
    ),
    "lesson.not_by_one_coder": (
        _("You are one of the two whose votes differ."),
        _("Let somebody else decide."),
    ),
    "lesson.both_voted": (
        _("Both have spoken and can compare: a vote is not changed any more."),
        _("Let a third person settle what differs."),
    ),
    "lesson.no_trail": (
        _("No activity bears on the lesson and no source is quoted."),
        _("Tie an activity or quote a source first."),
    ),
    "lesson.no_quotation": (
        _("No place is quoted, neither for the lesson nor for an activity that bears on it."),
        _("Quote the page of a source first: on the page of the lesson or when coding."),
    ),
    "lesson.grade_outdated": (
        _("The stored certainty is “%(found)s”, the evidence now gives “%(expected)s”."),
        _("Restart the server: it computes all certainties anew. Then read the lesson again."),
    ),
    # --- the certainty of a lesson ---
    "grade.unknown": (
        _("“%(found)s” is no grade."),
        _("Choose one of: %(expected)s."),
    ),
    "grade.too_far": (
        _("%(found)s is more than two grades away from the computed grade %(computed)s."),
        _("Choose a grade at most two away, or check the evidence."),
    ),
    "grade.short_reason": (
        _("The reason is too short; it needs at least %(expected)s characters."),
        _("Say in a sentence why the computed grade does not fit."),
    ),
    "grade.nothing_to_grade": (
        _("Nothing supports this lesson yet, so there is nothing to grade."),
        _("Tie activities to it that speak for it."),
    ),
}
