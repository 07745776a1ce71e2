from django.urls import path

from alpclusters.www.workspace.introductions import asking, follow_up, lists, outcomes, page

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
        follow_up.introduction_follow_up,
        name="introduction-follow-up",
    ),
    path("introductions/<int:pk>/", page.introduction, name="introduction"),
]
