"""What threads bring: the ties a person has made, in their own copy, and without their name when they leave."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core.capability import Capability, PersonalData
from kompetanseforum.threads.actions import forget_person
from kompetanseforum.threads.queries import threads_tied_by


def personal_copy(person: Ref) -> dict[str, object]:
    return {
        "ties": [
            {
                "upstream": str(edge.upstream),
                "downstream": str(edge.downstream),
                "relation": edge.relation,
                "at": edge.at.isoformat(),
                "why": edge.why,
            }
            for edge in threads_tied_by(person)
        ]
    }


CAPABILITY = Capability(
    app="threads",
    title=_("Threads"),
    personal_copy=personal_copy,
    erase=forget_person,
    personal_data=(
        PersonalData(
            what=_("Who has tied two things together in a thread, and why"),
            why=_("So that one can ask those who did it"),
            kept_for=_("As long as the thread"),
        ),
    ),
)
