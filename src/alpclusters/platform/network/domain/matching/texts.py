"""What is compared: profiles, offers and needs as texts, each in its language."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from alpclusters.platform.actors.domain.ecosystems import ecosystem_label
from alpclusters.platform.actors.domain.named_lists import choice_label
from alpclusters.platform.actors.domain.sectors import sector_name
from alpclusters.platform.actors.domain.technologies import technology_label
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE
from alpclusters.platform.network.domain.matching.profiles import Field, Profile, read_field
from alpclusters.platform.network.domain.vectors.texts import Kind, Text
from alpclusters.platform.network.models import Posting

KINDS: Final = {Posting.Kind.NEED.value: Kind.NEED, Posting.Kind.OFFER.value: Kind.OFFER}


def matching_texts(*, is_simulated: bool, now: datetime) -> list[Text]:
    """Return every text that is compared, of real or of simulated organisations."""
    return list(texts_of(read_field(is_simulated=is_simulated, now=now)))


def texts_of(field: Field) -> Iterator[Text]:
    """Write profiles, what they offer, and what is posted."""
    for profile in field.profiles.values():
        yield from profile_texts(profile)
        yield from offer_texts(profile)
    for posting in field.postings:
        text = f"{posting.title}. {posting.text}"
        yield Text(posting_id(posting.pk), KINDS[posting.kind], posting.language, text)


def profile_id(organisation: int) -> str:
    """Return under which name the texts of an organisation are kept."""
    return f"organisation:{organisation}"


def posting_id(posting: int) -> str:
    """Return under which name the text of a posting is kept."""
    return f"posting:{posting}"


def profile_texts(profile: Profile) -> Iterator[Text]:
    """Write a profile in each language it is written in; without a summary, its subjects.

    The names of sectors and technologies are ours in every language, so a profile without a
    summary is still found.
    """
    for language in profile.summaries or {DEFAULT_LANGUAGE: ""}:
        parts = [profile.summaries.get(language, ""), *_subjects(profile, language)]
        text = " ".join(part.strip().rstrip(".") + "." for part in parts if part.strip())
        yield Text(profile_id(profile.organisation), Kind.PROFILE, language, text)


def offer_texts(profile: Profile) -> Iterator[Text]:
    """Write services and offers of a profile, with what it works on, in its languages."""
    if not profile.services and not profile.offers:
        return
    for language in profile.summaries or {DEFAULT_LANGUAGE: ""}:
        given = [choice_label("service", key, language) for key in profile.services]
        given += [choice_label("offer", key, language) for key in profile.offers]
        text = ". ".join([", ".join(given), *_subjects(profile, language)])
        yield Text(profile_id(profile.organisation), Kind.OFFER, language, text)


def _subjects(profile: Profile, language: str) -> list[str]:
    """Name what a profile works on; its own words stand as they were written."""
    names = [sector_name(code, language) for code in profile.sectors]
    for code in sorted(profile.codes):
        kind, _, key = code.partition(":")
        if kind == "technology":
            names.append(technology_label(key, language))
        if kind == "ecosystem":
            names.append(ecosystem_label(key, language))
    return [profile.sector_text, ", ".join(dict.fromkeys(names)), *profile.priorities]
