"""Sentences and remedies: consultations, endorsements, requests; part of `reports.errors`."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

_LOAD_AGAIN: Final = _("Load the page again and see where it stands.")

# code: (what is wrong, what to do)
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # --- endorsements ---
    "endorsement.no_body": (_("The body has no name."), _("Write which body is asked.")),
    "endorsement.move_refused": (
        _("This step is not possible any more: the body has decided already, or withdrew."),
        _LOAD_AGAIN,
    ),
    "endorsement.text_open": (
        _("The text may still change: it is neither published nor frozen for a consultation."),
        _("Publish the plan, or adopt the recommendation or open a consultation on it, then ask."),
    ),
    "endorsement.text_changed": (
        _("The text has changed since the body was asked."),
        _("Ask the body again; the decision then belongs to the new text."),
    ),
    "endorsement.no_mandate": (
        _("Function and mandate are missing."),
        _("Write in which function you answer, for example head of unit. No name, please."),
    ),
    "endorsement.no_applies": (
        _("It is not said whether it applies to the body."),
        _("Choose yes, in part or no."),
    ),
    "endorsement.no_reservation": (
        _("The reservation has no text."),
        _("Write what the reservation is about."),
    ),
    "endorsement.no_reason": (_("The reason is missing."), _("Write why, in one sentence.")),
    "endorsement.future": (
        _("The date lies in the future."),
        _("Give the day on which it was decided."),
    ),
    # --- consultations ---
    "consultation.move_refused": (_("This step is not possible from here."), _LOAD_AGAIN),
    "consultation.no_recommendations": (
        _("No recommendation is chosen."),
        _("Choose at least one."),
    ),
    "consultation.no_end": (
        _("The consultation has no day on which it closes."),
        _("Give a day after today and after its opening."),
    ),
    "consultation.languages": (
        _("The title or the texts of the recommendations are not complete in any one language."),
        _("Write title and text in one language at least, the same for all of them."),
    ),
    "consultation.not_ready": (
        _("Some recommendations cannot be discussed yet: %(found)s."),
        _("Complete title, text and reasons in the original, findings and addressee."),
    ),
    "consultation.comments_open": (
        _("Comments without an answer: %(found)s."),
        _("Answer each of them first."),
    ),
    "consultation.not_planned": (
        _("The consultation was opened already; its texts and dates stand."),
        _LOAD_AGAIN,
    ),
    "comment.closed": (_("Comments are not taken any more."), _LOAD_AGAIN),
    "comment.no_text": (_("The comment is empty."), _("Write what you think of the paragraph.")),
    "comment.no_paragraph": (_("There is no such paragraph."), _LOAD_AGAIN),
    "comment.too_many": (
        _("There are very many comments at this moment."),
        _("Keep your text and send it again in a few minutes."),
    ),
    "comment.not_closed": (
        _("The consultation is not closed yet."),
        _("Close it first; then answer what came in."),
    ),
    "comment.answered": (
        _("This comment cannot be changed any more."),
        _LOAD_AGAIN,
    ),
    "comment.no_answer": (
        _("The answer has no text."),
        _("Say in one or two sentences what became of it, and why."),
    ),
    "comment.decision": (_("No such decision."), _("Choose one of the four.")),
    # --- joint approaches ---
    "adoption.move_refused": (
        _("This step is not possible from here."),
        _("Record the steps in their order; the list shows what can follow."),
    ),
    "adoption.no_document": (
        _("The address of the decision is missing."),
        _("An adoption needs the document that decided it."),
    ),
    "adoption.no_reason": (_("The reason is missing."), _("Write why, in one sentence.")),
    "adoption.dates": (
        _("The date %(found)s lies before the step before it, %(expected)s."),
        _("Give the dates in ascending order."),
    ),
    "adoption.future": (
        _("The date lies in the future."),
        _("Give the day on which it happened."),
    ),
    "adoption.no_step": (_("There is no step to take back."), _LOAD_AGAIN),
    "approach.no_title": (_("The title is missing."), _("Give a title in one language at least.")),
    "approach.region_twice": (
        _("This region takes part already."),
        _("Choose another one, or change its line."),
    ),
    "second_cafe.none": (
        _("No recommendation is chosen."),
        _("Choose those that people should rate."),
    ),
    "second_cafe.languages": (
        _("A recommendation has no title or text: %(found)s."),
        _("Write both in one language at least."),
    ),
    "second_cafe.kind": (
        _("%(found)s rests on the rating of no measure, so that its type is not known."),
        _("Choose the type of measure it comes nearest to."),
    ),
    "second_cafe.no_measures": (
        _("No measure of this AlpCafé was made of a recommendation."),
        _("Prepare an AlpCafé on recommendations first."),
    ),
    # --- answers person by person, for research ---
    "research.not_public": (
        _("No evaluation of this AlpCafé is public."),
        _("Release the evaluation first; then answers can be asked for."),
    ),
    "research.not_sealed": (
        _("The AlpCafé is not final yet: choices about research may still change."),
        _("Seal it, or decide once it is sealed by itself."),
    ),
    "research.too_few": (
        _("Fewer than ten people are left for the file: their answers are given to nobody."),
        _("Use the counts of the open data."),
    ),
    "research.too_many": (
        _("Many requests wait for an answer."),
        _("Send yours again in a few days, or write to the coordinator."),
    ),
    "research.until": (
        _("The day by which the data are deleted must lie ahead, within five years."),
        _("Choose another day."),
    ),
    "research.decided": (_("This request was decided already."), _LOAD_AGAIN),
    "research.no_reason": (_("The reason is missing."), _("Write why, in one sentence.")),
    "research.over": (
        _("The link works no more: the time is over."),
        _("Ask anew if you need it."),
    ),
    "research.changed": (
        _("The answers have changed since they were granted; this file can no longer be made."),
        _("Ask for the data anew."),
    ),
}
