"""Sentences and remedies: arguments and data of the analysis; part of `reports.errors`."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

# code: (what is wrong, what to do)
SENTENCES: Final[dict[str, tuple[str, str]]] = {
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
    "scale.kind_unknown": (
        _("This kind of scale is not known."),
        _("Use one of: %(expected)s."),
    ),
    "scale.not_whole": (
        _("A step of the scale is no whole number, or it is too large."),
        _("Use whole numbers from -99 to 99."),
    ),
    "scale.too_many_steps": (
        _("The scale has too many steps."),
        _("Use at most %(expected)s."),
    ),
    "scale.steps_of_kind": (
        _("These steps do not belong to this kind of scale."),
        _("Its steps are: %(expected)s."),
    ),
    "scale.labels": (
        _("The scale has more or fewer labels than steps."),
        _("Give every step one label."),
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
    # --- disclosure ---
    "disclosure.person_unknown": (
        _("A group names a person who is not among those who answered."),
        _("Number people from 0, in the order of their answers."),
    ),
    "disclosure.statement_untrue": (
        _("A published figure does not agree with the answers."),
        _("Audit figures and answers of the same state of the data."),
    ),
    "disclosure.tree_circular": (
        _("Codes belong to one another in a circle."),
        _("Take one of them out of the other."),
    ),
    "disclosure.weights_whole": (
        _("A weight is no whole number."),
        _("Multiply weights and bounds until the weights are whole."),
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
    "decisions.other_ranking": (
        _("The ranking does not belong to these ratings."),
        _("Rank the same ratings, on one criterion, and decide then."),
    ),
    "ranking.two_values": (
        _("The same name has two different entries."),
        _("Give every name one entry."),
    ),
    "margins.not_shares": (
        _("The shares of a column do not add up to 1 (here: %(found)s)."),
        _("Give every group its share; together they make 1, or 100 per cent."),
    ),
    "margins.not_a_share": (
        _("“%(found)s” is not a share."),
        _("Write a number from 0 to 1 such as %(expected)s, or per cent from 0 to 100."),
    ),
    "margins.not_a_date": (
        _("“%(found)s” is not a date."),
        _("Write the year the shares are of, such as %(expected)s, or year, month and day."),
    ),
    "margins.unknown_column": (
        _("No column of the answers is named “%(found)s”."),
        _("Columns that divide the people: %(expected)s."),
    ),
    "margins.no_group": (
        _("None of these groups is among the answers: %(found)s."),
        _("Write them as in the file: %(expected)s."),
    ),
    "margins.unknown_group": (
        _("Nobody here can belong to these groups: %(found)s."),
        _("Write groups by key or name; keys: %(expected)s."),
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
}
