from django.urls import path

from alpclusters.www.workspace.lessons import history, lists, page, writing

urlpatterns = [
    path("evidence/lessons/", lists.lessons, name="lessons"),
    path("evidence/lessons/new/", writing.lesson_new, name="lesson-new"),
    path("evidence/lessons/<slug:key>/", page.lesson, name="lesson"),
    path("evidence/lessons/<slug:key>/edit/", writing.lesson_edit, name="lesson-edit"),
    path("evidence/lessons/<slug:key>/history/", history.lesson_history, name="lesson-history"),
    path(
        "evidence/lessons/<slug:key>/history/<int:version>/revert/",
        history.lesson_revert,
        name="lesson-revert",
    ),
]
