"""Workplaces, schools and others who speak, offer or answer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanseforum.accounts.models import Person
from kompetanseforum.codes.models import Municipality
from kompetanseforum.core.refs import PublicIdField
from kompetanseforum.forum.models import Cycle


class Sector(models.TextChoices):
    """The quadruple helix, with the social partners on their own."""

    BUSINESS = "business", _("Business")
    EDUCATION = "education", _("Education")
    PUBLIC = "public", _("Public sector")
    SOCIAL_PARTNER = "social_partner", _("Unions and employers")
    VOLUNTARY = "voluntary", _("Voluntary sector")
    RESEARCH = "research", _("Research")
    STUDENT = "student", _("Students and apprentices")


class SizeClass(models.TextChoices):
    """Employees, in the steps of the business register (1–4 are a range there, never a number)."""

    MICRO = "1-4", _("1–4 employees")
    SMALL = "5-19", _("5–19 employees")
    MEDIUM = "20-99", _("20–99 employees")
    LARGE = "100+", _("100 employees or more")


class Organisation(models.Model):
    public_id = PublicIdField()
    name = models.CharField(max_length=160)
    # The key of a Kind.
    kind = models.CharField(max_length=40, default="other")
    sector = models.CharField(max_length=20, choices=Sector, blank=True)
    size = models.CharField(max_length=6, choices=SizeClass, blank=True)
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.PROTECT, related_name="+")
    organisation_number = models.CharField(max_length=9, null=True, unique=True)
    # Its name is a person's: shown to nobody before they have said yes, at this moment.
    is_sole_proprietor = models.BooleanField(default=False)
    name_shared_at = models.DateTimeField(null=True)
    # It wants to be found under "Who is with us", since this moment; until then its page is for its own and the house.
    found_since = models.DateTimeField(null=True)
    # What it knows and would share, in its own words.
    knows = models.TextField(blank=True)
    # One of those that run the forum together: its representatives are of the house.
    runs_forum = models.BooleanField(default=False)
    registered_at = models.DateTimeField()
    # It was found to be the same as another: what was its stands there, and its name and number are in the Joining.
    joined_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["name"], name="organisation_name")]

    def __str__(self) -> str:
        return self.name


class Joining(models.Model):
    """Two organisations were one: what it takes to part them again."""

    public_id = PublicIdField()
    kept = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="joinings")
    joined = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    # What the joined one was called: whoever types it means the kept one.
    name = models.CharField(max_length=160)
    # Rows that were the joined one's: model, field, key.
    moved = models.JSONField(default=list)
    # What both said of themselves before.
    before = models.JSONField(default=dict)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["name"], name="joined_name")]

    def __str__(self) -> str:
        return f"{self.joined_id} into {self.kept_id}"


class Department(models.Model):
    """A part of an organisation, so that silos inside it can be seen too."""

    public_id = PublicIdField()
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="departments")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_department_of_that_name")]

    def __str__(self) -> str:
        return self.name


class Representation(models.Model):
    """A person speaks for an organisation: the person asks, and somebody who knows confirms."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="representations")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="representations")
    department = models.ForeignKey(Department, null=True, on_delete=models.SET_NULL, related_name="+")
    # A spokesperson works elsewhere (an association, an accountant, a union): who there has said yes to it.
    is_spokesperson = models.BooleanField(default=False)
    consent_from = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    # Wants to stand on the organisation's page, since this moment.
    shown_since = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=models.Q(ended_at=None),
                name="one_representation_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.organisation_id}"


class ContactWay(models.TextChoices):
    CALL = "call", _("By phone")
    VISIT = "visit", _("At their place")
    MEETING = "meeting", _("At a meeting")
    EMAIL = "email", _("By e-mail")


