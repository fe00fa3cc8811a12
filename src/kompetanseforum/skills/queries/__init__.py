"""Reads: what the forum hears in words, what is linked to what, and what concepts are called."""

from kompetanseforum.skills.queries.concepts import (
    AskingOccupation,
    NamedConcept,
    concept_by_slug,
    groups_of,
    named,
    named_concepts,
    narrower_of,
    occupations_asking,
    search_concepts,
    skills_asked_by,
)
from kompetanseforum.skills.queries.hearing import MOST_CHARACTERS, Heard, hear, hear_all
from kompetanseforum.skills.queries.labels import (
    ShownLabel,
    is_foreign,
    labels_of,
    names_in_all_languages,
    own_words,
    words_for,
)
from kompetanseforum.skills.queries.lexicon import keep_lexicon_ready, label_token
from kompetanseforum.skills.queries.links import (
    ASKED,
    LinkedSkill,
    link_by_id,
    links_for,
    links_of_many,
    wholes_asking,
    wholes_asking_group,
    wholes_sharing,
)
from kompetanseforum.skills.queries.uploads import UploadProgress, editions, progress_of, upload_by_id

__all__ = [
    "ASKED",
    "MOST_CHARACTERS",
    "AskingOccupation",
    "Heard",
    "LinkedSkill",
    "NamedConcept",
    "ShownLabel",
    "UploadProgress",
    "concept_by_slug",
    "editions",
    "groups_of",
    "hear",
    "hear_all",
    "is_foreign",
    "keep_lexicon_ready",
    "label_token",
    "labels_of",
    "link_by_id",
    "links_for",
    "links_of_many",
    "named",
    "named_concepts",
    "names_in_all_languages",
    "narrower_of",
    "occupations_asking",
    "own_words",
    "progress_of",
    "search_concepts",
    "skills_asked_by",
    "upload_by_id",
    "wholes_asking",
    "wholes_asking_group",
    "wholes_sharing",
    "words_for",
]
