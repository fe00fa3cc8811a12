"""The edges of all threads: this led to that."""

from __future__ import annotations

from django.db import models
from django.utils.functional import cached_property

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.core.refs import PublicIdField


class Edge(models.Model):
    """`downstream` came after `upstream`. Rows stay: one that was taken back says by whom, when and why."""

    public_id = PublicIdField()
    upstream_kind = models.CharField(max_length=30)
    upstream_id = models.CharField(max_length=40)
    downstream_kind = models.CharField(max_length=30)
    downstream_id = models.CharField(max_length=40)
    relation = models.CharField(max_length=16, choices=[(relation.value, relation.name) for relation in Relation])
    # Who said so, as Ref text; empty for nobody we know.
    by = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    why = models.CharField(max_length=500, blank=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.CharField(max_length=80, blank=True)
    taken_back_why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            # Its index is also the way down.
            models.UniqueConstraint(
                fields=["upstream_kind", "upstream_id", "downstream_kind", "downstream_id", "relation"],
                condition=models.Q(taken_back_at=None),
                name="one_edge_each",
            )
        ]
        indexes = [
            models.Index(
                fields=["downstream_kind", "downstream_id"],
                condition=models.Q(taken_back_at=None),
                name="edge_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.upstream} → {self.downstream}"

    # A long thread asks for its ends again and again.
    @cached_property
    def upstream(self) -> Ref:
        return Ref(self.upstream_kind, self.upstream_id)

    @cached_property
    def downstream(self) -> Ref:
        return Ref(self.downstream_kind, self.downstream_id)
