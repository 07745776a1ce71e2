"""The phone in the hall: no account, no language in the address."""

from django.urls import path

from alpclusters.www.cafe import became, joining, rating, refusals, screens, shell, walls
from alpclusters.www.cafe import rating as further
from alpclusters.www.cafe import walls as uploads
from alpclusters.www.cafe.host.table_page import urlpatterns as host

app_name = "cafe"
urlpatterns = [
    path("", joining.join_page, name="join"),
    path("profile/", rating.profile, name="profile"),
    path("rate/<int:number>/", rating.rate, name="rate"),
    path("done/", rating.done, name="done"),
    path("now/", rating.now, name="now"),
    path("further/<int:pk>/", further.further, name="further"),
    path("here/<int:pk>/", shell.here, name="here"),
    path("due/<int:pk>/", refusals.due, name="due"),
    path("late/<int:pk>/", refusals.late, name="late"),
    path("worker.js", shell.worker, name="worker"),
    path("language/", joining.language, name="language"),
    path("leave/", joining.leave_page, name="leave"),
    path("cards/<int:pk>.json", walls.cards, name="cards"),
    path("photo/", uploads.photo, name="photo"),
    path("photo/<str:name>", walls.photo_file, name="photo_file"),
    path("screen/", screens.screen_door, name="screen_door"),
    path("screen/<int:pk>/", screens.screen, name="screen"),
    path("results/<int:pk>.json", screens.results, name="results"),
    *host,
    path("became/<int:pk>/", became.became, name="became"),
    path("<str:code>/", joining.enter, name="enter"),
]
