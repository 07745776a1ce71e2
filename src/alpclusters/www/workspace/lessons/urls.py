from django.urls import path

from alpclusters.www.workspace.lessons import lesson_list, lesson_page

urlpatterns = [
    path("evidence/lessons/", lesson_list.lessons, name="lessons"),
    path("evidence/lessons/new/", lesson_list.lesson_new, name="lesson-new"),
    path("evidence/lessons/<slug:key>/", lesson_page.lesson, name="lesson"),
    path("evidence/lessons/<slug:key>/edit/", lesson_list.lesson_edit, name="lesson-edit"),
    path("evidence/lessons/<slug:key>/history/", lesson_list.lesson_history, name="lesson-history"),
    path(
        "evidence/lessons/<slug:key>/history/<int:version>/revert/",
        lesson_list.lesson_revert,
        name="lesson-revert",
    ),
]
