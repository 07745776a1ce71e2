"""Programmes, calls, offers and their versions; cases and mixes; schemes and policy mixes."""

from alpclusters.platform.funding.models.accounts import ControlLink, DeMinimisAid
from alpclusters.platform.funding.models.alerts import CallAlert, CallAlertNews
from alpclusters.platform.funding.models.catalogue import (
    Call,
    Offer,
    Parameter,
    Programme,
    Provenance,
    Status,
)
from alpclusters.platform.funding.models.mixes import FundingCase, JointRun, MixRun
from alpclusters.platform.funding.models.policy_mix import Budget, Priority
from alpclusters.platform.funding.models.schemes import RegionalScheme, SynchronisedScheme
from alpclusters.platform.funding.models.versions import ChangeProposal, EntryVersion

__all__ = [
    "Budget",
    "Call",
    "CallAlert",
    "CallAlertNews",
    "ChangeProposal",
    "ControlLink",
    "DeMinimisAid",
    "EntryVersion",
    "FundingCase",
    "JointRun",
    "MixRun",
    "Offer",
    "Parameter",
    "Priority",
    "Programme",
    "Provenance",
    "RegionalScheme",
    "Status",
    "SynchronisedScheme",
]
