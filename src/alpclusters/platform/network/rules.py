"""Who may speak for an organisation in the network, moderate, and plan meetings."""

from django.db.models import Q, QuerySet

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.accounts.rights import add_right
from alpclusters.platform.actors.models import Claim, Organisation
from alpclusters.platform.actors.rules import coordinates, is_coordinator
from alpclusters.platform.network.models import (
    Attendance,
    Introduction,
    Link,
    MeetingDay,
    Posting,
)
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.roles import Person, holds, is_administrator, project_ids


def speaks_for(user: Person, organisation: Organisation) -> bool:
    """Say whether a person keeps the profile of an organisation by an approved claim."""
    if not isinstance(user, User) or not user.is_active:
        return False
    approved = Claim.objects.filter(state=Claim.State.APPROVED, user=user)
    return approved.filter(cluster__organisation=organisation).exists()


def spoken_for_by(user: Person) -> QuerySet[Organisation]:
    """List the organisations for which a person may speak, by name."""
    if not isinstance(user, User) or not user.is_active:
        return Organisation.objects.none()
    kept = Q(cluster__claims__user=user, cluster__claims__state=Claim.State.APPROVED)
    return Organisation.objects.filter(kept, merged_into=None).distinct().order_by("name", "pk")


def speakers_of(organisation: Organisation) -> QuerySet[User]:
    """List who speaks for an organisation; the mails of the network go to them."""
    approved = Q(claims__state=Claim.State.APPROVED, claims__cluster__organisation=organisation)
    return User.objects.filter(approved, is_active=True).distinct().order_by("pk")


def may_speak_for(user: Person, organisation: Organisation | None) -> bool:
    """Its manager with an approved claim, coordinators of its region, administrators."""
    if organisation is None:
        return spoken_for_by(user).exists() or is_coordinator(user)
    return speaks_for(user, organisation) or coordinates(user, organisation)


def may_see_link(user: Person, link: Link | None) -> bool:
    """Speakers and coordinators of either side."""
    if link is None:
        return may_speak_for(user, None)
    return may_speak_for(user, link.first) or may_speak_for(user, link.second)


def may_confirm_link(user: Person, link: Link | None) -> bool:
    """Speakers of the side that did not enter it; never a coordinator in their place."""
    if link is None or link.entered_for_id is None:
        return False
    other = link.second if link.entered_for_id == link.first_id else link.first
    return speaks_for(user, other)


def may_refuse_link(user: Person, link: Link | None) -> bool:
    """Speakers of the side that did not enter it; of a derived one, speakers of either side."""
    if link is None or link.entered_for_id is not None:
        return may_confirm_link(user, link)
    return speaks_for(user, link.first) or speaks_for(user, link.second)


def may_see_introductions(user: Person) -> bool:
    """Speakers of an organisation; each sees those of its own, a message is nobody else's."""
    return spoken_for_by(user).exists()


def may_answer_introduction(user: Person, introduction: Introduction | None) -> bool:
    """Speakers of the side that was asked."""
    return introduction is not None and speaks_for(user, introduction.asked)


def may_change_posting(user: Person, posting: Posting | None) -> bool:
    """Speakers and coordinators of the organisation that posts."""
    return may_speak_for(user, posting.organisation if posting else None)


def may_moderate(user: Person, posting: Posting | None) -> bool:
    """Coordinators of the region of the organisation that posts, administrators."""
    if posting is None:
        return is_coordinator(user)
    return coordinates(user, posting.organisation)


def may_plan_meetings(user: Person, project: Project | None) -> bool:
    """Coordinators and facilitators of the project, administrators."""
    if is_administrator(user):
        return True
    roles = (Role.ADMINISTRATOR, Role.PARTNER_COORDINATOR, Role.FACILITATOR)
    if project is None:
        return project_ids(user, *roles) != []
    return holds(user, *roles, project_id=project.pk)


def may_see_meeting_day(user: Person, day: MeetingDay | None) -> bool:
    """Who plans it, and who speaks for an organisation that takes part."""
    if day is None:
        return may_plan_meetings(user, None) or spoken_for_by(user).exists()
    if may_plan_meetings(user, day.project):
        return True
    return Attendance.objects.filter(day=day, organisation__in=spoken_for_by(user)).exists()


add_right("network.speak_for", may_speak_for)
add_right("network.view_link", may_see_link)
add_right("network.view_introductions", may_see_introductions)
add_right("network.answer_introduction", may_answer_introduction)
add_right("network.change_posting", may_change_posting)
add_right("network.moderate_postings", may_moderate)
add_right("network.plan_meetings", may_plan_meetings)
add_right("network.view_meeting_day", may_see_meeting_day)
add_right("network.view_outcomes", is_coordinator)
add_right("network.view_small_cells", is_coordinator)
