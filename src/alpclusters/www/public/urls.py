"""What a visitor sees, one folder a subject."""

from alpclusters.www.public.approaches import urlpatterns as approaches
from alpclusters.www.public.cafes.urls import urlpatterns as cafes
from alpclusters.www.public.codebook import urlpatterns as codebook
from alpclusters.www.public.consultations import urlpatterns as consultations
from alpclusters.www.public.directory.views import urlpatterns as directory
from alpclusters.www.public.endorsements import urlpatterns as endorsements
from alpclusters.www.public.evaluations.views import urlpatterns as evaluations
from alpclusters.www.public.evidence_data import urlpatterns as evidence_data
from alpclusters.www.public.files import urlpatterns as files
from alpclusters.www.public.fitting.fitting_pages import urlpatterns as fitting
from alpclusters.www.public.funding.views import urlpatterns as funding
from alpclusters.www.public.home.home_page import urlpatterns as home
from alpclusters.www.public.initiatives.views import urlpatterns as initiatives
from alpclusters.www.public.lasting.lasting_page import urlpatterns as lasting
from alpclusters.www.public.legal.privacy import urlpatterns as legal
from alpclusters.www.public.lessons.views import urlpatterns as lessons
from alpclusters.www.public.map.map_page import urlpatterns as directory_map
from alpclusters.www.public.measures.measure_pages import urlpatterns as measures
from alpclusters.www.public.monitoring.kept_reports import urlpatterns as monitoring
from alpclusters.www.public.network.views import urlpatterns as network
from alpclusters.www.public.organisations.organisation_page import urlpatterns as organisations
from alpclusters.www.public.plans.views import urlpatterns as plans
from alpclusters.www.public.postings.posting_page import urlpatterns as postings
from alpclusters.www.public.projects import urlpatterns as projects
from alpclusters.www.public.recommendations.recommendation_pages import (
    urlpatterns as recommendations,
)
from alpclusters.www.public.regions.views import urlpatterns as regions
from alpclusters.www.public.reporting import urlpatterns as reporting
from alpclusters.www.public.research import urlpatterns as research
from alpclusters.www.public.rulebooks import urlpatterns as rulebooks
from alpclusters.www.public.sources.source_pages import urlpatterns as sources
from alpclusters.www.public.synergies.views import urlpatterns as synergies
from alpclusters.www.public.synthesis.synthesis_page import urlpatterns as synthesis
from alpclusters.www.public.trails import urlpatterns as trails

app_name = "public"
urlpatterns = [
    *home,
    *files,
    # Before plans, whose addresses end in a format.
    *fitting,
    *synthesis,
    *synergies,
    *codebook,
    # Before the directory, whose addresses end in any word.
    *directory_map,
    *directory,
    *organisations,
    *measures,
    *monitoring,
    *network,
    *projects,
    *regions,
    *reporting,
    *cafes,
    *research,
    *approaches,
    *consultations,
    *endorsements,
    *evaluations,
    *funding,
    *rulebooks,
    *plans,
    *postings,
    *recommendations,
    *evidence_data,
    *initiatives,
    *lessons,
    *lasting,
    *sources,
    *trails,
    *legal,
]
