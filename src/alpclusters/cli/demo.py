"""``alpclusters demo``: create, renew or remove the demonstration project."""

import argparse

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

HELP = _("create or remove the demonstration project (simulated people and ratings)")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the choice between creating anew and removing."""
    parser.add_argument("--remove", action="store_true", help=_("remove it and stop"))


def run(args: argparse.Namespace) -> int:
    """Remove the demonstration project and, unless told otherwise, make it anew."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    configuration = setup_django()
    from alpclusters.platform.operation.demonstration import (
        create_demonstration,
        remove_demonstration,
    )
    from alpclusters.platform.operation.prepare import prepare

    prepare(configuration.home, say=speech.step)
    removed = remove_demonstration()
    if args.remove:
        print(speech.gettext("Demonstration projects removed: %(n)s") % {"n": removed})
        return 0
    project = create_demonstration()
    text = speech.gettext("Demonstration project ready (simulated): %(name)s")
    print(text % {"name": project.acronym})
    return 0
