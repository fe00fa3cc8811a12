"""ESCO concepts with labels in many languages, and links from anybody's words to a concept."""

from __future__ import annotations

from django.db import models

from kompetanseforum.core.refs import PublicIdField


class Edition(models.Model):
    """One import of the classification: which version, which language, from which file."""

    version = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    # What it changed of an older version that was here (actions.versions).
    changes = models.JSONField(default=dict)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "language", "sha256"], name="one_row_per_file")]

    def __str__(self) -> str:
        return f"ESCO {self.version} {self.language}"


class ConceptKind(models.TextChoices):
    SKILL = "skill"
    OCCUPATION = "occupation"
    SKILL_GROUP = "skill_group"
    ISCO_GROUP = "isco_group"


class Concept(models.Model):
    uri = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=ConceptKind)
    # ESCO's own code of an occupation (8121.4) or a group (S1.2); skills have none.
    code = models.CharField(max_length=30, blank=True)
    # The four digits of ISCO-08 that an occupation belongs to.
    isco_group = models.CharField(max_length=4, blank=True)
    # The newest version of ESCO known to have it.
    version = models.CharField(max_length=20, blank=True)
    # Left out of newer versions: kept for old links, no longer suggested.
    is_obsolete = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["kind", "isco_group"], name="concept_isco")]

    def __str__(self) -> str:
        return self.uri

    @property
    def slug(self) -> str:
        """The last part of the URI: how the concept stands in our addresses."""
        return self.uri.rsplit("/", 1)[-1]


class LabelRevision(models.Model):
    """Which labels the tables hold: one row whose token changes with them, so that a linker knows when it is old.

    The token is made of the contents, not of a counter: the same labels have the same token everywhere.
    """

    token = models.CharField(max_length=64)
    # Changes with what came from files alone, and not with the words people here have confirmed.
    source = models.CharField(max_length=64, blank=True)
    # The public id of the index that is live; empty: words are matched without one.
    index = models.CharField(max_length=20, blank=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_label_revision")]

    def __str__(self) -> str:
        return self.token


class LabelRole(models.TextChoices):
    LABEL = "label"
    EVERYDAY = "everyday"
    ALTERNATIVE = "alternative"


class LabelOrigin(models.TextChoices):
    OFFICIAL = "official"
    LOCAL = "local"
    MACHINE = "machine"
    # Two people here have said, each on their own, that the words mean it.
    CONFIRMED = "confirmed"


class Label(models.Model):
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="labels")
    language = models.CharField(max_length=8)
    role = models.CharField(max_length=12, choices=LabelRole)
    origin = models.CharField(max_length=10, choices=LabelOrigin)
    text = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concept", "language", "role", "origin", "text"], name="one_label"),
            models.UniqueConstraint(
                fields=["concept", "language", "origin"], condition=models.Q(role="label"), name="one_preferred_label"
            ),
        ]
        indexes = [models.Index(fields=["language", "role"], name="label_language")]

    def __str__(self) -> str:
        return self.text


class OccupationSkill(models.Model):
    """The skill is essential or optional in the occupation (ESCO's terms)."""

    occupation = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="occupation_skills")
    skill = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="skill_occupations")
    is_essential = models.BooleanField()
    origin = models.CharField(max_length=10, choices=LabelOrigin)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["occupation", "skill"], name="one_occupation_skill")]

    def __str__(self) -> str:
        return f"{self.occupation_id} → {self.skill_id}"


class Broader(models.Model):
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="broader")
    broader = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="narrower")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concept", "broader"], name="one_broader")]

    def __str__(self) -> str:
        return f"{self.concept_id} < {self.broader_id}"


class LinkOrigin(models.TextChoices):
    MACHINE = "machine"
    PERSON = "person"


class SkillLink(models.Model):
    """Words somewhere mean a concept: which words, how sure, said by whom.

    The subject is what the words stand in (a voice, a learning outcome); the whole is what it belongs to
    (the need, the offer). Both are Refs in two columns, so they can be filtered by.
    """

    public_id = PublicIdField()
    subject_kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=40)
    whole_kind = models.CharField(max_length=30)
    whole_id = models.CharField(max_length=40)
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="links")
    # [[start, end], …] in characters of the subject's words; empty when a person added it without words.
    causes = models.JSONField(default=list)
    # The same as words, so that a judged link is found again when the text around them has changed.
    cause_words = models.JSONField(default=list)
    score = models.FloatField()
    # need, have, not_needed, offer, nice_to_have (kompetanse.linking.Polarity)
    polarity = models.CharField(max_length=12)
    origin = models.CharField(max_length=8, choices=LinkOrigin)
    # Sums of the verdicts below, kept with them.
    confirmed_by = models.PositiveSmallIntegerField(default=0)
    rejected_by = models.PositiveSmallIntegerField(default=0)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "concept"], name="one_link_per_concept")
        ]
        indexes = [
            models.Index(fields=["whole_kind", "whole_id"], name="link_whole"),
            models.Index(fields=["concept", "whole_kind"], name="link_concept"),
            # All that counting how many wholes ask for each concept looks at.
            models.Index(
                fields=["whole_kind", "concept", "whole_id", "polarity", "rejected_by", "confirmed_by"],
                name="link_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id} → {self.concept_id}"

    @property
    def is_rejected(self) -> bool:
        return self.rejected_by > self.confirmed_by

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_by > 0 and not self.is_rejected


class LinkVerdict(models.Model):
    """One person or link holder says whether a link is right."""

    link = models.ForeignKey(SkillLink, on_delete=models.CASCADE, related_name="verdicts")
    by = models.CharField(max_length=80)
    is_right = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "by"], name="one_verdict_each")]

    def __str__(self) -> str:
        return f"{self.link_id} {'+' if self.is_right else '-'}"


