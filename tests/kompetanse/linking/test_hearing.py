"""Many texts heard together: faster, and word for word what each is heard as alone."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.linking import Polarity
from kompetanse.linking.hearing import hear, hear_each

_SEEN = Path("tests/data/linking/needs_seen.tsv")


@pytest.mark.slow
def test_texts_heard_together_say_what_they_say_alone():
    with _SEEN.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts, languages = [row["text"] for row in rows], [row["lang"] for row in rows]
    alone = [hear(text, language=tongue, assume=Polarity.NEED) for text, tongue in zip(texts, languages, strict=True)]
    assert hear_each(texts, languages=languages, assume=Polarity.NEED) == alone


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["vi", "trenger", "ikke", "sveisere", ",", "men", "kokker", ".", "\n- ", "har:", "nok", "we need", "øl"]
            ),
            max_size=30,
        ).map(" ".join),
        max_size=5,
    ),
    st.lists(st.sampled_from(["nb", "nn", "en"]), min_size=5, max_size=5),
)
def test_no_text_changes_what_another_says(texts: list[str], tongues: list[str]):
    languages = tongues[: len(texts)]
    alone = [hear(text, language=tongue, assume=Polarity.OFFER) for text, tongue in zip(texts, languages, strict=True)]
    assert hear_each(texts, languages=languages, assume=Polarity.OFFER) == alone
