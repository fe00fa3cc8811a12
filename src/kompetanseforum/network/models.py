"""Those who want to be found, and the talks they ask each other for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from kompetanseforum.accounts.models import Person
from kompetanseforum.core.refs import PublicIdField


class Card(models.Model):
    """A person who wants to be found. Each purpose has its own consent, with the moment it was given."""

    public_id = PublicIdField()
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="card")
    # Stands under "Who is with us".
    found_since = models.DateTimeField(null=True)
    # May be asked for a talk.
    askable_since = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"card:{self.public_id}"


class Side(models.TextChoices):
    """What somebody says of a skill: the three ways of being found by it."""

    NEEDS = "needs", pgettext_lazy("of somebody", "Needs")
    OFFERS = "offers", pgettext_lazy("of somebody", "Offers")
    KNOWS = "knows", pgettext_lazy("of somebody", "Knows")


class CardLine(models.Model):
    """What the person needs, offers or knows, in their own words."""

    public_id = PublicIdField()
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="lines")
    side = models.CharField(max_length=6, choices=Side)
    words = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "side"], name="one_line_per_side")]

    def __str__(self) -> str:
        return f"{self.card_id} {self.side}"


class Talk(models.Model):
    """One asks another for a talk. A no is seen by nobody but the one who gives it: to the asker it stays open, and lapses."""

    public_id = PublicIdField()
    asker = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    asked = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    # As long as the asker may not ask again: until it is agreed on or has lapsed, whatever was answered.
    is_open = models.BooleanField(default=True)
    agreed_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    # When the one who is asked was told by e-mail, and how often it was tried.
    told_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asker", "asked"], condition=models.Q(is_open=True), name="one_open_talk_per_pair"
            ),
            models.CheckConstraint(condition=~models.Q(asker=models.F("asked")), name="nobody_asks_themselves"),
        ]

    def __str__(self) -> str:
        return f"talk:{self.public_id}"
