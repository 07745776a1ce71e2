from django.urls import path

from alpclusters.www.workspace.introductions import asking, introduction_page, outcomes
from alpclusters.www.workspace.introductions import asking as lists

urlpatterns = [
    path("introductions/", lists.introductions, name="introductions"),
    path(
        "introductions/ask/<int:organisation>/<int:other>/",
        asking.introduction_ask,
        name="introduction-ask",
    ),
    path("introductions/outcomes/", outcomes.outcomes, name="introduction-outcomes"),
    path(
        "introductions/follow-up/<str:token>/",
        introduction_page.introduction_follow_up,
        name="introduction-follow-up",
    ),
    path("introductions/<int:pk>/", introduction_page.introduction, name="introduction"),
]
