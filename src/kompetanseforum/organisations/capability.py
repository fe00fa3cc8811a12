from django.utils.translation import gettext_lazy as _

from kompetanseforum.core.capability import Capability

CAPABILITY = Capability(app="organisations", title=_("organisations"))
