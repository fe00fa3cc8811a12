"""The words the forum knows, held in memory: a linker over them, and the concepts behind.

One lexicon for each process, made from the tables and made anew when their token changes. A server calls
`keep_lexicon_ready()` once: from then on a thread of its own makes the new lexicon while requests use the old.
Everywhere else (tests, commands, workers) whoever asks first after a change makes it.

Where an index is live (`indexing`), it knows the official labels, and only our own words are matched one by one;
without one, or where its folder is gone or broken, all labels are.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from sys import intern
from typing import TYPE_CHECKING, cast

from django.db import close_old_connections, connection
from django.db.models import QuerySet

from kompetanse.linking import Kind, Link, Polarity, Role, Term
from kompetanseforum.core.memory import keep_for_good, late, much_is_made
from kompetanseforum.skills.models import Concept, Label, LabelOrigin, LabelRole, LinkingIndex
from kompetanseforum.skills.queries.indexing import Revision, index_folder, revision
from kompetanseforum.skills.queries.labels import SPOKEN, ShownLabel, best_label, nameless

if TYPE_CHECKING:
    from kompetanse.linking import Linker
    from kompetanse.linking.concept_index import ConceptIndex

log = logging.getLogger(__name__)

# Only a process that hears words needs what they bring along.
_linker: Callable[..., Linker] = late("kompetanse.linking", "Linker")
_read_index: Callable[..., ConceptIndex] = late("kompetanse.linking.concept_index", "read_index")
_forget_words: Callable[[], None] = late("kompetanse.linking.lemmas", "forget_words")

LINKED_KINDS: tuple[Kind, ...] = ("skill", "occupation")
# How soon a server notices that another process has changed the labels.
SECONDS_BETWEEN_LOOKS = 5.0


@dataclass(frozen=True, slots=True)
class Known:
    """A concept as the lexicon knows it: its kind, and (language, origin, text) of its labels.

    Not its row: the same words may have other rows, after a restore or in the next test.
    """

    uri: str
    kind: str
    labels: tuple[tuple[str, str, str], ...]

    @property
    def slug(self) -> str:
        return self.uri.rsplit("/", 1)[-1]

    def label(self, *, language: str) -> ShownLabel:
        return best_label(self.labels, language=language) or nameless(self.slug)


@dataclass(frozen=True, slots=True)
class Bands:
    """What a score must reach to be taken for sure, and to be shown at all. Scores of two engines do not compare."""

    sure_from: float
    maybe_from: float


# By words alone the score is how well they match: on the seen needs two in three from .85 up are right, one in three of those
# from .75, and below that one in ten.
BY_WORDS = Bands(sure_from=0.85, maybe_from=0.75)
# With an index it is a probability: on the seen needs three in four are right from .8 up, and more than half of those
# from .5. What is less likely than not is not told, since every link is counted in the map.
BY_INDEX = Bands(sure_from=0.8, maybe_from=0.5)


class Lexicon:
    """A linker and what it links to, for one revision of the labels and the index."""

    def __init__(self, made_from: Revision, *, is_of_own_words: bool = False) -> None:
        self.made_from = made_from
        index = None if is_of_own_words else _open_index(made_from)
        concepts = {
            concept_id: (uri, kind)
            for concept_id, uri, kind in Concept.objects.filter(kind__in=LINKED_KINDS, is_obsolete=False).values_list(
                "pk", "uri", "kind"
            )
        }
        labels: dict[int, list[tuple[str, str, str]]] = {}
        terms: list[Term] = []
        for concept_id, language, role, origin, text in _label_rows(is_own=is_of_own_words):
            if concept_id not in concepts:  # came in between the two queries; the next lexicon has it
                continue
            if role == LabelRole.LABEL:
                labels.setdefault(concept_id, []).append((intern(language), intern(origin), text))
            if language in SPOKEN and (index is None or origin in _OWN):
                uri, kind = concepts[concept_id]
                terms.append(_term(uri, kind, language, role, text))
        self.known = {
            uri: Known(uri=uri, kind=kind, labels=tuple(labels.get(concept_id, ())))
            for concept_id, (uri, kind) in concepts.items()
        }
        self.bands = BY_WORDS if index is None else BY_INDEX
        self._linker = _linker(terms, index=index)
        # The linker's index adds up in place, so one text at a time.
        self._one_at_a_time = threading.Lock()

    def link(
        self, text: str, *, language: str, kinds: Sequence[Kind] = LINKED_KINDS, limit: int, assume: Polarity
    ) -> list[Link]:
        return self.link_many([text], language=language, kinds=kinds, limit=limit, assume=assume)[0]

    def link_many(
        self,
        texts: Sequence[str],
        *,
        language: str,
        kinds: Sequence[Kind] = LINKED_KINDS,
        limit: int,
        assume: Polarity,
    ) -> list[list[Link]]:
        """As `link` for each text, faster; whoever else wants to link waits meanwhile."""
        with self._one_at_a_time:
            found = self._linker.link_many(texts, language=language, kinds=kinds, limit=limit, assume=assume)
        # The index may be a little older than the labels.
        return [[link for link in links if link.uri in self.known] for links in found]

    def nearest(self, uri: str, among: Collection[str]) -> list[tuple[str, float]]:
        """Others by how near they are, each with its cosine; nothing without an index."""
        return self._linker.nearest(uri, among)

    def warm(self, languages: Sequence[str] = ("nb", "nn")) -> None:
        """Build the index of each language now rather than at its first text.

        English waits for one: it is seldom written here, and its dictionary takes 40 MB.
        """
        for language in languages:
            self.link("a", language=language, limit=1, assume=Polarity.NEED)
        _forget_words()


_OWN = (LabelOrigin.LOCAL, LabelOrigin.CONFIRMED)


def _label_rows(*, is_own: bool) -> Iterator[tuple[int, str, str, str, str]]:
    rows = Label.objects.filter(concept__kind__in=LINKED_KINDS, concept__is_obsolete=False).exclude(
        origin=LabelOrigin.MACHINE
    )
    if is_own:
        rows = rows.filter(origin__in=_OWN)
    return rows.values_list("concept_id", "language", "role", "origin", "text").iterator(chunk_size=5000)


def _term(uri: str, kind: str, language: str, role: str, text: str) -> Term:
    # intern: a hundred thousand rows, each with its own copy of "en" and "alternative"
    return Term(
        uri=uri, kind=cast(Kind, kind), language=intern(language), text=text, role=cast(Role, _ROLES.get(role, role))
    )


_ROLES = {"everyday": intern("everyday"), "label": intern("label"), "alternative": intern("alternative")}


def own_terms() -> list[Term]:
    """Our own words as terms: what is matched one by one beside an index."""
    concepts = dict(Concept.objects.values_list("pk", "uri"))
    kinds = dict(Concept.objects.values_list("uri", "kind"))
    return [
        _term(concepts[concept_id], kinds[concepts[concept_id]], language, role, text)
        for concept_id, language, role, _origin, text in _label_rows(is_own=True)
        if language in SPOKEN and concept_id in concepts
    ]


def _open_index(made_from: Revision) -> ConceptIndex | None:
    """The index that is live and of these labels; None where there is none that can be used here."""
    if (
        not made_from.index
        or not LinkingIndex.objects.filter(public_id=made_from.index, source=made_from.source).exists()
    ):
        return None
    try:
        return _read_index(index_folder(made_from.index))
    except ValueError as error:
        log.warning("Words are matched one by one: %s", error)
        return None


_making = threading.Lock()
_making_first = threading.Lock()
_current: Lexicon | None = None
_is_kept_ready = False
_held: ContextVar[Lexicon | None] = ContextVar("held", default=None)


def label_token() -> str:
    """The token of the labels in the tables; empty before any came in."""
    return revision().token


@contextmanager
def words_as_they_are() -> Iterator[None]:
    """Inside the block words are heard as they are known at its start. Where much is said at once, each word that is
    learnt from it would make the whole lexicon anew.
    """
    token = _held.set(lexicon())
    try:
        yield
    finally:
        _held.reset(token)


def lexicon() -> Lexicon:
    """The lexicon of the labels as they stand; on a server perhaps, for seconds after an import, of those before."""
    if (held := _held.get()) is not None:
        return held
    if _is_kept_ready:
        return _current or _first_of_server()
    return _up_to_date()


def _first_of_server() -> Lexicon:
    """Our own words alone, which take a second, so that nobody waits for the whole of ESCO at the server's start.
    Where there are no other words, this is the whole lexicon.
    """
    global _current  # noqa: PLW0603 - the one lexicon of this process
    with _making_first:
        if _current is None:
            now = revision()
            is_whole = not now.index and not _other_labels().exists()
            with much_is_made():
                first = Lexicon(now if is_whole else Revision("", "", ""), is_of_own_words=True)
                first.warm(("nb", "nn") if is_whole else ("nb",))
            _current = _current or first
            if is_whole:
                keep_for_good()
    return _current


def _other_labels() -> QuerySet[Label]:
    return Label.objects.exclude(origin__in=(*_OWN, LabelOrigin.MACHINE))


def _up_to_date() -> Lexicon:
    global _current  # noqa: PLW0603 - the one lexicon of this process
    now = revision()
    if not now.token:  # labels that came in without an action: nothing tells whether they have changed
        return Lexicon(now)
    found = _current
    if found is None or found.made_from != now:
        with _making:
            found = _current
            if found is None or found.made_from != now:
                with much_is_made():
                    found = Lexicon(now)
                    if _is_kept_ready:
                        found.warm()
                _current = found
                if _is_kept_ready:
                    keep_for_good()
    return found


def keep_lexicon_ready() -> None:
    """Make the lexicon now and after each change, off the requests' way. For a server, once, at its start."""
    global _is_kept_ready  # noqa: PLW0603 - the one lexicon of this process
    if not _is_kept_ready:
        _is_kept_ready = True
        threading.Thread(target=_keep_ready, name="lexicon", daemon=True).start()


def _keep_ready() -> None:
    while True:
        try:
            _first_of_server()
            _up_to_date()
        except Exception:  # a database that is away for a moment must not end the thread
            log.exception("the lexicon could not be made")
        finally:
            close_old_connections()
            connection.close()
        time.sleep(SECONDS_BETWEEN_LOOKS)
