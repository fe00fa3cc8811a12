"""What the worker does: import an ESCO file that a coordinator has uploaded, or fetch ESCO from its open API; build the
index when the labels have changed; hear all words anew.

What brings numpy or reads all of ESCO is done in a process of its own, or imported there: an idle worker is small.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django_tasks import task

from kompetanse.environment import with_one_thread
from kompetanse.esco import SCHEMES, EscoFileError, classification_of, version_key
from kompetanse.refs import Ref
from kompetanseforum.core.outgoing import OutgoingError
from kompetanseforum.skills import actions
from kompetanseforum.skills.actions.fetching import (
    begin_anew,
    forget_pages,
    go_on,
    keep_page,
    rest_or_give_up,
)
from kompetanseforum.skills.actions.indexing import ask_for_index, fail_building
from kompetanseforum.skills.actions.relinking import ask_to_relink, end_relinking, relink
from kompetanseforum.skills.actions.versions import claim_watch, note_newest, note_no_answer
from kompetanseforum.skills.clients import PER_PAGE, SOURCE, EscoClient, esco_client
from kompetanseforum.skills.imports import import_upload
from kompetanseforum.skills.models import EscoUpload, ImportState, IndexState, RelinkState
from kompetanseforum.skills.queries import fetched, next_offset, pages_of, rested, totals_of, upload_by_id
from kompetanseforum.skills.queries.indexing import index_by_id, is_index_wanted
from kompetanseforum.skills.queries.relinking import all_words, relinking_by_id, words_from
from kompetanseforum.skills.queries.versions import watch, watch_due

# Between two questions, so that others are served too.
PAUSE_SECONDS = 0.5
# Whether an index is wanted costs two questions.
SECONDS_BETWEEN_LOOKS = 20.0
WORDS_AT_A_TIME = 300
# Then other jobs have their turn.
PAGES_AT_A_TIME = 20

_ENDED = (ImportState.DONE, ImportState.UNCHANGED, ImportState.FAILED)


@task()
def import_esco(public_id: str) -> None:
    import_upload(public_id)


@task()
def fetch_esco(public_id: str) -> None:
    """Some pages; then the same job once more, until all are here and brought in."""
    if fetch_some(public_id, client=esco_client()):
        fetch_esco.enqueue(public_id)


@task()
def build_index(public_id: str) -> None:
    """Begun in a process of its own, with the lowest priority, and not waited for: letters must not wait a minute for it."""
    command = [sys.executable, "-m", "kompetanseforum", "build_index", "--asked", public_id]
    building = subprocess.Popen(["nice", "-n", "19", *command], env=with_one_thread())  # noqa: S603, S607 ours
    _builders[public_id] = building
    # One that is left behind when the worker stops would go on alone.
    atexit.register(building.terminate)


def hear_anew_with(public_id: str) -> bool:
    """All words are heard anew when the index has gone live; asked by the process that built it."""
    index = index_by_id(public_id)
    if index is None or index.state != IndexState.LIVE:
        return False
    ask_to_relink(total=sum(1 for _ in all_words()), by=None, enqueue=relink_words.enqueue)
    return True


def tend_builders() -> bool:
    """Whoever has ended is let go; one that was stopped has failed. False when there was none."""
    ended = [public_id for public_id, one in _builders.items() if one.poll() is not None]
    for public_id in ended:
        building = _builders.pop(public_id)
        atexit.unregister(building.terminate)
        index = index_by_id(public_id)
        if building.returncode and index is not None and index.state in (IndexState.WAITING, IndexState.BUILDING):
            fail_building(index, problem="stopped")
    return bool(ended)


@task()
def relink_words(public_id: str) -> None:
    """Some hundred; then the same job once more, so that other jobs have their turn, until all are heard."""
    relinking = relinking_by_id(public_id)
    if relinking is None or relinking.state == RelinkState.DONE:
        return
    some = words_from(relinking.done, most=WORDS_AT_A_TIME)
    for words in some:
        relink(relinking, words)
    if len(some) == WORDS_AT_A_TIME:
        relink_words.enqueue(public_id)
    else:
        end_relinking(relinking)


@task()
def ask_esco() -> None:
    """Whether there is a newer version; then it is fetched."""
    ask_now(client=esco_client())


def ask_now(*, client: EscoClient) -> EscoUpload | None:
    known = watch()
    if known is None or not known.is_on:
        return None
    try:
        version = client.newest_version()
        version_key(version)
    except OutgoingError as error:
        note_no_answer(known, problem=type(error).__name__, detail=error.host)
        return None
    except ValueError:
        note_no_answer(known, problem="Unreadable", detail=urlsplit(SOURCE.address).hostname or "")
        return None
    return note_newest(known, version=version, enqueue=fetch_esco.enqueue)


_looked_at = 0.0
# Processes that this worker has begun, by the index they build.
_builders: dict[str, subprocess.Popen[bytes]] = {}


def ask_again() -> bool:
    """Fetchings whose rest is over go on."""
    return sum(go_on(upload, enqueue=fetch_esco.enqueue) for upload in rested()) > 0


def look_again() -> bool:
    """Fetchings whose rest is over go on, and an index is built when the labels have stood still; again and again."""
    global _looked_at  # noqa: PLW0603 - when this worker looked last
    has_gone_on = ask_again() | tend_builders()
    if (due := watch_due()) is not None:
        has_gone_on |= claim_watch(due, enqueue=ask_esco.enqueue)
    if settings.BUILDS_INDEX and time.monotonic() - _looked_at >= SECONDS_BETWEEN_LOOKS:
        _looked_at = time.monotonic()
        if is_index_wanted():
            ask_for_index(by=None, enqueue=build_index.enqueue)
            return True
    return has_gone_on


def fetch_some(public_id: str, *, client: EscoClient, sleep: Callable[[float], None] = time.sleep) -> bool:
    """True when there is more to fetch now. A page that is kept is not asked for again, whatever stops us."""
    upload = upload_by_id(public_id)
    if upload is None or upload.state in _ENDED or upload.retry_at is not None:
        return False
    for _ in range(PAGES_AT_A_TIME):
        place = next(
            (
                (scheme, offset)
                for scheme in SCHEMES
                if (offset := next_offset(upload, scheme, per_page=PER_PAGE)) is not None
            ),
            None,
        )
        if place is None:
            _bring_in(upload)
            return False
        try:
            is_kept = _fetch(upload, *place, client=client)
        except OutgoingError as error:
            rest_or_give_up(upload, problem=type(error).__name__, host=error.host)
            return False
        if is_kept:
            sleep(PAUSE_SECONDS)
    return True


def _fetch(upload: EscoUpload, scheme: str, offset: int, *, client: EscoClient) -> bool:
    """False when ESCO has moved on to another version, and we begin anew."""
    page = client.page(scheme, offset=offset, languages=upload.languages, version=upload.version)
    if upload.version and page.version and page.version != upload.version:
        begin_anew(upload)
        return False
    totals = totals_of(upload) | {scheme: page.total}
    keep_page(upload, page, offset=offset, done=fetched(upload) + page.count, total=sum(totals.values()))
    return True


def _bring_in(upload: EscoUpload) -> None:
    """All of it at once, as from a file: the old version stands until the end."""

    def tell(stage: str, done: int, total: int) -> None:
        actions.note_progress(upload, state=ImportState.STORING, done=done, total=total)

    try:
        pages = ((page.scheme, page.rows) for page in pages_of(upload))
        part = actions.Part(
            version=upload.version, file_name="ESCO", classification=classification_of(pages, totals=totals_of(upload))
        )
        imported = actions.import_esco([part], by=Ref.parse(upload.by) if upload.by else None, progress=tell)
    except EscoFileError as error:
        actions.fail_upload(upload, problem=error.code, detail=error.detail)
        return
    actions.finish_upload(upload, is_changed=imported.is_changed, counts=imported.counts)
    forget_pages(upload)
