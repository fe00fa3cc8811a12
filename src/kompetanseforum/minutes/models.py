"""Minutes and e-mails as they were given, and the sentences in them that seem to voice a need."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanseforum.core.refs import PublicIdField
from kompetanseforum.organisations.models import Organisation


class Source(models.TextChoices):
    PASTED = "pasted", _("Pasted text")
    TEXT = "text", _("Text file")
    WORD = "word", _("Word document")
    PDF = "pdf", _("PDF")
    EMAIL = "email", _("E-mail")
    HERE = "here", _("Written in the forum")


class Minutes(models.Model):
    """One text, kept as evidence of what was said until a coordinator deletes it."""

    public_id = PublicIdField()
    title = models.CharField(max_length=160)
    source = models.CharField(max_length=6, choices=Source)
    file_name = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    # The day of the meeting or the e-mail, when somebody has said it.
    held_on = models.DateField(null=True)
    # The Ref of the meeting it was written at, when it was written here; its needs came up there.
    said_at = models.CharField(max_length=80, blank=True, db_index=True)
    by = models.CharField(max_length=80, blank=True)
    # Made by the browser once per form, so that the same text sent twice is one.
    sending_key = models.CharField(max_length=40, null=True, unique=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-added_at", "-pk"]
        verbose_name_plural = "minutes"

    def __str__(self) -> str:
        return f"minutes:{self.public_id}"


class ProposalState(models.TextChoices):
    WAITING = "waiting"
    TAKEN = "taken"
    JOINED = "joined"
    DROPPED = "dropped"


class Proposal(models.Model):
    """A sentence that seems to voice a need. `start` and `end` are its place in the minutes' text."""

    public_id = PublicIdField()
    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="proposals")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    language = models.CharField(max_length=2, default="nb")
    # [[start, end], …] in the sentence: the words that made it a need.
    causes = models.JSONField(default=list)
    # Whom it names, out of the forum's register; `is_carried`: named in the sentence before.
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="+")
    is_carried = models.BooleanField(default=False)
    state = models.CharField(max_length=7, choices=ProposalState, default=ProposalState.WAITING)
    # What it became: public ids.
    need_id = models.CharField(max_length=40, blank=True)
    voice_id = models.CharField(max_length=40, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["start", "pk"]
        indexes = [
            models.Index(fields=["need_id"], name="proposal_need"),
            models.Index(fields=["minutes", "state"], name="proposal_state"),
        ]

    def __str__(self) -> str:
        return f"proposal:{self.public_id}"

    @property
    def words(self) -> str:
        """The sentence, with the line breaks of the page folded into spaces."""
        return " ".join(self.minutes.text[self.start : self.end].split())