class Contact(models.Model):
    """Somebody of the house talked with the organisation: who, when, how, and about what in one line."""

    public_id = PublicIdField()
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contacts")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    # Which part of the house.
    department = models.ForeignKey(Department, null=True, on_delete=models.SET_NULL, related_name="+")
    way = models.CharField(max_length=8, choices=ContactWay)
    on = models.DateField()
    about = models.CharField(max_length=200)
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            # The same form sent twice is one talk.
            models.UniqueConstraint(fields=["organisation", "by", "on", "way", "about"], name="one_row_per_talk")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.on}"


class CycleMember(models.Model):
    """Who takes part in one of the forum's periods: an organisation, somebody who is in the forum, or a name of neither."""

    public_id = PublicIdField()
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE, related_name="in_cycles")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    # As it was written; empty where one of the two is known.
    name = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "organisation"], name="organisation_once_in_a_cycle"),
            models.UniqueConstraint(fields=["cycle", "person"], name="person_once_in_a_cycle"),
            models.UniqueConstraint(
                fields=["cycle", "name"], condition=~models.Q(name=""), name="name_once_in_a_cycle"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.organisation_id or self.person_id or self.name}"


class RegisterUnit(models.Model):
    """What Enhetsregisteret says of a unit in the region. A copy: it comes, changes and goes with the register.

    The name of a sole proprietor, and of a place of work that may be one's, is never here.
    """

    organisation_number = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=160, blank=True)
    # The name in lower case. (A database's own case folding differs for æ, ø and å.)
    searchable = models.CharField(max_length=160, blank=True)
    # The register's code of its legal form: AS, ENK, KOMM, BEDR …
    form = models.CharField(max_length=8)
    industry_code = models.CharField(max_length=8, blank=True)
    kind = models.CharField(max_length=40, default="other")
    sector = models.CharField(max_length=20, choices=Sector, blank=True)
    size = models.CharField(max_length=6, choices=SizeClass, blank=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    # A place of work has the organisation it belongs to.
    is_place = models.BooleanField(default=False)
    parent_number = models.CharField(max_length=9, blank=True, db_index=True)
    is_closing = models.BooleanField(default=False)
    # The import that saw it last.
    seen_by = models.PositiveBigIntegerField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["searchable"], name="unit_name", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.organisation_number


class Register(models.TextChoices):
    """The two halves of Enhetsregisteret."""

    UNITS = "enheter", _("Organisations")
    PLACES = "underenheter", _("Places of work")


class ImportState(models.TextChoices):
    WAITING = "waiting"
    FETCHING = "fetching"
    STORING = "storing"
    DONE = "done"
    FAILED = "failed"


class RegisterImport(models.Model):
    """One half of the register brought in, from a file or from the register itself, and how far it has come."""

    public_id = PublicIdField()
    # Empty until the file has been looked into.
    register = models.CharField(max_length=12, choices=Register, blank=True)
    # Both empty when it is asked for from the register itself.
    file_name = models.CharField(max_length=200, blank=True)
    stored_as = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.WAITING)
    # In percent of the file.
    done = models.PositiveSmallIntegerField(default=0)
    # Code and detail of a kompetanse.brreg.BrregError.
    problem = models.CharField(max_length=40, blank=True)
    problem_detail = models.CharField(max_length=200, blank=True)
    counts = models.JSONField(default=dict)
    by = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-started_at"], name="register_import_newest")]

    def __str__(self) -> str:
        return f"{self.register or self.file_name} {self.state}"


class RegisterCursor(models.Model):
    """How far we have heard the register's list of changes; none of a half that is kept by files alone."""

    register = models.CharField(max_length=12, choices=Register, unique=True)
    last_id = models.PositiveBigIntegerField()
    heard_at = models.DateTimeField()
    # When the register is asked again.
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.register} {self.last_id}"


class Kind(models.Model):
    """An everyday kind of workplace with its article: what others see where the name is not shown."""

    key = models.CharField(max_length=40, unique=True)
    industry_code = models.CharField(max_length=6, blank=True)
    text_nb = models.CharField(max_length=80)
    text_nn = models.CharField(max_length=80)
    text_en = models.CharField(max_length=80)

    class Meta:
        ordering = ["text_nb"]

    def __str__(self) -> str:
        return self.key
