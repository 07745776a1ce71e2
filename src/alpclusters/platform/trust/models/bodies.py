"""The body that answers for the installation: imprint, controller, data protection officer."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import Privacy, about
from alpclusters.platform.languages.text import TranslatedText

ONLY = 1


class ResponsibleBody(models.Model):
    """One row: who runs this installation. What the law asks for is data, never a template."""

    name = about(models.CharField(_("Body"), max_length=200, blank=True), part="plain", public=True)
    representative = about(
        models.CharField(_("Represented by"), max_length=200, blank=True),
        part="plain",
        public=True,
        privacy=Privacy.PERSONAL,
    )
    address = about(
        models.TextField(_("Postal address"), max_length=500, blank=True), part="plain", public=True
    )
    email = about(
        models.EmailField(_("E-mail address"), blank=True),
        part="plain",
        public=True,
        privacy=Privacy.PERSONAL,
    )
    phone = about(
        models.CharField(_("Telephone"), max_length=60, blank=True),
        part="plain",
        public=True,
        privacy=Privacy.PERSONAL,
    )
    register = about(
        models.CharField(_("Register and tax number"), max_length=200, blank=True),
        part="plain",
        public=True,
    )
    supervision = about(
        TranslatedText(_("Supervised by"), max_length=300, blank=True), part="texts", public=True
    )
    officer_name = about(
        models.CharField(_("Data protection officer"), max_length=200, blank=True),
        part="plain",
        public=True,
        privacy=Privacy.PERSONAL,
    )
    officer_email = about(
        models.EmailField(_("E-mail address of the officer"), blank=True),
        part="plain",
        public=True,
        privacy=Privacy.PERSONAL,
    )
    needs_no_officer = about(
        models.BooleanField(
            _("This body does not have to name a data protection officer"), default=False
        ),
        part="plain",
    )
    legal_basis = about(
        TranslatedText(_("Legal basis"), max_length=2000, blank=True), part="texts", public=True
    )
    data_authority = about(
        TranslatedText(_("Data protection authority for complaints"), max_length=300, blank=True),
        part="texts",
        public=True,
    )
    notes = about(
        TranslatedText(_("Further information"), max_length=4000, blank=True),
        part="texts",
        public=True,
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=ONLY), name="one_body_only")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the one row there is."""
        self.pk = ONLY
        super().save(*args, **kwargs)
