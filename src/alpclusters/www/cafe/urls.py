"""The phone in the hall: no account, no language in the address."""

from django.urls import path

from alpclusters.www.cafe import commands, joining, rating

app_name = "cafe"
urlpatterns = [
    path("", joining.join_page, name="join"),
    path("profile/", rating.profile, name="profile"),
    path("rate/<int:number>/", rating.rate, name="rate"),
    path("done/", rating.done, name="done"),
    path("command/", commands.command, name="command"),
    path("language/", joining.language, name="language"),
    path("leave/", joining.leave_page, name="leave"),
    path("<str:code>/", joining.enter, name="enter"),
]
