"""Course briefs: needs bundled so that education can answer, who was asked, what they answered, and who can give what."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanseforum.accounts.models import Person
from kompetanseforum.codes.models import Municipality
from kompetanseforum.core.refs import PublicIdField
from kompetanseforum.needs.models import Need
from kompetanseforum.offers.models import Offer
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.skills.models import Concept


class State(models.TextChoices):
    DRAFT = "draft", _("Not sent yet")
    SENT = "sent", _("Sent")
    CLOSED = "closed", _("Closed")


class Level(models.IntegerChoices):
    """Levels of NKR, the same numbers as in EQF."""

    INTRO = 2, _("Introduction (NKR/EQF 2)")
    TRADE = 4, _("Trade certificate level (NKR/EQF 4)")
    COLLEGE = 5, _("Vocational college (NKR/EQF 5)")
    BACHELOR = 6, _("Bachelor's level (NKR/EQF 6)")
    MASTER = 7, _("Master's level (NKR/EQF 7)")


class Delivery(models.TextChoices):
    PLACE = "place", _("At a place")
    ONLINE = "online", _("Online")
    AT_WORK = "at_work", _("At work")


class Time(models.TextChoices):
    DAY = "day", _("Daytime")
    EVENING = "evening", _("Evening")
    GATHERINGS = "gatherings", _("Gatherings")


class Payer(models.TextChoices):
    EMPLOYERS = "employers", _("The workplaces")
    LEARNERS = "learners", _("Those who learn")
    COUNTY = "county", _("The county")
    STATE = "state", _("The state, by a scheme")
    NAV = "nav", _("NAV")
    EDUCATION = "education", _("Education itself")
    SHARED = "shared", _("Several together")


class Language(models.TextChoices):
    NORWEGIAN = "no", _("Norwegian")
    ENGLISH = "en", _("English")
    POLISH = "pl", _("Polish")
    UKRAINIAN = "uk", _("Ukrainian")
    LITHUANIAN = "lt", _("Lithuanian")


class Brief(models.Model):
    public_id = PublicIdField()
    title = models.CharField(max_length=160)
    # What they should be able to do afterwards, in a few sentences.
    about = models.TextField(blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    people = models.PositiveIntegerField(null=True)
    level = models.PositiveSmallIntegerField(choices=Level, null=True)
    starts_from = models.DateField(null=True)
    starts_by = models.DateField(null=True)
    hours_per_week = models.PositiveSmallIntegerField(null=True)
    # Delivery, Time and Language values.
    delivery = models.JSONField(default=list)
    times = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    place = models.ForeignKey(Municipality, null=True, on_delete=models.PROTECT, related_name="+")
    payer = models.CharField(max_length=10, choices=Payer, blank=True)
    # By when those who are asked should answer.
    answer_by = models.DateField(null=True)
    # Who at the forum answers for it; empty once that person is erased.
    owner = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    needs = models.ManyToManyField(Need, through="BriefNeed", related_name="briefs")
    skills = models.ManyToManyField(Concept, related_name="+")
    # Made by the browser once per form, so that the same form sent twice is one brief.
    sending_key = models.CharField(max_length=40, null=True, unique=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-sent_at"], name="brief_newest")]

    def __str__(self) -> str:
        return f"brief:{self.public_id}"


class BriefNeed(models.Model):
    """A need in the bundle, in the order it was chosen."""

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="bundled")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="bundled")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["brief", "need"], name="a_need_once_in_a_brief")]

    def __str__(self) -> str:
        return f"{self.brief_id} {self.need_id}"


class Recipient(models.Model):
    """An educator that was asked. Who has no account answers by the personal link, kept as a hash."""

    public_id = PublicIdField()
    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="recipients")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="nb")
    link_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    # When the letter went, and how often it was tried.
    told_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["brief", "organisation"], name="asked_once")]

    def __str__(self) -> str:
        return f"recipient:{self.public_id}"


class Kind(models.TextChoices):
    """What an educator may answer."""

    ACCEPT = "accept", _("Yes, we can give this")
    ADAPT = "adapt", _("Yes, but otherwise than asked for")
    DECIDING = "deciding", _("It is being decided at our place")
    NO = "no", _("No, because …")


class Reason(models.TextChoices):
    """Why not, so that reasons can be counted; the words beside it say it."""

    ROOMS = "rooms", _("We lack the hall or the equipment")
    TEACHERS = "teachers", _("We lack somebody who can teach it")
    CAPACITY = "capacity", _("We are full")
    MONEY = "money", _("It does not pay its way")
    RULES = "rules", _("We are not allowed to, by rules or mandate")
    TOO_FEW = "too_few", _("They are too few")
    TIME = "time", _("The time is too short")
    OTHER = "other", _("Something else")


class BriefAnswer(models.Model):
    """One answer of one educator. A later one counts; the earlier are kept."""

    public_id = PublicIdField()
    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=8, choices=Kind)
    words = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=8, choices=Reason, blank=True)
    # By when it is decided.
    until = models.DateField(null=True)
    # The offer that answers it, where there is one already.
    offer = models.ForeignKey(Offer, null=True, on_delete=models.SET_NULL, related_name="+")
    # A coordinator wrote it down for them.
    is_reported = models.BooleanField(default=False)
    by = models.CharField(max_length=80, blank=True)
    sending_key = models.CharField(max_length=40, null=True, unique=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.recipient} {self.kind}"


class Gift(models.TextChoices):
    """What somebody can put in."""

    ROOMS = "rooms", _("A hall or a workshop")
    INSTRUCTOR = "instructor", _("An instructor")
    EQUIPMENT = "equipment", _("Equipment")
    MONEY = "money", _("Money")
    TIME = "time", _("Pupils' or apprentices' time")
    OTHER = "other", _("Something else")


class Pledge(models.Model):
    """An organisation says what it can put in, so that several together can give what none can alone."""

    public_id = PublicIdField()
    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="pledges")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    gift = models.CharField(max_length=10, choices=Gift)
    words = models.CharField(max_length=300)
    name_is_public = models.BooleanField(default=False)
    is_reported = models.BooleanField(default=False)
    by = models.CharField(max_length=80, blank=True)
    sending_key = models.CharField(max_length=40, null=True, unique=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"pledge:{self.public_id}"
