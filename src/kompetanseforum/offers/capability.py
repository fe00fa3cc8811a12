"""What offers bring: a door, names of offers and outcomes, skills' "taught here", open data and the demo's offers."""

from django.utils.translation import gettext_lazy as _

from kompetanseforum.core.capability import Capability

CAPABILITY = Capability(app="offers", title=_("Offers"))
