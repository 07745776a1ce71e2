"""What people with an account work with, one folder a subject."""

from alpclusters.www.workspace.answers.urls import urlpatterns as answers
from alpclusters.www.workspace.cafes.urls import urlpatterns as cafes
from alpclusters.www.workspace.cards.urls import urlpatterns as cards
from alpclusters.www.workspace.dashboard.urls import urlpatterns as dashboard
from alpclusters.www.workspace.evaluations.urls import urlpatterns as evaluations
from alpclusters.www.workspace.measures.urls import urlpatterns as measures
from alpclusters.www.workspace.people.urls import urlpatterns as people
from alpclusters.www.workspace.policy.urls import urlpatterns as policy
from alpclusters.www.workspace.projects.urls import urlpatterns as projects

app_name = "workspace"
urlpatterns = [
    *dashboard,
    *projects,
    *measures,
    *cafes,
    *cards,
    *answers,
    *evaluations,
    *policy,
    *people,
]
