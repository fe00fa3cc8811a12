"""What somebody says of a skill beside its chip: that they need it, have it, do not need it, teach it, or would like it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from kompetanse.linking import Polarity
from kompetanseforum.core.templatetags.ui import ChipChoice
from kompetanseforum.core.text import capital

_BEGINS = "says-"
_NAMES = {
    Polarity.NEED: pgettext_lazy("of a skill", "need"),
    Polarity.HAVE: pgettext_lazy("of a skill", "have"),
    Polarity.NOT_NEEDED: pgettext_lazy("of a skill", "do not need"),
    Polarity.OFFER: pgettext_lazy("of a skill", "offer"),
    Polarity.NICE_TO_HAVE: pgettext_lazy("of a skill", "nice to have"),
}


def says_name(slug: str) -> str:
    """The name of the select beside a skill's chip."""
    return f"{_BEGINS}{slug}"


def says_choice(slug: str, *, label: str, heard: str, said: str) -> ChipChoice:
    """What was heard has an empty value: who changes nothing has said nothing, and new words are heard anew."""
    options = tuple(
        ("" if one == heard else one.value, str(name), one == (said or heard)) for one, name in _NAMES.items()
    )
    about = _("What you say of «%(skill)s»") % {"skill": capital(label)}
    return ChipChoice(name=says_name(slug), label=about, options=options)


def said_of(given: Mapping[str, str]) -> dict[str, str]:
    """What somebody has chosen, by skill; what is no polarity was not sent by us."""
    return {
        name.removeprefix(_BEGINS): value
        for name, value in given.items()
        if name.startswith(_BEGINS) and value in set(Polarity)
    }
