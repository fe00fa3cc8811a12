"""Reads: municipalities, occupation groups and industries."""

from __future__ import annotations

from dataclasses import dataclass, field

from kompetanseforum.codes.models import Industry, MajorGroup, Municipality, OccupationGroup
from kompetanseforum.core.counted import once_a_page


def municipalities(*, county_code: str) -> tuple[Municipality, ...]:
    """The county's municipalities by name. Asked for anew on each page: a dozen rows cost less than a stale one."""
    found = Municipality.objects.filter(county_code=county_code).order_by("name")
    return once_a_page(f"municipalities:{county_code}", lambda: tuple(found))


def municipality_by_code(code: str) -> Municipality | None:
    return Municipality.objects.filter(code=code).first()


@dataclass(slots=True)
class MunicipalityCodes:
    """Name or number → number, for a whole table of rows: asked for once."""

    _codes: dict[str, str] = field(default_factory=dict)

    def find(self, said: str) -> str | None:
        if not self._codes:
            rows = Municipality.objects.values_list("code", "name")
            # Names in two languages stand as "Trondheim - Tråante"; each is one.
            self._codes = {part.strip().casefold(): code for code, name in rows for part in (name, *name.split(" - "))}
            self._codes |= {code: code for code in self._codes.values()}
        return self._codes.get(said.casefold())


def major_groups() -> list[tuple[str, str]]:
    """The first digit of an occupation code, and everyday words for it in the reader's language."""
    return [(group.value, str(group.label)) for group in MajorGroup]


def occupation_group_name(code: str) -> str:
    """What a STYRK-08 code of one to four digits is called: our words for one digit, Statistics Norway's for more.

    Empty for a code that is not here: more digits come with `import_codes`.
    """
    if code in MajorGroup.values:
        return str(MajorGroup(code).label)
    return OccupationGroup.objects.filter(code=code).values_list("name", flat=True).first() or ""


def industry_name(code: str) -> str:
    return Industry.objects.filter(code=code).values_list("name", flat=True).first() or ""
