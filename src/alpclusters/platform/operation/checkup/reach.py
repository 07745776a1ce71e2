"""How people reach the site and the site reaches them: mail, address, imprint, the log."""

from collections.abc import Iterator
from gettext import NullTranslations

from alpclusters.platform.configuration import Configuration
from alpclusters.platform.operation.checkup.lines import Check, State


def mail(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Look whether mail can be sent."""
    if not configuration.mail.host:
        remedy = texts.gettext("Set ALPCLUSTERS_SMTP_URL so that sign-in codes reach people.")
        finding = texts.gettext("Mail is printed to the console")
        yield Check("mail", "warning", finding, remedy)
        return
    yield from _reach_mail(configuration, texts)


def _reach_mail(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    import socket  # noqa: PLC0415

    place = f"{configuration.mail.host}:{configuration.mail.port}"
    try:
        with socket.create_connection((configuration.mail.host, configuration.mail.port), 5):
            yield Check("mail", "ok", place)
    except OSError as error:
        remedy = texts.gettext("Check ALPCLUSTERS_SMTP_URL and the network.")
        yield Check("mail", "error", f"{place}: {error}", remedy)


def address(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Look whether the address is safe."""
    if configuration.is_secure:
        yield Check("address", "ok", configuration.address)
        return
    remedy = texts.gettext(
        "Fine in a hall's own network; on the internet put an https proxy in front and set "
        "ALPCLUSTERS_ADDRESS."
    )
    finding = texts.gettext("%(address)s is not encrypted") % {"address": configuration.address}
    yield Check("address", "warning", finding, remedy)


def debug(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Warn of the mode for developers."""
    if not configuration.debug:
        return
    finding = texts.gettext("ALPCLUSTERS_DEBUG is on: errors show code, settings and data")
    remedy = texts.gettext("Remove ALPCLUSTERS_DEBUG once the fault is found.")
    state: State = "error" if configuration.debugs_in_public else "warning"
    yield Check("debug", state, finding, remedy)


def imprint(configuration: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Look whether the imprint names who answers for the site."""
    from django.db.utils import DatabaseError  # noqa: PLC0415 - settings may be unreadable
    from django.utils.translation import override  # noqa: PLC0415 - likewise

    from alpclusters.platform.fields import label_of  # noqa: PLC0415 - likewise
    from alpclusters.platform.trust.domain.bodies import (  # noqa: PLC0415 - likewise
        missing_of,
        responsible_body,
    )

    try:
        body = responsible_body()
    except DatabaseError:
        return  # the table is not there yet; the database's own check says so
    missing = missing_of(body)
    if not missing:
        yield Check("imprint", "ok", texts.gettext("Imprint: %(name)s") % {"name": body.name})
        return
    with override(texts.info().get("language") or "en"):
        labels = [label_of(body, name) for name in missing]
    finding = texts.gettext("The imprint is not complete: %(fields)s") % {
        "fields": ", ".join(labels)
    }
    remedy = texts.gettext("Fill it in as administrator: workspace, “Imprint and data protection”.")
    state: State = "error" if configuration.is_public else "warning"
    yield Check("imprint", state, finding, remedy)


def security_log(_: Configuration, texts: NullTranslations) -> Iterator[Check]:
    """Tell what the log of security says of the last days."""
    from django.db.utils import DatabaseError  # noqa: PLC0415 - settings may be unreadable

    from alpclusters.platform.trust.domain.log import verify  # noqa: PLC0415 - likewise

    try:
        found = verify()
    except DatabaseError:
        return  # the table is not there yet; the database's own check says so
    if found.fault:
        finding = texts.gettext("The security log was changed after entry %(n)s") % {"n": found.n}
        remedy = texts.gettext(
            "Somebody changed the database past the program. Keep a copy of it and find out who."
        )
        yield Check("security_log", "error", finding, remedy)
        return
    finding = texts.ngettext(
        "Security log: %(n)s entry, unchanged", "Security log: %(n)s entries, unchanged", found.n
    ) % {"n": found.n}
    yield Check("security_log", "ok", finding)
