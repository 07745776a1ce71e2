"""Sentences and remedies: the catalogue of funding and mixes; part of `reports.errors`."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

# code: (what is wrong, what to do)
SENTENCES: Final[dict[str, tuple[str, str]]] = {
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
    "joint.number": (
        _("From %(least)s to %(most)s cases can be weighed together."),
        _("Choose other cases."),
    ),
    "joint.law_differs": (
        _("These cases do not read the law in the same way, so they cannot be weighed together."),
        _("Choose the same reading of law that ends in all of them."),
    ),
    "joint.projects": (
        _("Only cases of one project can be weighed together."),
        _("Choose cases of one project."),
    ),
    "joint.nothing_common": (
        _("No undertaking takes part in more than one of these cases."),
        _("Take their partners from the directory, then the program knows who is the same."),
    ),
    "joint.nobody_named": (
        _("No undertaking takes part in more than one of these cases."),
        _("Say who is the same: --same 1:U1=2:U3, by the place of each case and the identifier."),
    ),
    "joint.same_unknown": (
        _("“%(found)s” does not name undertakings of several cases."),
        _("Write --same 1:U1=2:U3 with some of: %(expected)s."),
    ),
    "mix.not_done": (
        _("There is no mix yet."),
        _("Compute the best mix of the case first."),
    ),
    "mix.no_such_offer": (
        _("No such offer is in the case."),
        _("Choose among the offers that the mix uses."),
    ),
    # --- accounts of de minimis aid ---
    "de_minimis.circle": (
        _("This organisation controls the other one already."),
        _("Choose an organisation that it does not control."),
    ),
    "de_minimis_register.unreadable": (
        _("The file cannot be read as a register of de minimis aid."),
        _("Take the CSV file as the register gives it."),
    ),
    "de_minimis_register.heads": (
        _("The file lacks columns: %(found)s."),
        _("Take the CSV file of a register with name, number, amount and day of each aid."),
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
}
