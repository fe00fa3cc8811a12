"""Every page, in three languages: nothing for axe to find, nothing too wide, nothing untranslated, nothing from outside."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.people import People
from tests.browser.watched import PHONE, SLIM, WIDE, Watched
from tests.browser.ways import ROUTES, Ways

LANGUAGES = ("nb", "nn", "en")

# Tried in a forum of its own (test_first_day.py): the link is used up when somebody takes the desk.
# And what one comes to only on the way in (test_coming_in.py).
# And what is no page, but stands inside one while somebody types (test_the_register_suggests.py).
ELSEWHERE = {
    "forum:start",
    "accounts:code",
    "accounts:name",
    "accounts:confirm_email",
    "accounts:elsewhere",
    "accounts:back",
    # One's own alone (test_passkeys.py); and what leads on as soon as the job is done.
    "accounts:remove_passkey",
    "accounts:end_session",
    "intake:progress",
    "organisations:suggest",
    # Only sent to: two become one, and are parted again (tests/organisations/test_joining.py).
    "organisations:join",
    "organisations:part",
    # Files that somebody has added, and a button that stands after another.
    "boards:file",
    # Made by a worker (tests/insight/test_making.py, tests/browser/test_the_loop.py).
    "insight:made",
    "insight:paper",
    # A guest's alone, a link that is copied, and a board that is a text (tests/browser/test_boards.py).
    "boards:leave_address",
    "boards:own",
    "boards:stop_letters",
    "boards:look_on",
    "boards:text",
    "boards:add_paragraphs",
    # Only sent to, from a note's own page (tests/boards/test_skills.py).
    "boards:skill",
    # Only sent to, by a button under the chosen notes of a board (tests of each capability).
    "challenges:from_notes",
    "challenges:idea_from_notes",
    "pilots:from_notes",
    "codesign:from_notes",
    "anchoring:from_notes",
    "pilots:attached",
    "results:evidence_file",
    "minutes:from_meeting",
    "minutes:reconsider",
    # When all words have been heard anew (test_heard_anew.py).
    "skills:changes",
}

# The same addresses as others see them, and what only a query brings: who, address, answer.
OTHER_SIGHTS = {
    "who is with us, filtered": ("stranger", "/hvem-er-med/?hvem=person&som=knows", 200),
    "who is with us, none found": ("stranger", "/hvem-er-med/?q=zzzzzz", 200),
    "organisations, none found": ("coordinator", "/virksomheter/alle?q=zzzzzz", 200),
    "needs filtered": ("stranger", "/behov/?kommune=3107&tilstand=heard", 200),
    "needs, none found": ("stranger", "/behov/?q=zzzzzz", 200),
    "needs, longest waiting": ("coordinator", "/behov/?sorter=waiting", 200),
    "need, by its voice": ("voicer", "/behov/{need}", 200),
    "need, by a coordinator": ("coordinator", "/behov/{need}", 200),
    "need, held, by its voice": ("voicer", "/behov/{held_need}", 200),
    "need met": ("stranger", "/behov/{met}", 200),
    "need not met": ("stranger", "/behov/{not_met}", 200),
    "need being tried": ("stranger", "/behov/{in_pilot}", 200),
    "voice, with words": ("stranger", "/behov/meld?words=Vi trenger to som kan sveise aluminium.", 200),
    "held, nothing said": ("stranger", "/behov/mine", 200),
    "held, something said": ("voicer", "/behov/mine", 200),
    "offers, none found": ("stranger", "/tilbud/?q=zzzzzz", 200),
    "offers, by a coordinator": ("coordinator", "/tilbud/", 200),
    "a skill is sought": ("stranger", "/kompetanse/sok?q=sveise", 200),
    "a skill is sought, none found": ("stranger", "/kompetanse/sok?q=zzzzzz", 200),
    "meeting, by one who has signed up": ("voicer", "{meeting}", 200),
    "not found": ("stranger", "/finnes-ikke", 404),
    "not for you": ("stranger", "/skrivebord", 403),
    "my page, by a coordinator": ("coordinator", "/min-side", 200),
    "invited, to a room": ("stranger", "{invitation}", 200),
    "invited, signed in": ("coordinator", "{invitation}", 200),
    "invited, too late": ("stranger", "/invitasjon/00000-00000-00000", 404),
    "members, none found": ("coordinator", "/medlemmer?q=zzzzzz", 200),
    "the log, nothing found": ("coordinator", "/skrivebord/logg?hvem=zzzzzz", 200),
    "the log, a day that is none": ("coordinator", "/skrivebord/logg?fra=i dag&hva=needs.NeedVoiced", 422),
    "front, by a coordinator": ("coordinator", "/", 200),
}


def _faults(watched: Watched, address: str, *, status: int = 200) -> list[str]:
    """In each language at 360 all of it, and the width at 320 and 1280; in the first what is laid out otherwise at 1280 too,
    and that a finger hits what it is to press.

    The second language is come to at the width where the first one ended: to lay a page out anew is half as dear as to open it.
    """
    faults = []
    watched.width(PHONE)
    for language in LANGUAGES:
        answer = watched.open(address, language=language)
        if answer.status != status:
            faults.append(f"{language}: answers {answer.status}")
            continue
        found = []
        if watched.is_as_wide_as(WIDE):
            found += watched.too_wide(WIDE, SLIM, PHONE)
            found += watched.look(language=language)
        else:
            found += watched.look(language=language)
            found += watched.too_wide(PHONE)
            if language == LANGUAGES[0]:
                found += watched.too_small()
            found += watched.too_wide(SLIM, WIDE)
            if language == LANGUAGES[0]:
                found += [*watched.too_small(), *watched.axe(only_what_came=True)]
        faults += [f"{language}: {one}" for one in [*found, *watched.taken_faults()]]
    return faults


@pytest.mark.parametrize("route", [name for name in ROUTES if name not in ELSEWHERE])
def test_nothing_is_wrong_with(route: str, ways: Ways, watched_by: Callable[[str], Watched]):
    way = ways.to(route)
    assert way is not None, f"No link, form or known address leads to {route}: tell tests/browser the way to it"
    if way.is_page and not way.is_only_posted_to:
        assert _faults(watched_by(way.who), way.address) == []


@pytest.mark.parametrize("sight", OTHER_SIGHTS)
def test_nothing_is_wrong_when(sight: str, people: People, watched_by: Callable[[str], Watched]):
    who, address, status = OTHER_SIGHTS[sight]
    watched = watched_by(who)
    for name in ("met", "not_met", "in_pilot"):
        if "{" + name + "}" in address and name not in people.known:
            people.known[name] = _need_in(name, people)
    if "{" in address:
        people.context_of("voicer")
    if "{invitation}" in address:
        people.context_of("coordinator")
    assert _faults(watched, address.format(**people.known), status=status) == []


def _need_in(state: str, people: People) -> str:
    answer = people.context_of("stranger").request.get(f"{people.address}/behov/alle.json?tilstand={state}")
    return str(answer.json()["needs"][0]["id"])
