"""Many texts at once, as one pure function: rows in, rows out, nothing kept between calls.

`link_rows` is for plain Python, `link_record_batch` for Arrow; a cluster engine can call either on its own batches.
Arrow is wanted only by the second, so it comes with the extra `[arrow]`: it is five times the size of all the rest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from kompetanse.linking.documents import MOST_OF_A_DOCUMENT, without_boilerplate
from kompetanse.linking.linker import Linker
from kompetanse.linking.links import Link, Polarity

# What a link looks like in a row.
Told = Mapping[str, object]
_ARROW: Final = (
    "Parquet needs Arrow, which is not installed: pip install 'kompetanseforum[arrow]'. "
    "CSV and JSONL can be read without it."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """How texts are to be read; `language` None means: guess for each."""

    language: str | None = None
    limit: int = MOST_OF_A_DOCUMENT
    assume: Polarity = Polarity.NEED


def link_rows(linker: Linker, texts: Sequence[str], asked: Asked) -> list[list[Told]]:
    """For each text its links, best first, as plain values."""
    read = [without_boilerplate(text) for text in texts]
    found = linker.link_many(read, language=asked.language, limit=asked.limit, assume=asked.assume)
    return [[as_row(link, text) for link in links] for text, links in zip(texts, found, strict=True)]


def link_record_batch(linker: Linker, batch: Any, asked: Asked, *, column: str) -> Any:
    """An Arrow record batch with one column more, `links`: for each row of `column` its links as JSON.

    Arrow has no types, so neither has this.
    """
    arrow = arrow_library()
    texts = ["" if text is None else str(text) for text in batch.column(column).to_pylist()]
    links = [json.dumps(each, ensure_ascii=False) for each in link_rows(linker, texts, asked)]
    columns = [batch.column(name) for name in batch.schema.names if name != "links"]
    names = [name for name in batch.schema.names if name != "links"]
    return arrow.RecordBatch.from_arrays([*columns, arrow.array(links, arrow.string())], [*names, "links"])


def arrow_library() -> Any:
    """pyarrow. Raises ValueError, saying how to get it, where it is not installed."""
    try:
        return import_module("pyarrow")
    except ImportError as error:
        raise ValueError(_ARROW) from error


def as_row(link: Link, text: str) -> Told:
    """A link as plain values, with its words as they stand in the text."""
    return {
        "uri": link.uri,
        "kind": link.kind,
        "label": link.label,
        "score": link.score,
        "polarity": str(link.polarity),
        "basis": link.basis,
        "causes": [{"start": span.start, "end": span.end, "text": text[span.start : span.end]} for span in link.causes],
    }
