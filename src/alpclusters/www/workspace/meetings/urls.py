from django.urls import path

from alpclusters.www.workspace.meetings import attending, day, days, planning
from alpclusters.www.workspace.meetings import attending as after
from alpclusters.www.workspace.meetings import attending as wishing
from alpclusters.www.workspace.meetings import day as files
from alpclusters.www.workspace.meetings import day as inviting
from alpclusters.www.workspace.meetings import planning as moving

urlpatterns = [
    path("meetings/", days.meeting_days, name="meeting-days"),
    path("meetings/new/", days.meeting_day_new, name="meeting-day-new"),
    path("meetings/<int:pk>/", day.meeting_day, name="meeting-day"),
    path("meetings/<int:pk>/edit/", days.meeting_day_edit, name="meeting-day-edit"),
    path("meetings/<int:pk>/invite/", inviting.meeting_invite, name="meeting-invite"),
    path(
        "meetings/<int:pk>/attend/<int:organisation>/",
        attending.meeting_attend,
        name="meeting-attend",
    ),
    path(
        "meetings/<int:pk>/wishes/<int:organisation>/",
        wishing.meeting_wishes,
        name="meeting-wishes",
    ),
    path("meetings/<int:pk>/plan/", planning.meeting_plan, name="meeting-plan"),
    path(
        "meetings/<int:pk>/plan/progress.json", planning.meeting_progress, name="meeting-progress"
    ),
    path("meetings/<int:pk>/plan/<int:meeting>/move/", moving.meeting_move, name="meeting-move"),
    path("meetings/<int:pk>/after/", after.meeting_after, name="meeting-after"),
    path("meetings/<int:pk>/files/<str:what>.<str:kind>", files.meeting_file, name="meeting-file"),
    path(
        "meetings/<int:pk>/own/<int:organisation>.<str:kind>",
        files.meeting_own_file,
        name="meeting-own-file",
    ),
    path("meetings/calendar/<str:token>.ics", files.meeting_calendar, name="meeting-calendar"),
]
