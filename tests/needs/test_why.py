"""The page that tells why a skill stands on a need."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.needs.actions import Said, voice_need
from kompetanseforum.needs.models import Voice
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.skills.actions import judge_link
from kompetanseforum.skills.models import SkillLink

pytestmark = pytest.mark.django_db


def page(client: Client, link: SkillLink) -> str:
    response = client.get(reverse("needs:why", kwargs={"link": link.public_id}))
    assert response.status_code == 200
    return response.content.decode()


def test_it_tells_the_words_what_they_say_how_sure_and_that_nobody_has_judged(client: Client, voice: Voice):
    html = page(client, SkillLink.objects.get())
    assert "Hvorfor «Sveise aluminium»?" in html
    assert "Forumet hørte det i ordene «sveise aluminium»." in html
    assert "At det trengs. Det teller som etterspurt." in html
    assert "Ganske sikkert." in html and "Bare maskinen har sagt det." in html


def test_words_for_members_only_are_not_shown_to_others(client: Client, coordinator: Person, voice: Voice):
    link = SkillLink.objects.get()
    assert "Hos oss må to" not in page(client, link)
    client.force_login(coordinator)
    html = page(client, link)
    assert "Hos oss må to lære å " in html and "<mark>sveise aluminium</mark>" in html


def test_who_has_judged_is_told_without_a_name_and_can_be_taken_back(client: Client, coordinator: Person, voice: Voice):
    link = SkillLink.objects.get()
    judge_link(link=link, by=Ref("person", coordinator.public_id), is_right=True)
    html = page(client, link)
    assert "En i forumet sier at det stemmer." in html and "Ingrid Aasgaard sier" not in html
    assert "Ta tilbake det jeg sa" not in html
    client.force_login(coordinator)
    assert "Ta tilbake det jeg sa" in page(client, link)


def test_the_needs_page_leads_to_it(client: Client, voice: Voice):
    link = SkillLink.objects.get()
    need_page = client.get(reverse("needs:need", kwargs={"public_id": voice.need.public_id})).content.decode()
    assert reverse("needs:why", kwargs={"link": link.public_id}) in need_page


def test_a_link_that_is_not_there_or_of_something_else_is_not_found(client: Client, voice: Voice):
    link = SkillLink.objects.get()
    SkillLink.objects.filter(pk=link.pk).update(whole_kind="offer")
    for public_id in (link.public_id, "0000000000"):
        assert client.get(reverse("needs:why", kwargs={"link": public_id})).status_code == 404


def test_it_asks_few_questions(client: Client, voice: Voice, workshop: Organisation):
    voice_need(said=Said(words="Vi må sveise aluminium", words_are_public=True), by=None, organisation=workshop)
    link = SkillLink.objects.order_by("pk")[1]
    page(client, link)
    with CaptureQueriesContext(connection) as queries:
        page(client, link)
    assert len(queries) <= 20
