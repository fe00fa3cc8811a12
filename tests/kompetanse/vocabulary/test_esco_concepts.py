"""How ESCO's own files are read."""

import gzip
from pathlib import Path

from kompetanse.vocabulary import EscoConcept, read_esco_concepts

_SKILLS = 'conceptUri,preferredLabel,altLabels,status\nu:1,weld,"welding\njoin metal",released\nu:2,braze,,obsolete\n'
_OCCUPATIONS = "conceptUri,preferredLabel,altLabels,iscoGroup\nu:3,welder,,7212\n"


def test_labels_group_and_status_are_read_from_plain_and_packed_files(tmp_path: Path):
    (tmp_path / "skills_en.csv.gz").write_bytes(gzip.compress(_SKILLS.encode()))
    (tmp_path / "occupations_en.csv").write_text(_OCCUPATIONS, encoding="utf-8")
    assert read_esco_concepts(tmp_path) == {
        "u:1": EscoConcept(("weld", "welding", "join metal")),
        "u:2": EscoConcept(("braze",), is_obsolete=True),
        "u:3": EscoConcept(("welder",), isco="7212"),
    }
