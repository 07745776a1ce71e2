"""Errors as people read them: place, what is wrong, what to do, in their language.

The errors carry codes and fields (`alpclusters.analysis.errors`); this table has a sentence and
a remedy for each code. Every code raised anywhere stands here; a test checks it.
"""

from typing import Final

from alpclusters.analysis.errors import AlpClustersError, RecordsError, Where
from alpclusters.analysis.funding.case.faults import CaseError
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.case_faults import fault_lines
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.participation_error_texts import PARTICIPATION_SENTENCES
from alpclusters.reports.plan_error_texts import PLAN_SENTENCES

# code: (what is wrong, what to do)
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    **PARTICIPATION_SENTENCES,
    **PLAN_SENTENCES,
    # --- files ---
    "path.missing": (
        _("There is no such file or folder."),
        _("Check the path; it may be relative to another folder."),
    ),
    "file.missing": (
        _("This file is missing."),
        _("Name a CSV file, or a folder of a Polis export with votes.csv in it."),
    ),
    "file.not_a_file": (_("This is not a file."), _("Name a CSV file.")),
    "file.unreadable": (_("The file cannot be read: %(found)s."), _("Check its permissions.")),
    "file.too_large": (
        _("The file has %(found)s bytes; at most %(expected)s are read."),
        _("Split it."),
    ),
    "file.empty": (_("The file is empty."), _("Export it again.")),
    "file.no_rows": (
        _("The file has a header but no rows."),
        _("Export it again, with the answers."),
    ),
    "file.wrong_kind": (
        _("This is no CSV file, it looks like: %(found)s."),
        _("Save it as CSV (UTF-8)."),
    ),
    "file.nul": (
        _("There is a NUL character; the file is damaged."),
        _("Export it again."),
    ),
    "file.encoding": (
        _("The byte %(found)s is not %(expected)s."),
        _("Save the file as CSV (UTF-8)."),
    ),
    # --- conditions of offers ---
    "eligibility.faulty": (
        _("The condition of an offer cannot be read (%(fault)s)."),
        _("Correct it at the place named; the check of the case lists every fault."),
    ),
    "eligibility.too_many_answers": (
        _("The open questions have too many possible answers to try them all."),
        _("Answer some of them first."),
    ),
    "eligibility.unknown_partner": (
        _("“%(found)s” is no partner of the case."),
        _("Name the identifier of one of its partners."),
    ),
    # --- mixes of funding ---
    "mix.worker_ended": (
        _("The process that computes the mix ended (%(reason)s); there is no mix."),
        _("Compute it again; if it ends again, leave offers out that hardly fit."),
    ),
    "mix.not_done": (
        _("There is no mix yet."),
        _("Compute the best mix of the case first."),
    ),
    "mix.no_such_offer": (
        _("No such offer is in the case."),
        _("Choose among the offers that the mix uses."),
    ),
    # --- entries of the catalogue of funding ---
    "funding_entry.changed_meanwhile": (
        _("Somebody changed the entry while you were working on it."),
        _("Compare in the history, then save again: what stands in the form then counts."),
    ),
    "funding_proposal.decided": (
        _("Somebody decided on this proposal already."),
        _("Look at the answer; a new proposal is possible."),
    ),
    "funding_proposal.conflict": (
        _("The entry changed in the same field since the proposal was made."),
        _("Edit the entry directly, or refuse the proposal with an answer."),
    ),
    "funding.entry_faults": (
        _("The entry has %(n)s errors; nothing was stored."),
        _("Mend what is listed."),
    ),
    # --- imports of the catalogue of funding ---
    "sedia.no_results": (
        _("There is no result in the file."),
        _("Save the whole answer of the search as JSON; it has a list “results”."),
    ),
    "sedia.no_identifier": (_("The topic has no identifier."), _("Save the answer again.")),
    "sedia.no_title": (_("The topic “%(found)s” has no title."), _("Save the answer again.")),
    "sedia.no_grant": (
        _("This is a tender or something else (type %(found)s)."),
        _("Only grants are taken; leave it out."),
    ),
    "sedia.days_reversed": (
        _("The deadline %(found)s lies before the opening."),
        _("Look at the page of the topic and enter the call by hand."),
    ),
    "sedia.unknown_programme": (
        _("The catalogue does not know the programme “%(found)s”."),
        _("Name the key of a programme with --programme."),
    ),
    "yaml.unreadable": (
        _("This cannot be read as YAML."),
        _("Write a list of entries with names and values, as the manual shows."),
    ),
    "yaml.alias": (
        _("The file uses aliases (* or &)."),
        _("Write the values out where they are used."),
    ),
    "yaml.too_large": (
        _("The file is nested too deeply or holds too many values."),
        _("Split it."),
    ),
    "catalogue.no_list": (_("There is no list of entries."), _("Begin each entry with a dash.")),
    "catalogue.no_object": (
        _("This is no entry with names and values."),
        _("Write names and values as in the manual."),
    ),
    "catalogue.too_many": (_("At most %(expected)s entries are read."), _("Split it.")),
    "catalogue.bad_json": (
        _("A cell of the row cannot be read."),
        _("Terms and figures are JSON, amounts are whole cents."),
    ),
    "catalogue.no_key": (_("The entry has no key."), _("Give it a key of its own.")),
    "catalogue.no_programme": (
        _("The catalogue has no programme “%(found)s”."),
        _("Import the programme first, or correct the key."),
    ),
    "catalogue.no_call": (
        _("The programme has no call “%(found)s”."),
        _("Import the call first, or leave it out."),
    ),
    # --- a case of funding and its workbook ---
    "funding_case.changed_meanwhile": (
        _("Somebody changed the case while you were working on it."),
        _("Look at what is stored now, then do it again."),
    ),
    "funding_case.gone": (
        _("“%(found)s” is not in the case any more."),
        _("Somebody may have removed it; the history of the case shows it."),
    ),
    "funding_case.own_field": (
        _("“%(found)s” is asked by the form of the partner."),
        _("Change it there."),
    ),
    "funding_case.periods_used": (
        _("%(found)s quarters are too few: costs or work packages reach to quarter %(expected)s."),
        _("Move or shorten them first, or let the case last longer."),
    ),
    "funding_case.link_of_two": (
        _("A tie holds two offers or more, a pair exactly two; here it is %(found)s."),
        _("Choose other offers."),
    ),
    "funding_case.link_twice": (
        _("These offers are tied like this already."),
        _("Choose another tie, or other offers."),
    ),
    "funding_case.wish_twice": (
        _("The case has this wish already."),
        _("Change the amount, or take the old wish back first."),
    ),
    "funding_priorities.changed_meanwhile": (
        _("Somebody changed these priorities meanwhile."),
        _("Open them again and enter your change once more."),
    ),
    "funding_priorities.twice": (
        _("A theme stands twice on one side: %(found)s."),
        _("Keep one of the two rows."),
    ),
    "funding_entry.stands_so": (
        _("Somebody withdrew or published this entry meanwhile."),
        _("Look at it once more."),
    ),
    "funding_case.scenario_twice": (
        _("The case has a scenario with this name or these offers already."),
        _("Choose another name and other offers, or take the old one back first."),
    ),
    "funding_case.many_scenarios": (
        _("A case holds at most %(expected)s scenarios."),
        _("Take one back first."),
    ),
    "funding_case.controls_itself": (
        _("“%(found)s” would control itself, over the others in a circle."),
        _("Name who stands at the top, or leave it out."),
    ),
    "funding_case.too_many_lines": (
        _("The case would have %(found)s amounts by quarter; at most %(expected)s are taken."),
        _("Enter costs for longer times, or divide the case."),
    ),
    "case_sheets.no_workbook": (
        _("This is no XLSX workbook."),
        _("Save it as XLSX, or use the template."),
    ),
    "case_sheets.nothing": (
        _("The workbook has no sheet with partners, work packages or costs."),
        _("Use the template: its heads are understood in five languages."),
    ),
    "case_sheets.no_heads": (
        _("The sheet has no row with the heads it needs: %(expected)s."),
        _("Use the heads of the template."),
    ),
    "case_sheets.too_many_rows": (
        _("The sheet has more than %(expected)s rows."),
        _("Divide it."),
    ),
    "case_sheets.too_many_lines": (
        _("With this cost the case would have more than %(expected)s amounts by quarter."),
        _("Enter costs for longer times, or divide the case."),
    ),
    "case_sheets.too_long": (
        _("The text is longer than %(expected)s characters: %(found)s."),
        _("Shorten it."),
    ),
    "case_sheets.unknown_word": (
        _("“%(found)s” is none of the words of this column: %(expected)s."),
        _("Use one of them, in any of the five languages."),
    ),
    "case_sheets.no_yes_or_no": (
        _("“%(found)s” is neither yes nor no."),
        _("Write yes or no, or leave the cell empty."),
    ),
    "case_sheets.no_stored_value": (
        _("The cell has an error, or a formula whose value is not stored in the file."),
        _("Open the workbook, let it compute, save it, and upload it again."),
    ),
    "case_sheets.bad_amount": (
        _("“%(found)s” is no amount from 0 on."),
        _("Write figures, for example 12500 or 12500.50."),
    ),
    "case_sheets.bad_quarter": (
        _("“%(found)s” is no quarter, day or year."),
        _("Write for example Q3 2026, 2026-Q3, 2026-07-01 or 2026."),
    ),
    "case_sheets.bad_day": (
        _("“%(found)s” is no day."),
        _("Write for example 2026-07-01."),
    ),
    "case_sheets.bad_rate": (
        _("“%(found)s” is no rate."),
        _("Write how many euro one franc is worth, for example 1.0412."),
    ),
    "case_sheets.no_rate": (
        _("An amount in Swiss francs needs a rate and its day."),
        _("Fill in both columns, or write the amount in euro."),
    ),
    "case_sheets.unknown_currency": (
        _("“%(found)s” is no currency that is taken."),
        _("Write EUR or CHF."),
    ),
    "case_sheets.bad_country": (
        _("“%(found)s” is no code of a country."),
        _("Write two letters, for example SI."),
    ),
    "case_sheets.bad_nuts": (
        _("“%(found)s” is no code of a region."),
        _("Write a code of NUTS, for example AT323."),
    ),
    "case_sheets.unknown_nuts": (
        _("No vintage of NUTS has the code “%(found)s”."),
        _("Near to it: %(expected)s."),
    ),
    "case_sheets.other_country": (
        _("The region %(found)s does not lie in %(expected)s."),
        _("Correct one of the two."),
    ),
    "case_sheets.partner_needs_place": (
        _("The case does not know “%(found)s” yet, so it needs a country or a region."),
        _("Fill in one of the two columns."),
    ),
    "case_sheets.unknown_partner": (
        _("“%(found)s” is no partner of the case or of the workbook."),
        _("Near to it: %(expected)s. Write the same name, or add the partner."),
    ),
    "case_sheets.unknown_package": (
        _("“%(found)s” is no work package of the case or of the workbook."),
        _("Write its number or title: %(expected)s."),
    ),
    "case_sheets.no_package": (
        _("It is not said to which work package this cost belongs."),
        _("Write its number or title: %(expected)s."),
    ),
    "case_sheets.outside_time": (
        _("%(found)s lies outside the time of the case (%(expected)s)."),
        _("Correct it, or change the duration of the case first."),
    ),
    "case_sheets.reversed": (
        _("The end is before the start."),
        _("Exchange the two, or correct one."),
    ),
    # --- rule-books and bounds of funding ---
    "rulebook.overlap": (
        _("Two versions of the rule %(found)s hold on the same day (%(first)s, %(second)s)."),
        _("End the earlier version on the day before the later one begins."),
    ),
    "rulebook.reversed": (
        _("The rule %(found)s ends before it begins."),
        _("Correct its first or its last day."),
    ),
    "bound.lengths": (
        _("The certificate has %(found)s duals, the model %(expected)s rows."),
        _("Take the certificate of this very model."),
    ),
    "bound.not_finite": (
        _("A dual of the certificate is no number: %(found)s."),
        _("Compute the certificate again."),
    ),
    "bound.infinite": (
        _("A column without a finite bound leaves the bound open (%(found)s)."),
        _("Give every column a finite bound."),
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
    # --- joint calls and the policy mix ---
    "schemes.not_an_attribute": (
        _("This is no value of a scheme’s attribute: %(found)s."),
        _("Give keys for a set, two whole numbers or two days for an interval, the low end first."),
    ),
    "schemes.not_a_change": (
        _("This is no change of a rule: %(found)s."),
        _("Give every change its own name, an attribute, a value, who decides, and a weight."),
    ),
    "schemes.not_an_amount": (
        _("“%(found)s” is no budget."),
        _("Write a whole number of cents, or leave it empty if it is not known."),
    ),
    "schemes.not_a_window": (
        _("The shortest common window needs at least one day."),
        _("Give a number of days; six weeks are 42."),
    ),
    "schemes.twice": (
        _("The same scheme is chosen twice."),
        _("Choose every scheme once."),
    ),
    "schemes.too_many_changes": (
        _("There are %(found)s changes to choose from; at most %(expected)s are searched."),
        _("Leave out changes that nobody would decide."),
    ),
    "policy_mix.not_an_amount": (
        _("“%(found)s” is no sum of money."),
        _("Give a number of at least 0, or none if it is not known."),
    ),
    "policy_mix.not_a_count": (
        _("The counts of places and entries do not go together."),
        _("Count at least as many places as have an amount."),
    ),
    "policy_mix.not_a_weight": (
        _("“%(found)s” is no weight."),
        _("Give numbers of at least 0, not all of them 0, or none if it is not known."),
    ),
    "policy_mix.unknown_instrument": (
        _("Nobody says which phase the instrument “%(found)s” serves."),
        _("Name a phase for every instrument."),
    ),
    "schemes.changed_meanwhile": (
        _("Somebody changed this meanwhile: you saw version %(found)s, now it is %(expected)s."),
        _("Look at the page again and enter your change once more."),
    ),
    # --- tables of budgets ---
    "budgets.no_column": (
        _("These columns are missing: %(expected)s."),
        _("Give them heads of that name, in any of the five languages."),
    ),
    "budgets.too_many_rows": (
        _("The table has more than %(expected)s rows."),
        _("Split it."),
    ),
    "budgets.empty": (
        _("The cell is empty or cannot be read."),
        _("Fill it in; only the amount may be empty, which means that it is not known."),
    ),
    "budgets.no_period": (
        _("“%(found)s” is no period."),
        _("Write it as 2021-2027, or one year."),
    ),
    "budgets.no_amount": (
        _("“%(found)s” is no amount."),
        _("Write euro as a number of at least 0, or leave the cell empty if it is not known."),
    ),
    "budgets.no_day": (
        _("“%(found)s” is no day."),
        _("Write it as 2026-05-31."),
    ),
    "budgets.unknown_instrument": (
        _("“%(found)s” is no instrument of the list. Most alike: %(expected)s."),
        _("Use a key or a name of the list, in any of the five languages."),
    ),
    "budgets.unknown_theme": (
        _("“%(found)s” is no theme of the list. Most alike: %(expected)s."),
        _("Use a key or a name of the list, in any of the five languages."),
    ),
    "budgets.unknown_region": (
        _("“%(found)s” is no code of a country or region. Most alike: %(expected)s."),
        _("Use codes of NUTS 2021, such as AT33."),
    ),
    "budgets.unknown_programme": (
        _("There is no programme with the key “%(found)s”."),
        _("Use the key that stands in the address of the programme, or leave the cell empty."),
    ),
    "budgets.twice": (
        _("The same cell stands in line %(found)s already."),
        _("Keep one of the two rows, or name their programmes."),
    ),
    # --- the codebook ---
    "codebook.unknown_code": (
        _("“%(found)s” is no code of this field."),
        _("Choose one of: %(expected)s."),
    ),
    "codebook.one_only": (
        _("Several codes were chosen where one is asked: %(found)s."),
        _("Choose the one that fits best."),
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
    # --- merging organisations ---
    "merge.same": (
        _("This is one and the same organisation."),
        _("Choose two different ones."),
    ),
    "merge.merged_already": (
        _("One of the two was merged into another organisation already."),
        _("Load the list again."),
    ),
    "merge.simulated": (
        _("One of the two is simulated, the other is not: they cannot be one."),
        _("Say that they are different."),
    ),
    "merge.unit": (
        _("One of the two is a unit of the other: they stay two."),
        _("End that first, in the list of units."),
    ),
    "merge.undone": (
        _("This merge was undone already."),
        _("Load the list again."),
    ),
    "merge.later_first": (
        _("A later merge rests on this one: %(found)s."),
        _("Undo the later one first."),
    ),
    # --- units of organisations ---
    "part.same": (
        _("An organisation is no unit of itself."),
        _("Choose two different ones."),
    ),
    "part.merged": (
        _("One of the two was merged into another organisation already."),
        _("Load the list again."),
    ),
    "part.simulated": (
        _("One of the two is simulated, the other is not: one cannot be a unit of the other."),
        _("Say that they are different."),
    ),
    "part.has_parent": (
        _("It is a unit of another organisation already: %(found)s."),
        _("End that first, in the list of units."),
    ),
    "part.cycle": (
        _("The larger one is itself a part of this unit."),
        _("End that first, in the list of units."),
    ),
    "part.ring": (
        _("An organisation would become a part of itself."),
        _("End one of the relations first, in the list of units."),
    ),
    "part.none": (
        _("It is no unit of another organisation any more."),
        _("Load the list again."),
    ),
    "part.ends_before": (
        _("The last day lies before the first one."),
        _("Choose a later day."),
    ),
    # --- tables ---
    "table.missing_column": (
        _("The column is missing. Found: %(found)s."),
        _("Add it, or correct its name in the first line."),
    ),
    "table.empty_head": (
        _("A column has no name."),
        _("Give every column a name in the first line."),
    ),
    "table.duplicate_head": (
        _("Two columns are named “%(found)s”."),
        _("Rename or remove one of them."),
    ),
    "table.too_few_fields": (
        _("The line has %(found)s fields, the header %(expected)s: it was cut off."),
        _("Export the file again, or complete the line."),
    ),
    "table.too_many_fields": (
        _("The line has %(found)s fields, the header %(expected)s."),
        _("Put texts with separators into quotation marks."),
    ),
    "table.bad_record": (
        _("A quotation mark is not closed or stands inside a text."),
        _("Double quotation marks inside a text and close the text."),
    ),
    "table.cut_end": (
        _("The file ends in the middle of a line."),
        _("Export it again."),
    ),
    "table.not_a_number": (
        _("“%(found)s” is not a number."),
        _("Write a number, “%(expected)s”, or leave it empty."),
    ),
    "table.not_a_whole_number": (
        _("“%(found)s” is not a whole number."),
        _("Write digits only."),
    ),
    "table.not_a_time": (
        _("“%(found)s” is not a time."),
        _("Write milliseconds or, for example, %(expected)s."),
    ),
    "table.empty_name": (
        _("The cell is empty."),
        _("Every answer needs it; complete or remove the line."),
    ),
    "table.outside_scale": (
        _("“%(found)s” is not on the scale."),
        _("The scale is: %(expected)s."),
    ),
    "table.group_changes": (
        _("The same participant is in “%(found)s” here and in “%(expected)s” before."),
        _("Give every participant one group."),
    ),
    "table.repeated_id": (
        _("“%(found)s” stands there twice."),
        _("Remove one of the lines."),
    ),
    "table.several_errors": (_("The file has %(n)s errors."), ""),
    "polis.not_a_vote": (_("“%(found)s” is not a vote."), _("Use -1, 0 or 1.")),
    "polis.not_a_moderation": (_("“%(found)s” is not a moderation."), _("Use -1, 0 or 1.")),
    "polis.sign": (
        _("Agree is -1 here: comments.csv says so for %(turned)s of %(n)s statements."),
        _("Use the CSV export, or turn the sign of the column."),
    ),
    # --- arguments of the analysis ---
    "argument.only_for_tables": (
        _("A Polis export has neither group columns nor another scale."),
        _("Leave the option out, or evaluate a CSV file of ratings."),
    ),
    "argument.not_one_of": (_("The value is not allowed."), _("Use one of: %(expected)s.")),
    "argument.out_of_range": (_("The value is out of range."), _("Allowed: %(expected)s.")),
    "scale.not_rising": (
        _("A scale needs at least two points that rise."),
        _("Name the lowest and the highest point, for example 1 5."),
    ),
    "scale.not_finite": (_("A point of the scale is no number."), _("Use numbers.")),
    "scale.too_many_points": (
        _("There are %(found)s different values; that is no rating scale."),
        _("Check the column, or name the scale."),
    ),
    "ratings.outside_scale": (
        _("A value is not on the scale."),
        _("The scale is: %(expected)s."),
    ),
    # --- networks ---
    "array.lengths_differ": (
        _("Arrays that belong together have different lengths."),
        _("Hand over columns of one table."),
    ),
    "array.not_finite": (_("A value is no finite number."), _("Leave such rows out.")),
    "network.not_ties": (
        _("This is no network: weights must be equal both ways, not negative, zero for itself."),
        _("Build it with project_ties or link_ties."),
    ),
    "network.not_a_table": (
        _("A table of regions must be symmetric and not negative."),
        _("Write what lies between two regions into both cells."),
    ),
    "network.group_outside": (
        _("A group is none of the named ones."),
        _("Use their places, and -1 for unknown."),
    ),
    "network.not_whole_numbers": (
        _("Organisations and projects need whole numbers."),
        _("Number them first."),
    ),
    "network.number_twice": (
        _("A number stands there twice."),
        _("Give every organisation a number of its own."),
    ),
    "network.unknown_number": (
        _("A number belongs to no organisation of the list."),
        _("Add the organisation, or leave the link out."),
    ),
    "network.parent_cycle": (
        _("Organisations are units of one another in a circle."),
        _("Take one of them out of the other."),
    ),
    "network.other_stamp": (
        _("These figures were counted in different ways and cannot be compared."),
        _("Count both with the same groups, weights, size limit and rule for windows."),
    ),
    "network.needs_weights": (
        _("This needs weights: where every tie counts the same it would be a filter of degrees."),
        _("Count full or fractional weights."),
    ),
    "network.not_a_window": (
        _("“%(found)s” is no stretch of years."),
        _("Write two years such as 2014-2016, the earlier one first, or one year."),
    ),
    "participations.not_a_country": (
        _("“%(found)s” is no code of a country."),
        _("Use codes of two letters, such as %(expected)s."),
    ),
    "participations.not_a_date": (
        _("“%(found)s” is no date."),
        _("Write year, month and day as in %(expected)s, or NA where it is not known."),
    ),
    "ratings.not_finite": (_("A value is no number."), _("Mark missing answers as missing.")),
    "ratings.lengths": (
        _("The columns have unequal lengths: %(found)s and %(expected)s."),
        _("Hand over columns of one table."),
    ),
    "ratings.duplicate": (
        _("The same person rated the same thing twice."),
        _("Add the time, so that the later answer stands."),
    ),
    "ratings.shape": (_("The ratings have the wrong shape."), _("Expected: %(expected)s.")),
    "ratings.too_few": (
        _("There are too few people or items to compare."),
        _("At least %(expected)s of each are needed."),
    ),
    "ranks.incomplete": (
        _("A ranking leaves something out."),
        _("Use a measure of agreement that allows gaps: %(expected)s."),
    ),
    "scale.not_nine_points": (
        _("This method is made for a scale from 1 to 9 only."),
        _("Use it for ratings on nine points, or leave it out."),
    ),
    "rounds.scales_differ": (
        _("The two rounds have different scales."),
        _("Compare rounds on the same scale."),
    ),
    "groups.length": (
        _("There are %(found)s groups for %(expected)s people."),
        _("Give every person one group."),
    ),
    "groups.size": (_("A group has an impossible size."), _("Use counts of people.")),
    "votes.not_a_vote": (_("A cell is not a vote."), _("Use -1, 0 or 1.")),
    "members.label": (
        _("A group has an impossible number."),
        _("Number the groups from 0; -1 means not placed."),
    ),
    "thresholds.missing": (
        _("It is not said which ratings agree and which disagree."),
        _("Name both thresholds."),
    ),
    "thresholds.order": (
        _("The thresholds are in the wrong order."),
        _("Disagreement must end below where agreement begins."),
    ),
    "counts.shape": (_("The counts have the wrong shape."), _("Expected: %(expected)s.")),
    "counts.negative": (_("A count is negative."), _("Use counts of people.")),
    "counts.not_finite": (_("A count is no number."), _("Use counts of people.")),
    "values.shape": (_("The points do not fit the counts."), _("Expected: %(expected)s.")),
    "values.not_finite": (_("A point of the scale is no number."), _("Use numbers.")),
    "share.hits_exceed_trials": (
        _("The part is greater than the whole."),
        _("Use counts of people."),
    ),
    # --- ranking ---
    "ranking.weight": (
        _("A weight is missing, not positive, or out of all proportion to the others."),
        _("Give every person a weight above 0, such as 0.5, 1 or 2."),
    ),
    "ranking.criteria_weights": (
        _("The weights of the criteria are negative or do not add up to 1."),
        _("Use weights of at least 0 with the sum 1."),
    ),
    "ranking.too_large": (
        _("There are too many people and items for one joint ranking (%(found)s)."),
        _("Describe the ratings instead, or rank fewer items."),
    ),
    "ranking.two_values": (
        _("The same name has two different entries."),
        _("Give every name one entry."),
    ),
    # --- seat plans ---
    "seat.not_a_count": (
        _("“%(found)s” is not a whole number."),
        _("Write a whole number from 1 on."),
    ),
    "seat.duplicate_guest": (_("A guest is named twice."), _("Name every guest once.")),
    "seat.unknown_guest": (
        _("There is no guest “%(found)s”."),
        _("Use the numbers or names of the guests."),
    ),
    "seat.not_a_pair": (
        _("%(found)s is not a pair of guests."),
        _("Name two different guests."),
    ),
    "seat.pin_twice": (
        _("Guest %(found)s has two fixed tables in round %(n)s."),
        _("Remove one of them."),
    ),
    "seat.pins_exceed_table": (
        _("In round %(n)s too many guests have this fixed table: %(found)s."),
        _("Guests it seats (table: seats): %(expected)s. Fix fewer guests there."),
    ),
    "seat.pins_against_apart": (
        _("Guests %(found)s must not share a table but are fixed at one in round %(n)s."),
        _("Remove one of the two wishes."),
    ),
    "seat.apart_too_many": (
        _("These guests all avoid one another, more than there are tables: %(found)s."),
        _("Keep at most %(expected)s guests apart, or take more tables."),
    ),
    "seat.apart_not_found": (
        _("No plan was found that keeps these guests apart: %(found)s."),
        _("Remove some of the pairs, or take more tables."),
    ),
    "seat.no_table_left": (_("No table would be left."), _("Keep at least one table open.")),
    # --- photos ---
    "photo.not_a_jpeg": (
        _("The file is no JPEG picture that can be read safely."),
        _("Take the photo again, or save it as JPEG."),
    ),
    # --- logos ---
    "logo.svg": (
        _("SVG drawings are not taken: such a file can hold programs and addresses."),
        _("Save the logo as PNG."),
    ),
    "logo.unknown_kind": (
        _("The file is no picture in PNG, JPEG or WebP, whatever its name says."),
        _("Save the logo as PNG."),
    ),
    "logo.moving": (
        _("The picture moves; only still ones are taken."),
        _("Save one of its pictures as PNG."),
    ),
    "logo.broken": (
        _("The picture cannot be read; it is damaged or of a rare kind."),
        _("Save it again as PNG."),
    ),
    "photo.too_large": (
        _("The picture is %(found)s pixels large; at most %(expected)s on a side are taken."),
        _("Make it smaller."),
    ),
    "photo.too_many_bytes": (
        _("The picture is larger than 2 MB."),
        _("Make it smaller."),
    ),
    "languages.not_a_collection": (
        _("The languages of a guest are one text."),
        _("Hand over a list of language codes."),
    ),
    "languages.not_a_language": (
        _("“%(found)s” is no language code."),
        _("Write codes such as de, fr or sl, separated by spaces."),
    ),
    "languages.lengths": (
        _("There are languages for %(found)s, but %(expected)s are needed."),
        _("Name the languages of every guest and of every table."),
    ),
    "similarity.not_a_text": (
        _("A card is no text."),
        _("Hand over one text for each card; an empty text is allowed."),
    ),
    "similarity.empty_term": (
        _("An entry of the glossary has no word or no meaning."),
        _("Write a word, and what it means."),
    ),
    "similarity.out_of_range": (
        _("“%(found)s” is outside the range of this setting."),
        _("The threshold lies above 0 and up to 1, the number of neighbours from 1."),
    ),
    "languages.none": (
        _("Nobody names a language."),
        _("Name the languages of the guests, or leave the option out."),
    ),
    "languages.not_a_number": (
        _("“%(found)s” is not one of the numbers."),
        _("Use a number from this range: %(expected)s."),
    ),
    "languages.guest_or_table": (
        _("A line needs either a guest or a table."),
        _("Fill in one of the two columns."),
    ),
    "languages.guests_missing": (
        _("These guests have no line: %(found)s."),
        _("Write one line for every guest from 1 to %(expected)s."),
    ),
    "languages.tables_missing": (
        _("These tables have no line: %(found)s."),
        _("Write one line for every table from 1 to %(expected)s, or none at all."),
    ),
    "languages.one_per_table": (
        _("A table needs exactly one language, not “%(found)s”."),
        _("Write one code, for example %(expected)s."),
    ),
    "table.no_header": (
        _("No line looks like the heads of columns."),
        _("Put a name above every column, all different, in the first line."),
    ),
    "table.no_value": (
        _("The cell holds an error, or a formula whose result was not stored."),
        _("Open the file in a spreadsheet, save it there, or write the value."),
    ),
    "file.no_table": (
        _("This archive is no workbook."),
        _("Use one of: %(expected)s."),
    ),
    # --- imports ---
    "document.too_large": (
        _("The document is larger than %(expected)s MB."),
        _("Save it with smaller pictures, or in parts."),
    ),
    "document.unknown_kind": (
        _("The file is no PDF, no Word document (DOCX) and no plain text."),
        _("Save it as PDF and upload that."),
    ),
    "document.old_office": (
        _("The file is an old Office document, or one with a password."),
        _("Save it as PDF, or as DOCX without a password."),
    ),
    "document.no_text": (
        _("There is no text in the document."),
        _("Choose the file with the text, or save it as PDF."),
    ),
    "document.too_hard": (
        _("Reading the document took too long; it was given up."),
        _("Print it to a new PDF, or divide it, and upload that."),
    ),
    "document.crashed": (
        _("The document cannot be opened safely: reading it ended with a failure."),
        _("Print it to a new PDF and upload that."),
    ),
    "document.file_gone": (
        _("The file of the document is no longer there."),
        _("Upload it again."),
    ),
    "document.no_page": (
        _("The document has no page %(found)s."),
        _("Choose one of its pages."),
    ),
    "document.known": (
        _("This file is there already: %(found)s."),
        _("Use that document; it can be about several initiatives."),
    ),
    "document.is_quoted": (
        _("Something rests on this document: %(found)s."),
        _("Take its quotations back first, or add the other file as a document of its own."),
    ),
    "pdf.broken": (
        _("The PDF is damaged: it cannot be opened."),
        _("Download it again, or print it to a new PDF."),
    ),
    "pdf.encrypted": (
        _("The PDF is locked with a password."),
        _("Save it without a password and upload that."),
    ),
    "pdf.too_many_pages": (
        _("The document has %(found)s pages; at most %(expected)s are taken."),
        _("Divide it, and add the parts as documents of their own."),
    ),
    "pdf.page_size": (
        _("Page %(found)s has a size no sheet has."),
        _("Print the document to a new PDF on A4 and upload that."),
    ),
    "word.broken": (
        _("The Word document is damaged, or no Word document."),
        _("Open and save it again, or save it as PDF."),
    ),
    "word.encrypted": (
        _("The Word document is locked with a password."),
        _("Save it without a password and upload that."),
    ),
    "template.not_docx": (
        _("This is no Word document (DOCX) that can be read."),
        _("Save the template as DOCX and try again."),
    ),
    "template.too_large": (
        _("The template is larger than 10 MB or unfolds to too much."),
        _("Leave out large pictures."),
    ),
    "template.forbidden_part": (
        _("The template holds macros or embedded files, or loads something: %(found)s."),
        _("Save it as DOCX without macros, without linked pictures and without another template."),
    ),
    "template.syntax": (
        _("A tag is wrong: %(found)s. Paragraph: “%(expected)s”"),
        _("Correct the tag there. The manual lists tags and names."),
    ),
    "template.unknown_name": (
        _("A tag names something that does not exist: %(found)s. Paragraph: “%(expected)s”"),
        _("Correct the name there. The manual lists all names."),
    ),
    "template.forbidden_tag": (
        _("A tag does what a template may not do: %(found)s. Paragraph: “%(expected)s”"),
        _("Use only the names in the manual, loops and conditions."),
    ),
    "template.crashed": (
        _("Filling the template took too long or failed."),
        _("Make it simpler, or begin with the sample."),
    ),
    "word.macros": (
        _("The Word document holds macros."),
        _("Save it as DOCX without macros, or as PDF."),
    ),
    "word.too_much": (
        _("The Word document unfolds to more than a document can be."),
        _("Save it as PDF and upload that."),
    ),
    "quotation.of_what": (
        _("It is not said what rests on this place."),
        _("Choose one activity or one lesson."),
    ),
    "quotation.no_page": (
        _("There is no page %(found)s."),
        _("Write a page between 1 and %(expected)s, counted as leaves."),
    ),
    "quotation.pages_turned": (
        _("The last page stands before the first."),
        _("Write the smaller page first."),
    ),
    "quotation.too_long": (
        _("The quoted words are longer than %(expected)s characters."),
        _("A few words are enough to find the place."),
    ),
    "quotation.not_on_page": (
        _("These words do not stand on the page: %(found)s."),
        _("Select them in the text, look for the right page, or leave the words out."),
    ),
    "initiative.dates": (
        _("The end lies before the start."),
        _("Correct one of the two dates."),
    ),
    "initiative.money": (
        _("The share of the EU is larger than the budget."),
        _("Correct one of the two amounts."),
    ),
    "initiative.circle": (
        _("The initiative would continue itself."),
        _("Choose an earlier one."),
    ),
    "import.busy": (
        _("The list is being worked on already."),
        _("Wait until that is done, or cancel it."),
    ),
    "proposal.decided": (
        _("Somebody decided this before."),
        _("Load the page again."),
    ),
    "proposal.does_not_fit": (
        _("“%(found)s” does not fit this field."),
        _("Keep what is there, or write it by hand."),
    ),
    "import.unknown_field": (
        _("There is no field “%(found)s”."),
        _("Use one of: %(expected)s."),
    ),
    "import.column_twice": (
        _("The column “%(found)s” is matched to two fields."),
        _("Match it to one of them."),
    ),
    "import.no_name": (
        _("No column is matched to the name. Columns: %(found)s."),
        _("Say which column holds the names of the organisations."),
    ),
    "import.columns_file": (
        _("This is no list of columns in JSON."),
        _("Write an object such as %(expected)s."),
    ),
    "import.other_file": (
        _("This is not the file with which the import was begun."),
        _("Begin a new import."),
    ),
    "import.folder": (
        _("The folder %(path)s cannot be written: %(found)s."),
        _("Name another folder."),
    ),
    "import.begun": (
        _("Rows of this list are stored already."),
        _("Let the import go on, or begin a new one."),
    ),
    "import.done": (_("This import is done."), _("Begin a new one.")),
    "import.elsewhere": (
        _("Somebody else goes on with this import."),
        _("Wait until it is done."),
    ),
    # --- workbooks and outside sources ---
    "workbook.too_large": (
        _("The sheet reaches further than can be read safely."),
        _("Delete empty rows and columns at its end, or save it as CSV (UTF-8)."),
    ),
    "workbook.no_sheet": (
        _("The workbook has no visible sheet of that name."),
        _("Check the name of the sheet."),
    ),
    "workbook.unsafe": (
        _("The workbook is encrypted, damaged or would unpack to an unreasonable size."),
        _("Save it anew as .xlsx without a password, or as CSV (UTF-8)."),
    ),
    "workbook.too_slow": (
        _("Reading the workbook took too long."),
        _("Save it as CSV (UTF-8), or split it."),
    ),
    "workbook.unreadable": (
        _("The workbook is damaged or too large to read safely."),
        _("Save it as CSV (UTF-8), or split it."),
    ),
    "archive.unsafe": (
        _("The archive is encrypted, damaged or would unpack to an unreasonable size."),
        _("Download it again, or unpack it yourself and name the file in it."),
    ),
    "archive.member_missing": (
        _("The archive has no file %(expected)s. Found: %(found)s."),
        _("Download the archive of projects as CSV."),
    ),
    "keep.no_partners": (
        _("No sheet has the columns of partners: %(expected)s. Found: %(found)s."),
        _("Export projects with their partners from keep.eu as XLSX."),
    ),
    "project.no_sheet": (
        _("No sheet has the columns of projects: %(expected)s. Found: %(found)s."),
        _("Export projects with their partners from keep.eu as XLSX."),
    ),
    "project.no_list": (
        _("The file holds no projects with: %(expected)s."),
        _("Export projects from keep.eu as JSON or XLSX."),
    ),
    "project.bad_json": (
        _("This is no JSON, or it is damaged or cut off."),
        _("Download it again."),
    ),
    "project.none": (
        _("The file holds no project."),
        _("Export it again, with the projects."),
    ),
    "project.bad_id": (
        _("“%(found)s” is no number of a project; one looks like %(expected)s."),
        _("Correct or remove the line."),
    ),
    "project.orphan": (
        _("The project “%(found)s” of this partner is not in the file."),
        _("Export projects and partners together."),
    ),
    "project.several": (
        _("Several projects are called “%(found)s”, and nothing tells which one is meant."),
        _("Add the partner by hand."),
    ),
    "project.years": (
        _("“%(found)s” is neither a year nor two of them, as %(expected)s."),
        _("Write the years with four digits."),
    ),
    "cordis.old_layout": (
        _("The table has the layout of before 2021: several organisations in one cell."),
        _("Download today’s archive of projects as CSV."),
    ),
    "organisation.empty": (
        _("The cell is empty."),
        _("Every organisation needs it; complete or remove the line."),
    ),
    "organisation.too_long": (
        _("“%(found)s” is longer than %(expected)s characters."),
        _("Shorten it."),
    ),
    "organisation.unknown_country": (
        _("“%(found)s” is no country that is known here."),
        _("Write the English name or the code of two letters, such as %(expected)s."),
    ),
    "organisation.natural_person": (
        _("“%(found)s” is a single person by its legal form."),
        _("Single persons are left out unless the import takes them expressly."),
    ),
    "organisation.not_a_pic": (
        _("“%(found)s” is no participant code of the EU (PIC)."),
        _("Write its nine digits, such as %(expected)s."),
    ),
    "nuts.no_code_columns": (
        _("The workbook has no two columns such as: %(expected)s."),
        _("Use Eurostat’s workbook on changes between two NUTS vintages."),
    ),
    "source.not_allowed": (
        _("The address %(found)s is not one of: %(expected)s."),
        _("Download the file by hand into the folder of the data directory."),
    ),
    "source.unreachable": (
        _("%(found)s cannot be reached: %(reason)s."),
        _("Try again later, or put the file into the folder by hand."),
    ),
    "source.too_large": (
        _("%(found)s has more than %(expected)s bytes."),
        _("The source may have changed; look at the address."),
    ),
    "source.cut_off": (
        _("%(found)s broke off before its %(expected)s bytes were there."),
        _("Try again."),
    ),
    "boundaries.wrong_file": (
        _("This is no GeoJSON of regions in degrees: %(found)s."),
        _("Fetch the file again, or take it from GISCO in EPSG:4326."),
    ),
    "boundaries.incomplete": (
        _("NUTS %(level)s (%(vintage)s): %(n)s regions of programme areas are missing: %(found)s."),
        _("Take the file of this level and vintage for all of Europe from GISCO."),
    ),
    "fetch.licence_not_accepted": (
        _("The licence was not accepted; nothing was fetched."),
        _("Read it, then call the command again with %(expected)s."),
    ),
    # --- set-up and backup ---
    "setup.port_in_use": (
        _("Port %(port)s cannot be used: %(reason)s."),
        _("Stop the other program, or choose a port with --port."),
    ),
    "setup.tls": (
        _("The certificate %(file)s cannot be used: %(reason)s."),
        _("Name a PEM file with the certificate and its chain, and the key that belongs to it."),
    ),
    "setup.program_missing": (
        _("The program %(program)s is missing."),
        _("Install it; alpclusters doctor lists what is needed."),
    ),
    "setup.program_failed": (
        _("The program %(program)s failed: %(found)s"),
        _("See alpclusters doctor."),
    ),
    # --- the writer of the live process ---
    "live.second_writer": (
        _("Another process already writes the journal in %(path)s."),
        _("Stop the other one first: only one may run on a data directory."),
    ),
    "live.journal_unusable": (
        _("The journal directory %(path)s cannot be made or written."),
        _("Give this user the right to write there, or set ALPCLUSTERS_LIVE_JOURNAL_DIR."),
    ),
    "live.database_damaged": (
        _("The database file %(path)s is damaged."),
        _("Restore a backup; the journal then adds what came after it."),
    ),
    "live.not_durable": (
        _("The database server does not keep what it acknowledges: %(found)s is off."),
        _("Switch it on in the settings of the server."),
    ),
    "live.no_such_segment": (
        _("There is no journal in %(path)s."),
        _("Name the directory that holds the files votes-….aj."),
    ),
    "backup.unreadable": (
        _("%(file)s is not a readable backup."),
        _("Name a file that alpclusters backup made."),
    ),
    "backup.unknown_format": (
        _("The backup has the format %(found)s, which this version does not know."),
        _("Restore it with the version that made it, or a newer one."),
    ),
    "backup.damaged": (
        _("The backup %(file)s is damaged: %(member)s differs from its checksum."),
        _("Use another backup. Nothing was changed."),
    ),
    "backup.target_not_empty": (
        _("There is already a database: %(target)s."),
        _("Restore into an empty data directory with --into."),
    ),
    "backup.other_engine": (
        _("The backup comes from %(found)s, this installation uses %(expected)s."),
        _("Set DATABASE_URL accordingly."),
    ),
    "backup.rows_differ": (
        _("After restoring, these tables have other numbers of rows: %(found)s."),
        _("Do not use this installation; restore again into an empty directory."),
    ),
    # --- funding cases ---
    "case.faults": (
        _("The case has %(n)s errors; the first one is at “%(found)s”."),
        _("Mend what is listed; nothing of the case was taken."),
    ),
    "case.not_json": (
        _("This is no JSON: %(found)s."),
        _("Save the case again; its format is in the documentation."),
    ),
    "case.not_a_file": (_("This is not a file."), _("Name a JSON file of a funding case.")),
    "case.encoding": (
        _("The byte %(found)s is not %(expected)s."),
        _("Save the case as JSON in UTF-8."),
    ),
    "case.unknown_scenario": (
        _("The case has no scenario “%(found)s”."),
        _("Name one of: %(expected)s."),
    ),
    # --- territory ---
    "territory.unknown_vintage": (
        _("%(found)s is no year in which NUTS codes were issued."),
        _("Name one of these years: %(expected)s."),
    ),
    # --- monitoring of plans ---
    "round.plan_is_draft": (
        _("The plan is a draft."),
        _("Publish it; then the first round of reports can be opened."),
    ),
    "round.still_open": (
        _("Round %(found)s is still open."),
        _("Close it before you open the next one."),
    ),
    "round.closed": (_("Round %(found)s is closed."), _("Open the next round.")),
    "round.closes_first": (
        _("The round would close before it opens."),
        _("Give a later day for its close."),
    ),
    "round.too_long": (
        _("The round would be open for more than a year."),
        _("Give an earlier day for its close."),
    ),
    "report.action_ended": (
        _("Action %(found)s is done or was stopped; nothing more is reported on it."),
        _("Ask the people who keep the plan if that is wrong."),
    ),
    "report.empty": (
        _("Nothing was filled in."),
        _("Say at least how far the action is, or what happened."),
    ),
    "report.not_a_share": (
        _("The progress lies between 0 and 100 per cent."),
        _("Write 50 for half of the work."),
    ),
    "report.in_future": (
        _("The day %(found)s has not come yet."),
        _("Give the day on which it was so; not later than today."),
    ),
    "value.decided": (
        _("Somebody has confirmed or rejected this value in the meantime."),
        _("Report a new value if it is wrong."),
    ),
    "value.no_reason": (
        _("The reason is missing."),
        _("Say why the value is rejected; it stays in the list with your reason."),
    ),
    "value.unknown": (_("This is no decision."), _("Confirm or reject the value.")),
    "override.not_running": (
        _("Action %(found)s is not running."),
        _("Only the status of a running action can be corrected."),
    ),
    "override.out_of_grey": (
        _("Action %(found)s is grey because nobody has reported on it for too long."),
        _("Send a report; an opinion does not replace it."),
    ),
    "override.colour": (
        _("This is no status one can set."),
        _("Choose on track, delayed or far behind."),
    ),
    "override.reason_short": (
        _("The reason is too short."),
        _("Write at least %(expected)s characters; the reason is printed beside the status."),
    ),
    "override.rounds": (
        _("A correction lasts for two rounds at most."),
        _("Choose one or two rounds."),
    ),
    "snapshot.stays": (
        _("A report that was kept stays as it is."),
        _("Take a correcting one; both stay readable."),
    ),
    "snapshot.reason_short": (
        _("The reason is too short."),
        _("Write at least %(expected)s characters: what was wrong?"),
    ),
    "snapshot.corrected": (
        _("Report %(found)s was corrected already."),
        _("Correct the later one."),
    ),
    # --- output ---
    "plan.unknown_project": (
        _("There is no project with this key: %(found)s."),
        _("Known: %(expected)s."),
    ),
    "plan.unknown": (
        _("There is no plan with this key: %(found)s."),
        _("Known: %(expected)s."),
    ),
    "plan.none": (
        _("This project has no plan: %(found)s."),
        _("Name a project with a plan, or make one in the workspace."),
    ),
    "plan.no_report": (
        _("This plan has no report yet: %(found)s."),
        _("Close a reporting round in the workspace first."),
    ),
    "trail.unknown_kind": (
        _("This names nothing on the trail: %(found)s."),
        _("Write the kind, a colon and the number, code or key. Kinds: %(expected)s."),
    ),
    "trail.unknown_thing": (
        _("There is no such thing: %(found)s."),
        _("Check the number, code or key."),
    ),
    "trail.several": (
        _("Several things have this code: %(found)s."),
        _("Take the number of one of them: %(expected)s."),
    ),
    "output.not_empty": (
        _("The folder is not empty."),
        _("Name another folder, or use --force to replace it."),
    ),
    "output.not_ours": (
        _("The folder holds something else than an earlier evaluation (no %(expected)s)."),
        _("Name another folder; --force replaces earlier evaluations only."),
    ),
    "output.not_a_folder": (_("This is a file."), _("Name a folder.")),
    "output.unwritable": (_("The folder cannot be written: %(found)s."), _("Name another folder.")),
}


def error_lines(error: AlpClustersError, language: str) -> list[str]:
    """Return the error as lines for a terminal or a list: one per thing to mend.

    Parameters
    ----------
    error : AlpClustersError
    language : str
        One of the five codes.

    Returns
    -------
    list of str
        ``votes.csv, line 17, column “vote” (E): “x” is not a vote. Use -1, 0 or 1.``
    """
    if isinstance(error, CaseError):
        return fault_lines(error, language)
    if not isinstance(error, RecordsError):
        return [phrase(error, language)]
    lines = [phrase(single, language) for single in error.errors]
    if error.n_more:
        text = translator(language)
        more = text.ngettext("and %(n)s more error", "and %(n)s more errors", error.n_more)
        lines.append(more % {"n": format_integer(error.n_more, language)})
    return lines


def phrase(error: AlpClustersError, language: str) -> str:
    """Return one line: place, what is wrong, what to do."""
    place = describe_place(error.where, language)
    sentence = " ".join(part for part in (what(error, language), remedy(error, language)) if part)
    return f"{place}: {sentence}" if place else sentence


def what(error: AlpClustersError, language: str) -> str:
    """Return the sentence that says what is wrong."""
    unknown = _("Something is wrong (%(code)s).")
    return _filled(SENTENCES.get(error.code, (unknown, ""))[0], error, language)


def remedy(error: AlpClustersError, language: str) -> str:
    """Return the sentence that says what to do, or nothing."""
    return _filled(SENTENCES.get(error.code, ("", ""))[1], error, language)


def as_record(error: AlpClustersError, language: str) -> dict[str, str | int]:
    """Return the error for JSON, with its remedy as a sentence."""
    return {
        **error.as_record(),
        "sentence": what(error, language),
        "remedy": remedy(error, language),
    }


def describe_place(where: Where, language: str) -> str:
    """Return the place in words: ``votes.csv, line 17, column “vote” (E)``."""
    text = translator(language)
    parts = [where.file or "", where.sheet or ""]
    if where.argument and not where.file:
        parts.append(where.argument)
    if where.line is not None:
        parts.append(text.gettext("line %(line)s") % {"line": where.line})
    column = _column(where, language)
    if column:
        parts.append(text.gettext("column %(column)s") % {"column": column})
    return ", ".join(part for part in parts if part)


def _column(where: Where, language: str) -> str:
    if not where.field:
        return where.column or ""
    name = translator(language).gettext("“%(words)s”") % {"words": where.field}
    return f"{name} ({where.column})" if where.column else name


def _filled(sentence: str, error: AlpClustersError, language: str) -> str:
    if not sentence:
        return ""
    fields = {"code": error.code, "found": error.found or "", "expected": error.expected or ""}
    return translator(language).gettext(sentence) % {**fields, **error.values}
