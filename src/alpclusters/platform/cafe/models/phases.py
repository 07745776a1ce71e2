"""The phases of an AlpCafé, in the order in which they may come."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    """What the whole room does now."""

    DRAFT = "draft", _("in preparation")
    LOBBY = "lobby", _("arrival")
    PRESENTATION = "presentation", _("presentation")
    SEATING = "seating", _("finding the table")
    TALK = "talk", _("talk at the tables")
    HARVEST = "harvest", _("harvest")
    RATING = "rating", _("rating")
    TOP_THREE = "topthree", _("top three")
    RESULTS = "results", _("results")
    RATING_2 = "rating2", _("second rating")
    RESULTS_2 = "results2", _("results of the second rating")
    FEEDBACK = "feedback", _("feedback")
    CLOSED = "closed", _("closed")
    SEALED = "sealed", _("sealed")


# The round of rating that a phase takes answers for.
RATING_ROUNDS = {Phase.RATING: 1, Phase.TOP_THREE: 1, Phase.RATING_2: 2}


class Block(models.TextChoices):
    """A part of the results that is released by itself."""

    PARTICIPATION = "participation", _("participation")
    TIERS = "tiers", _("tiers")
    GROUPS = "groups", _("groups")
    HEAT = "heat", _("measures by criteria")
    TOP_THREE = "topthree", _("top three")
    CLOUD = "cloud", _("two criteria together")
    COMMENTS = "comments", _("comments")
    CHANGE = "change", _("second rating against the first")


class Screen(models.TextChoices):
    """What the big screen shows."""

    AUTO = "auto", _("what the phase needs")
    JOIN = "join", _("code and QR")
    QUESTION = "question", _("question and timer")
    SEATS = "seats", _("seat finder")
    CARDS = "cards", _("card wall")
    RESULTS = "results", _("released results")
    BLANK = "blank", _("nothing")
