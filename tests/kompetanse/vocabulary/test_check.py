"""What the check finds in a vocabulary."""

from dataclasses import replace

import pytest

from kompetanse.vocabulary import (
    LANGUAGES,
    Entry,
    EscoConcept,
    Fault,
    Finding,
    Pair,
    Vocabulary,
    check,
    read_vocabulary,
)

_WELD = "http://data.europa.eu/esco/skill/1"
_BRAZE = "http://data.europa.eu/esco/skill/2"
_WELDER = "http://data.europa.eu/esco/occupation/1"


def entry(uri: str, label: str, *words: str) -> Entry:
    kind = "occupation" if "occupation" in uri else "skill"
    return Entry(
        uri=uri,
        kind=kind,  # type: ignore[arg-type]
        trade="industry",
        labels=dict.fromkeys(LANGUAGES, label),
        words={"nb": (f"{label}e", *words), "nn": (f"{label}a",), "en": (f"{label}ing",)},
        isco="7212" if kind == "occupation" else "",
    )


_GOOD = Vocabulary(
    skills=(entry(_WELD, "weld", "TIG"), entry(_BRAZE, "braze")),
    occupations=(entry(_WELDER, "welder"),),
    pairs=(Pair(_WELDER, _WELD, "essential"),),
)
_KNOWN = {
    _WELD: EscoConcept(("weld metal",)),
    _BRAZE: EscoConcept(("braze",)),
    _WELDER: EscoConcept(("welder",), isco="7212"),
}


def other(**changes: object) -> Vocabulary:
    """The good vocabulary with its second skill changed."""
    return replace(_GOOD, skills=(_GOOD.skills[0], replace(_GOOD.skills[1], **changes)))


def test_a_good_vocabulary_has_no_findings():
    assert check(_GOOD, known=_KNOWN) == []
    assert check(_GOOD, known=None) == []


def test_wrong_and_unknown_uris_are_found():
    wrong = replace(_GOOD, skills=(*_GOOD.skills, entry(_WELDER.replace("1", "9"), "x"), entry(_WELD + "9", "y")))
    wrong = replace(wrong, skills=tuple(replace(one, kind="skill") for one in wrong.skills))
    assert [(one.fault, one.where) for one in check(wrong, known=_KNOWN)] == [
        (Fault.WRONG_URI, f"industry:{_WELDER.replace('1', '9')}"),
        (Fault.UNKNOWN_URI, f"industry:{_WELD}9"),
    ]


def test_a_label_with_no_word_of_escos_is_found():
    assert check(_GOOD, known=_KNOWN | {_BRAZE: EscoConcept(("bake bread", "make loaves"))}) == [
        Finding(Fault.OTHER_LABEL, f"industry:{_BRAZE}", "'braze'; ESCO says 'bake bread'")
    ]


def test_what_esco_no_longer_uses_is_found():
    known = _KNOWN | {_BRAZE: EscoConcept(("braze",), is_obsolete=True)}
    assert check(_GOOD, known=known) == [
        Finding(Fault.OBSOLETE_URI, f"industry:{_BRAZE}", "ESCO no longer uses 'braze'")
    ]


def test_an_occupation_in_another_group_than_escos_is_found():
    known = _KNOWN | {_WELDER: EscoConcept(("welder",), isco="7211")}
    assert check(_GOOD, known=known) == [
        Finding(Fault.WRONG_GROUP, f"industry:{_WELDER}", "group 7212; ESCO says 7211")
    ]


def test_missing_languages_and_words_twice_are_found():
    poor = other(labels={"nb": "lodde", "en": "braze"}, words={"nb": ("lodd", "Lodd"), "en": ("brazing",)})
    assert check(poor, known=None) == [
        Finding(Fault.DOUBLE_WORD, f"industry:{_BRAZE}", "'lodd' stands twice in words_nb"),
        Finding(Fault.MISSING_LANGUAGE, f"industry:{_BRAZE}", "no label in nn"),
        Finding(Fault.MISSING_LANGUAGE, f"industry:{_BRAZE}", "no everyday word in nn"),
    ]


def test_doubles_and_ambiguous_words_are_found():
    double = replace(_GOOD, skills=(*_GOOD.skills, entry(_WELD, "weld"), entry(_BRAZE + "9", "solder", "tig")))
    assert check(double, known=None) == [
        Finding(Fault.DOUBLE, _WELD, "stands 2 times: industry, industry"),
        Finding(Fault.AMBIGUOUS_WORD, "no:tig", "means weld and solder"),
    ]


def test_a_word_that_means_one_thing_in_bokmaal_and_another_in_nynorsk_is_found():
    found = check(other(words={"nb": ("lodding",), "nn": ("Tig",), "en": ("brazing",)}), known=None)
    assert found == [Finding(Fault.AMBIGUOUS_WORD, "no:tig", "means weld and braze")]


@pytest.mark.parametrize(
    ("label", "what"),
    [
        ("lodde" * 10, f"{'lodde' * 10!r} has 50 letters, more than 45"),
        ("lodde (messing)", "'lodde (messing)' has a bracket, slash or semicolon"),
        ("lodde/sveise", "'lodde/sveise' has a bracket, slash or semicolon"),
        ("Utføre lodding", "'Utføre lodding' starts with 'utføre', a word of reports"),
    ],
)
def test_labels_that_a_beginner_would_not_say_are_found(label: str, what: str):
    hard = other(labels={"nb": label, "nn": "lodde", "en": "braze"})
    assert check(hard, known=None) == [Finding(Fault.HARD_LABEL, f"industry:{_BRAZE}", what)]


def test_an_english_label_needs_a_norwegian_word_beside_it():
    english = {"nb": "DevOps", "nn": "DevOps", "en": "DevOps"}
    words = {"nb": ("CI/CD",), "nn": ("automatisert utrulling",), "en": ("CI/CD",)}
    assert check(other(labels=english, words=words), known=None) == [
        Finding(Fault.HARD_LABEL, f"industry:{_BRAZE}", "'DevOps' is English, and no word in nb stands beside it")
    ]


def test_pairs_with_loose_ends_are_found():
    pairs = (*_GOOD.pairs, *_GOOD.pairs, Pair(_WELD, _WELDER, "often"))
    assert check(replace(_GOOD, pairs=pairs), known=None) == [
        Finding(Fault.DOUBLE, f"{_WELDER} {_WELD}", "the pair stands 2 times"),
        Finding(Fault.UNKNOWN_END, f"{_WELD} {_WELDER}", "the occupation is not in the vocabulary"),
        Finding(Fault.UNKNOWN_END, f"{_WELD} {_WELDER}", "the skill is not in the vocabulary"),
        Finding(Fault.WRONG_RELATION, f"{_WELD} {_WELDER}", "'often' is neither essential nor optional"),
    ]


@pytest.mark.slow
def test_the_vocabulary_that_ships_is_sound():
    assert check(read_vocabulary(), known=None) == []
