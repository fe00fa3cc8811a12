"""Small ESCO files as the Commission writes them, for tests."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

BASE = "http://data.europa.eu/esco"
WELD = f"{BASE}/skill/0001"
PLAN = f"{BASE}/skill/0002"
WELDER = f"{BASE}/occupation/1001"
METAL = f"{BASE}/skill/S7.1"
CRAFT = f"{BASE}/isco/C7212"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def skills(*rows: tuple[str, str, str]) -> str:
    """(uri, preferred label, alternative labels parted by newlines), in the columns of 1.1.1."""
    header = [
        "conceptType",
        "conceptUri",
        "skillType",
        "reuseLevel",
        "preferredLabel",
        "altLabels",
        "hiddenLabels",
        "status",
        "modifiedDate",
    ]
    return table(
        header,
        [
            ("KnowledgeSkillCompetence", uri, "skill/competence", "", label, alts, "", "released", "")
            for uri, label, alts in rows
        ],
    )


def occupations(*rows: tuple[str, str, str]) -> str:
    """(uri, ISCO group, preferred label), in the columns of 1.0.8."""
    header = ["conceptType", "conceptUri", "iscoGroup", "preferredLabel", "altLabels", "status", "code"]
    return table(header, [("Occupation", uri, isco, label, "", "released", f"{isco}.1") for uri, isco, label in rows])


def groups(kind: str, *rows: tuple[str, str, str]) -> str:
    """(uri, code, preferred label)."""
    return table(
        ("conceptType", "conceptUri", "code", "preferredLabel", "altLabels"),
        [(kind, uri, code, label, "") for uri, code, label in rows],
    )


def needs_skill(*rows: tuple[str, str, str]) -> str:
    """(occupation, essential or optional, skill)."""
    return table(
        ("occupationUri", "relationType", "skillType", "skillUri"),
        [(occupation, relation, "knowledge", skill) for occupation, relation, skill in rows],
    )


def broader(*rows: tuple[str, str]) -> str:
    return table(
        ("conceptType", "conceptUri", "broaderType", "broaderUri"), [("", one, "", above) for one, above in rows]
    )


def english() -> dict[str, str]:
    """A whole small classification."""
    return {
        "skills_en.csv": skills((WELD, "weld metal", "welding\njoin metal"), (PLAN, "plan work", "")),
        "occupations_en.csv": occupations((WELDER, "7212", "welder")),
        "skillGroups_en.csv": groups("SkillGroup", (METAL, "S7.1", "working with metal")),
        "ISCOGroups_en.csv": groups("ISCOGroup", (CRAFT, "7212", "Welders and flame cutters")),
        "occupationSkillRelations.csv": needs_skill((WELDER, "essential", WELD), (WELDER, "optional", PLAN)),
        "broaderRelationsSkillPillar.csv": broader((WELD, METAL)),
        "broaderRelationsOccPillar.csv": broader((WELDER, CRAFT)),
    }


def zipped(path: Path, files: Mapping[str, str | bytes], *, folder: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(folder + name, content if isinstance(content, bytes) else "\ufeff" + content)
    return path
