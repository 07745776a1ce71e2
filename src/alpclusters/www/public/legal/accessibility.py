"""What works without sight, mouse or script, what was tested, and what was not."""

from django.utils.translation import gettext as _

from alpclusters.www.public.legal.parts import Page, Section


def accessibility_page() -> Page:
    """Return the page."""
    return Page(
        _("Accessibility"),
        _("This site is meant to be usable by everybody, on a phone, by keyboard and by ear."),
        [_aim(), _how(), _tested(), _limits(), _report()],
    )


def _aim() -> Section:
    return Section(
        _("The yardstick"),
        [
            _(
                "We build to WCAG 2.2, level AA. By our own assessment the site meets it, apart "
                "from the points below. No outside body has examined it yet."
            )
        ],
    )


def _how() -> Section:
    return Section(
        _("What you can rely on"),
        points=[
            _("Every page works by keyboard, and the focus is always visible."),
            _("Every page works at 320 pixels and with text at twice its size."),
            _("Colour never carries a meaning alone: there is always a word or a shape."),
            _("Every chart has its numbers as a table."),
            _("Pages work without scripts; scripts only add comfort."),
            _("Passages in another language are marked as such."),
            _("Nothing blinks and nothing moves by itself."),
        ],
    )


def _tested() -> Section:
    return Section(
        _("How it is tested"),
        [
            _(
                "A program examines every page in five languages, in two widths and both themes, "
                "for known errors. Contrasts are computed for every pair of colours."
            )
        ],
    )


def _limits() -> Section:
    return Section(
        _("Known limits"),
        points=[
            _("Not yet tested with people who use screen readers."),
            _("French, Italian and Slovenian texts have not been read by native speakers yet."),
            _(
                "The tile map is long to walk through by keyboard; a link leads past it to the "
                "table."
            ),
            _("Texts in plain language do not exist yet."),
        ],
    )


def _report() -> Section:
    return Section(
        _("Something does not work?"),
        [
            _(
                "Tell the operator of this installation what you wanted to do and on which page. "
                "If the answer does not help, the body that enforces accessibility in your country "
                "can be asked."
            )
        ],
    )
