"""What people with an account work with, one folder a subject."""

from alpclusters.www.workspace.answers import urlpatterns as answers
from alpclusters.www.workspace.approaches import urlpatterns as approaches
from alpclusters.www.workspace.cafes.urls import urlpatterns as cafes
from alpclusters.www.workspace.cards import urlpatterns as cards
from alpclusters.www.workspace.claims import urlpatterns as claims
from alpclusters.www.workspace.codebook import urlpatterns as codebook
from alpclusters.www.workspace.coding.urls import urlpatterns as coding
from alpclusters.www.workspace.consultations.consultation_pages import urlpatterns as consultations
from alpclusters.www.workspace.dashboard import urlpatterns as dashboard
from alpclusters.www.workspace.desk import urlpatterns as desk
from alpclusters.www.workspace.documents.urls import urlpatterns as documents
from alpclusters.www.workspace.duplicates.deciding import urlpatterns as duplicates
from alpclusters.www.workspace.endorsements import urlpatterns as endorsements
from alpclusters.www.workspace.evaluations import urlpatterns as evaluations
from alpclusters.www.workspace.evidence.corpora import urlpatterns as evidence
from alpclusters.www.workspace.funding_cases.urls import urlpatterns as funding_cases
from alpclusters.www.workspace.funding_entries.urls import urlpatterns as funding_entries
from alpclusters.www.workspace.imports.urls import urlpatterns as imports
from alpclusters.www.workspace.imprint import urlpatterns as imprint
from alpclusters.www.workspace.initiative_imports.urls import urlpatterns as initiative_imports
from alpclusters.www.workspace.initiatives.urls import urlpatterns as initiatives
from alpclusters.www.workspace.introductions.urls import urlpatterns as introductions
from alpclusters.www.workspace.joint import urlpatterns as joint
from alpclusters.www.workspace.lessons.urls import urlpatterns as lessons
from alpclusters.www.workspace.links.urls import urlpatterns as links
from alpclusters.www.workspace.matching.urls import urlpatterns as matching
from alpclusters.www.workspace.measures import urlpatterns as measures
from alpclusters.www.workspace.meetings.urls import urlpatterns as meetings
from alpclusters.www.workspace.missing_texts import urlpatterns as missing_texts
from alpclusters.www.workspace.mixes.urls import urlpatterns as mixes
from alpclusters.www.workspace.monitoring.urls import urlpatterns as monitoring
from alpclusters.www.workspace.network_regions import urlpatterns as network_regions
from alpclusters.www.workspace.people import urlpatterns as people
from alpclusters.www.workspace.persons import urlpatterns as persons
from alpclusters.www.workspace.plan_files import urlpatterns as plan_files
from alpclusters.www.workspace.policy.urls import urlpatterns as policy
from alpclusters.www.workspace.postings.urls import urlpatterns as postings
from alpclusters.www.workspace.profiles.urls import urlpatterns as profiles
from alpclusters.www.workspace.projects import urlpatterns as projects
from alpclusters.www.workspace.recommendations.urls import urlpatterns as recommendations
from alpclusters.www.workspace.regions import urlpatterns as regions
from alpclusters.www.workspace.research import urlpatterns as research
from alpclusters.www.workspace.schemes.urls import urlpatterns as schemes
from alpclusters.www.workspace.second_cafes import urlpatterns as second_cafes
from alpclusters.www.workspace.security_log import urlpatterns as security_log
from alpclusters.www.workspace.stakeholders.urls import urlpatterns as stakeholders

app_name = "workspace"
urlpatterns = [
    *dashboard,
    *desk,
    *documents,
    *duplicates,
    *projects,
    *initiatives,
    *measures,
    *cafes,
    *research,
    *cards,
    *persons,
    *answers,
    *approaches,
    *consultations,
    *endorsements,
    *evaluations,
    *evidence,
    *codebook,
    *funding_cases,
    *funding_entries,
    *imprint,
    *imports,
    *initiative_imports,
    *introductions,
    *lessons,
    *joint,
    *links,
    *matching,
    *meetings,
    *missing_texts,
    *mixes,
    *monitoring,
    *plan_files,
    *policy,
    *postings,
    *recommendations,
    *network_regions,
    *people,
    *profiles,
    *claims,
    *coding,
    *regions,
    *schemes,
    *second_cafes,
    *security_log,
    *stakeholders,
]
