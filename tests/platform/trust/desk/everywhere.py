"""A town with at least one row in every table that holds something personal."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Person, SavedSearch
from alpclusters.platform.cafe.models import AlpCafe, Entry, Protocol, ProtocolHost
from alpclusters.platform.evidence.models import Activity, Code, Codebook, Settlement
from alpclusters.platform.funding.models import CallAlert, ControlLink, DeMinimisAid
from alpclusters.platform.network.models import Digest
from alpclusters.platform.operation.models import QueuedMail
from alpclusters.platform.policy.models import EditDraft, TextReview
from alpclusters.platform.trust.domain.log import Kind, record
from alpclusters.platform.trust.models import ErasureCertificate, ResponsibleBody
from tests.factories.evaluation import NOW
from tests.factories.stakeholders import make_body, make_person
from tests.town import build_town


def build_everywhere(user: User) -> Person:
    """Build it; return the contact of the person."""
    build_town(1)
    _of_the_account(user)
    _of_others()
    record(Kind.SIGNED_IN, actor=user, about=user, network="203.0.113.9")
    person = make_person(make_body())
    Person.objects.filter(pk=person.pk).update(user=user)
    person.refresh_from_db()
    return person


def _of_the_account(user: User) -> None:
    address = EmailAddress.objects.create(user=user, email=user.email, primary=True)
    EmailConfirmation.create(address).save()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    QueuedMail.objects.create(
        recipients=[user.email], content=user.email.encode(), created_at=NOW, next_try_at=NOW
    )
    SavedSearch.objects.create(user=user, name="larch", query="q=larch", made_at=NOW)
    Digest.objects.create(user=user, since=NOW, sent_until=NOW)
    CallAlert.objects.create(user=user, since=NOW)
    EditDraft.objects.create(
        user=user, thing="plan", thing_id=1, base_version=1, values={"a": user.email}, saved_at=NOW
    )


def _of_others() -> None:
    cafe = AlpCafe.objects.order_by("pk").first()
    Entry.objects.create(cafe=cafe, number=900, command="open", at=NOW)
    protocol = Protocol.objects.create(cafe=cafe, number=900, data={}, made_at=NOW)
    ProtocolHost.objects.create(protocol=protocol, table=1, name="x")
    Code.objects.create(
        codebook=Codebook.objects.first(), field="scope", key="larch", label="x", definition="x"
    )
    Settlement.objects.create(activity=Activity.objects.first(), field="larch", made_at=NOW)
    TextReview.objects.create(
        thing="plan", thing_id=1, field="title", language="de", reviewed_at=NOW
    )
    body, day = make_body(), NOW.date()
    DeMinimisAid.objects.create(
        organisation=body, state="AT", granted_on=day, amount_ct=100, read_on=day
    )
    ControlLink.objects.create(organisation=body, controlled_by=make_body())
    ErasureCertificate.objects.create(made_at=NOW, tables=[], left={"tables": {}})
    ResponsibleBody.objects.create(name="Agency")