class LocalWord(models.Model):
    """Words that two people here, independently, have said mean a concept; a label is made of them, and can be taken back."""

    public_id = PublicIdField()
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="local_words")
    language = models.CharField(max_length=8)
    # As it was written, in small letters.
    text = models.CharField(max_length=120)
    # The link whose confirmation made it: its page tells why.
    link = models.ForeignKey(SkillLink, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    # A coordinator said no: it is not made again.
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concept", "language", "text"], name="one_local_word")]

    def __str__(self) -> str:
        return f"{self.text} → {self.concept_id}"


class IndexState(models.TextChoices):
    WAITING = "waiting"
    BUILDING = "building"
    LIVE = "live"
    PAST = "past"
    REFUSED = "refused"
    FAILED = "failed"


class LinkingIndex(models.Model):
    """An index of all concepts, built from the tables into the data folder under its public id; at most one is live."""

    public_id = PublicIdField()
    # The label revision's source that it was built from, and the format of its files.
    source = models.CharField(max_length=64)
    format = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=IndexState, default=IndexState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    concepts = models.PositiveIntegerField(default=0)
    # On the frozen set: texts, mrr and rp5 in per cent; before: of what was live then.
    figures = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    problem = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=models.Q(state="live"), name="one_live_index")
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"


class RelinkState(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"


class Relinking(models.Model):
    """All words heard anew, after new labels or a new index; how far it has come, and how much it changed."""

    public_id = PublicIdField()
    state = models.CharField(max_length=10, choices=RelinkState, default=RelinkState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # How many links came, went and got another polarity; how many that people have judged were kept.
    came = models.PositiveIntegerField(default=0)
    went = models.PositiveIntegerField(default=0)
    turned = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    by = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"


class RelinkChange(models.Model):
    """One difference that a relinking made: a link that came, one that went, or one that says something else."""

    relinking = models.ForeignKey(Relinking, on_delete=models.CASCADE, related_name="changes")
    subject_kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=40)
    whole_kind = models.CharField(max_length=30)
    whole_id = models.CharField(max_length=40)
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="+")
    # Polarity; empty where there was, or is, no link.
    was = models.CharField(max_length=12, blank=True)
    now = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["relinking", "subject_kind", "subject_id", "concept"], name="one_change_per_link"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id} {self.was or '–'} → {self.now or '–'}"


class ImportState(models.TextChoices):
    WAITING = "waiting"
    READING = "reading"
    STORING = "storing"
    DONE = "done"
    UNCHANGED = "unchanged"
    FAILED = "failed"


class EscoUpload(models.Model):
    """An ESCO file that a coordinator sent, or a fetching from ESCO's open API; and how far its import has come."""

    public_id = PublicIdField()
    file_name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=300)
    version = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # Code and detail of a kompetanse.esco.EscoFileError.
    problem = models.CharField(max_length=40, blank=True)
    problem_detail = models.CharField(max_length=200, blank=True)
    counts = models.JSONField(default=dict)
    # ESCO's codes of the languages that are fetched from the API; empty for a file.
    languages = models.JSONField(default=list)
    # Times in a row that ESCO did not answer, and when it is asked again.
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=80, blank=True)
    uploaded_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["uploaded_at"], name="upload_at")]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class EscoPageRow(models.Model):
    """A page fetched from ESCO's open API: what is here is not asked for again when the fetching was interrupted."""

    upload = models.ForeignKey(EscoUpload, on_delete=models.CASCADE, related_name="pages")
    scheme = models.CharField(max_length=20)
    offset = models.PositiveIntegerField()
    # Concepts on the page, and in all as ESCO said then.
    count = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    rows = models.JSONField()

    class Meta:
        db_table = "skills_escopage"
        ordering = ["scheme", "offset"]
        constraints = [models.UniqueConstraint(fields=["upload", "scheme", "offset"], name="one_row_per_page")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.offset}"


class EscoWatch(models.Model):
    """Whether ESCO is asked each week for a newer version, in which languages, and what it said last; one row."""

    languages = models.JSONField(default=list)
    is_on = models.BooleanField(default=True)
    next_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    newest = models.CharField(max_length=20, blank=True)
    problem = models.CharField(max_length=40, blank=True)
    problem_detail = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.newest} {self.asked_at}"
