"""Mails about calls that fit: who asked for them, and what each person was told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.funding.models.catalogue import Call


class CallAlert(models.Model):
    """A person who wants mails about calls that fit the profiles that the person keeps."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="call_alert"
    )
    since = models.DateTimeField()
    # Day of the last mail; one a week at most.
    sent_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.user}: {self.since:%Y-%m-%d}"


class CallAlertNews(models.Model):
    """What a person was told of a call, or knew when the mails were ordered; once for good."""

    class News(models.TextChoices):
        """What there is to tell."""

        NEW = "new", _("new")
        CLOSING = "closing", _("closes soon")

    alert = models.ForeignKey(CallAlert, on_delete=models.CASCADE, related_name="news")
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="alert_news")
    news = models.CharField(max_length=7, choices=News.choices)
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["alert", "call", "news"], name="call_alert_tells_once")
        ]

    def __str__(self) -> str:
        return f"{self.alert}: {self.call_id} {self.news}"
