"""What codes bring: municipalities, occupation groups and industries that others refer to."""

from django.utils.translation import gettext_lazy as _

from kompetanseforum.codes.actions import load_builtin_municipalities
from kompetanseforum.core.capability import Capability

CAPABILITY = Capability(
    app="codes",
    title=_("Codes"),
    install=load_builtin_municipalities,
)
