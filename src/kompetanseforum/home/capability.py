"""What home brings: the quiet links at the foot."""

from django.utils.translation import gettext_lazy as _

from kompetanseforum.core.capability import Capability, Door

CAPABILITY = Capability(
    app="home",
    title=_("Front page"),
    doors=(Door(label=_("The desk"), url_name="home:desk", order=5, permission="forum.see_desk"),),
    desk=(Door(label=_("Who has done what: the log"), url_name="home:log", order=90, permission="home.see_log"),),
    panels_offered=("front.detail", "home.open_data"),
    footer=(
        Door(label=_("Open data"), url_name="home:open_data", order=10),
        Door(label=_("Privacy"), url_name="home:privacy", order=20),
        Door(label=_("Accessibility"), url_name="home:accessibility", order=30),
    ),
)
