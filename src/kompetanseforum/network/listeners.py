"""What the network does when something has happened below: it hears what an organisation says it knows."""

from kompetanseforum.core.facts import listen
from kompetanseforum.network.actions import link_organisation
from kompetanseforum.organisations.facts import OrganisationPresented


def hear_organisation(fact_id: int, fact: OrganisationPresented) -> None:
    link_organisation(fact.organisation)


def connect() -> None:
    listen(OrganisationPresented, hear_organisation)
