"""What skills bring: ESCO's words, the page of a skill, and the import of ESCO."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kompetanseforum.core.capability import Capability, DataFile, Door, Named, OpenData, PersonalData
from kompetanseforum.core.text import capital
from kompetanseforum.skills.actions import forget_judge, load_vocabulary
from kompetanseforum.skills.clients import SOURCE
from kompetanseforum.skills.jobs import look_again
from kompetanseforum.skills.queries import keep_lexicon_ready, named_concepts


def install() -> None:
    load_vocabulary()


def named(slug: str) -> Named | None:
    concepts = named_concepts([slug], language=get_language() or "nb")
    if not concepts:
        return None
    return Named(label=capital(concepts[0].label), url=reverse("skills:skill", kwargs={"slug": slug}))


CAPABILITY = Capability(
    app="skills",
    title=_("Skills"),
    desk=(
        Door(label=_("Bring in ESCO"), url_name="skills:import", order=30, permission="skills.import_esco"),
        Door(label=_("Words and skills"), url_name="skills:linking", order=31, permission="skills.renew_links"),
    ),
    footer=(Door(label=_("How we link words and skills"), url_name="skills:how", order=45),),
    refs={"skill": named},
    panels_offered=("skill.detail",),
    sources=(SOURCE,),
    install=install,
    work=look_again,
    erase=forget_judge,
    warm=keep_lexicon_ready,
    personal_data=(
        PersonalData(
            what=_("Who has said that a skill was understood right or wrong"),
            why=_("So that each has one say, and can change it"),
            kept_for=_("As long as the voice or the offer that it was said of"),
        ),
        PersonalData(
            what=_("The words in a voice that made us think of a skill"),
            why=_("So that everybody can see why a skill stands there"),
            kept_for=_("Until the voice is withdrawn or changed"),
        ),
    ),
    open_data=(
        OpenData(
            label=_("Our own words for skills and occupations"),
            url_name="skills:words",
            description=_(
                "What people in the region call skills and occupations of ESCO, in bokmål, nynorsk and English."
            ),
            files=(DataFile("JSON", "skills:words"),),
        ),
    ),
)
