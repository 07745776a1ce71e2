"""Sentences and remedies: needs, introductions and links; part of `reports.errors`."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

# code: (what is wrong, what to do)
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # --- texts for the search for partners ---
    "network.text_twice": (
        _("The text “%(found)s” is there twice."),
        _("Give every text its own number, kind and language."),
    ),
    "network.other_encoder": (
        _("The stored texts were made comparable by “%(expected)s”, the question by “%(found)s”."),
        _("Build them again: alpclusters index vectors."),
    ),
    "network.model_died": (
        _("The text model ended without an answer (%(found)s)."),
        _("The search by letters works without it; the machine may lack an instruction."),
    ),
    "network.model_late": (
        _("The text model gave no answer within %(expected)s."),
        _("Try again when the machine has less to do; the search by letters works meanwhile."),
    ),
    "network.model_wrong": (
        _("The text model gave an answer that cannot be used (%(found)s)."),
        _("The search by letters works without it. Report the model and its version."),
    ),
    # --- the search for partners ---
    "match.no_profile": (
        _("“%(found)s” has no profile in the directory, so there is nothing to compare."),
        _("Fill in its profile and have it listed first."),
    ),
    "match.unknown_organisation": (
        _("No listed cluster organisation is called “%(found)s”."),
        _("Write its number, the key in the address of its profile, or its whole name."),
    ),
    "match.several_organisations": (
        _("Several cluster organisations are called “%(found)s”."),
        _("Write its number, or the key in the address of its profile."),
    ),
    "match.no_texts": (
        _("There is no text to compare yet."),
        _("Write a summary in the profile first."),
    ),
    # --- needs and offers ---
    "posting.expiry_over": (
        _("The day until which it is open is over."),
        _("Choose a day from today on."),
    ),
    "posting.expiry_far": (
        _("The day until which it is open is more than twelve months ahead."),
        _("Choose an earlier day; you can extend it later."),
    ),
    "posting.gone": (
        _("“%(found)s” is not in the directory any more."),
        _("Choose another organisation."),
    ),
    "posting.too_many": (
        _("“%(found)s” has %(expected)s needs and offers that are not closed."),
        _("Close or delete some of them first."),
    ),
    "posting.not_listed": (
        _("“%(found)s” is not listed in the directory."),
        _("Have its profile listed first; until then the draft is kept."),
    ),
    "posting.not_a_draft": (
        _("“%(found)s” is handed in or published already."),
        _("Load the page again and see how far it is."),
    ),
    "posting.nothing_waits": (
        _("Nothing of “%(found)s” waits for the moderation."),
        _("Load the page again and see how far it is."),
    ),
    "posting.was_public": (
        _("“%(found)s” waits for the moderation or was published once."),
        _("Take it back or close it instead."),
    ),
    "posting.not_published": (
        _("“%(found)s” is not published."),
        _("Load the page again and see how far it is."),
    ),
    "posting.changed_meanwhile": (
        _("“%(found)s” was changed while you were reading it."),
        _("Read the new wording, then decide."),
    ),
    "posting.no_reason": (
        _("A reason is missing."),
        _("Say in a sentence what shall be changed."),
    ),
    "posting.too_many_reports": (
        _("You have reported %(expected)s needs or offers today; that is the limit."),
        _("Please go on tomorrow."),
    ),
    "posting.reported": (
        _("You have reported “%(found)s” already."),
        _("The moderation looks at it; there is nothing more to do."),
    ),
    # --- introductions ---
    "introduction.same": (
        _("An organisation cannot be introduced to itself."),
        _("Choose another one."),
    ),
    "introduction.gone": (
        _("“%(found)s” is not in the directory any more."),
        _("Search again; it may have become part of another organisation."),
    ),
    "introduction.simulated": (
        _("Simulated and real organisations are not introduced to each other."),
        _("Choose an organisation of the same kind."),
    ),
    "introduction.open": (
        _("You have asked “%(found)s” already, and the answer is open."),
        _("Wait for the answer, or withdraw your request."),
    ),
    "introduction.they_asked": (
        _("“%(found)s” has asked you for an introduction, and waits for your answer."),
        _("Answer it under “Introductions”."),
    ),
    "introduction.declined": (
        _("“%(found)s” declined less than %(expected)s days ago."),
        _("Leave them in peace for some time, or write to somebody else."),
    ),
    "introduction.too_many": (
        _("%(expected)s of your requests wait for an answer; more cannot be open at a time."),
        _("Wait for answers, or withdraw a request."),
    ),
    "introduction.decided": (
        _("This introduction waits for no answer any more."),
        _("Load the page again and see what was decided."),
    ),
    "introduction.not_accepted": (
        _("Only an accepted introduction can have an outcome."),
        _("Wait for the answer of the other side."),
    ),
    "introduction.no_link": (
        _("There is no link to enter or to confirm here."),
        _("Tell first what came of it: an agreement or a joint project makes a link."),
    ),
    "introduction.too_early": (
        _("It is too early to say that nothing came of it."),
        _("You are asked after three months; until then tell only what there is."),
    ),
    # --- links between organisations ---
    "link.self": (
        _("An organisation has no link with itself."),
        _("Choose another one."),
    ),
    "link.merged": (
        _("One of the two is part of another organisation by now."),
        _("Search again and choose that one."),
    ),
    "link.simulated": (
        _("Simulated and real organisations are not linked with each other."),
        _("Choose an organisation of the same kind."),
    ),
    "link.exists": (
        _("There is an open link of this kind under the same funding already."),
        _("Open it in the list, and say there what has changed."),
    ),
    "link.not_a_side": (
        _("“%(found)s” is no side of this link."),
        _("Speak for one of the two organisations."),
    ),
    "link.of_source": (
        _("This link comes from a published project; its facts follow the source."),
        _("Say whether it is alive, or that it is not so. An agreement is a link of its own."),
    ),
    "link.closed": (
        _("This link was refused or withdrawn."),
        _("Enter it again if it exists after all."),
    ),
    "link.decided": (
        _("This link waits no more."),
        _("Load the page again and see what was decided."),
    ),
    "link.other_side_only": (
        _("Only those who speak for the other organisation confirm or refuse a link."),
        _("Ask them, or wait for their answer."),
    ),
    "link.dates_in_order": (
        _("This day lies before the beginning of the link."),
        _("Correct one of the two days."),
    ),
    "link.day_to_come": (
        _("This day is still to come."),
        _("Write a day up to today."),
    ),
    "link.before_start": (
        _("This day lies before the beginning of the link."),
        _("Write a later day, or correct the beginning."),
    ),
    # --- bilateral meetings ---
    "meetings.not_a_hall": (
        _("Out of this no meetings can be planned."),
        _(
            "Each guest and each pair may be there once, fixed meetings lie inside the day and the"
            " room, and nobody has two at the same time."
        ),
    ),
    "meetings.cancelled": (
        _("The planning was ended before it was done."),
        _("Start it again when you like; the earlier plan stands."),
    ),
    "meetings.changed": (
        _("Wishes or attendance changed while the plan was made."),
        _("Plan once more."),
    ),
    "meetings.nobody": (
        _("No two organisations want to meet yet, so there is nothing to plan."),
        _("Wait for answers to the wishes, or remind the organisations."),
    ),
    "meetings.busy": (
        _("A plan is being made already."),
        _("Wait for it, or end it first."),
    ),
    "meetings.wishes_over": (
        _("Wishes are taken no more."),
        _("Ask those who plan the meetings."),
    ),
    "meetings.not_there": (
        _("“%(found)s” does not take part any more."),
        _("Load the page again."),
    ),
    "meetings.simulated": (
        _("Simulated and real organisations do not meet: “%(found)s” is of the other kind."),
        _("Choose an organisation of the same kind."),
    ),
    "meetings.in_plan": (
        _("“%(found)s” has meetings in the plan."),
        _("Say first that it does not come, then plan again."),
    ),
    "meetings.no_plan": (
        _("There is no plan to send yet."),
        _("Plan the meetings first."),
    ),
    "meetings.not_over": (
        _("The day has not come yet."),
        _("Say after the meetings which of them took place."),
    ),
    "meetings.not_held": (
        _("This meeting did not take place, or nobody has said so yet."),
        _("Say first that it took place."),
    ),
    "meetings.followed_up": (
        _("Both sides of this meeting are asked already."),
        _("Nothing is left to do: the questions come after 3 and 12 months."),
    ),
}
