"""What browsers and caches are told, what a log line holds, and how much one request may bring."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client, RequestFactory
from django.urls import ResolverMatch, reverse

from kompetanse.linking.polarity import read_stance
from kompetanse.linking.tokens import sentences
from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.core.bodies import MOST_BYTES, Message, Receive, Scope, Send, bounded
from kompetanseforum.core.capability import capabilities
from kompetanseforum.core.letters import send_letter
from kompetanseforum.core.logs import OneLine
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.actions import make_start_secret
from kompetanseforum.forum.models import Forum
from kompetanseforum.needs.actions import Said, voice_need
from kompetanseforum.needs.models import HeldReason, Voice
from kompetanseforum.needs.queries.shown import link_secret
from kompetanseforum.needs.rules import reason_to_hold, without_phone_numbers
from kompetanseforum.organisations.actions import add_organisation
from tests.architecture.doors import routes

# Browsers and caches


@pytest.fixture
def voice(forum: Forum) -> Voice:
    return voice_need(said=Said(words="Vi må lære å sveise"), by=None, organisation=add_organisation(name="Verftet"))


def _kept(client: Client, path: str) -> tuple[str, str]:
    headers = client.get(path).headers
    return headers.get("Cache-Control", ""), headers.get("X-Robots-Tag", "")


FOR_ONE = ("no-store, private", "noindex")


@pytest.mark.django_db
@pytest.mark.slow
def test_what_is_for_one_is_kept_by_no_cache_and_found_by_no_search(
    voice: Voice, client: Client, coordinator_client: Client, holder_client: Callable[..., Client]
):
    link = reverse("needs:link", kwargs={"secret": link_secret(voice)})
    start = reverse("forum:start", kwargs={"secret": make_start_secret(again=True) or ""})
    assert [_kept(client, path) for path in (link, start, "/skrivebord")] == [FOR_ONE] * 3
    assert [_kept(coordinator_client, path) for path in ("/", "/skrivebord")] == [FOR_ONE] * 2
    assert _kept(holder_client(ref(voice)), "/behov/") == FOR_ONE
    # And what is for all may be kept and found.
    assert [_kept(client, path) for path in ("/", "/behov/")] == [("", "")] * 2


@pytest.mark.alike
@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/frisk", "/nowhere", "/static/kompetanseforum/site.css"])
def test_every_answer_stands_behind_the_same_walls(path: str, client: Client, forum: Forum):
    answer = client.get(path)
    answer.close()  # a static file is read as it is sent
    headers = answer.headers
    assert headers["Cross-Origin-Resource-Policy"] == headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert all(part in policy for part in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"))
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_no_other_site_reads_an_answer(client: Client, forum: Forum):
    headers = client.get("/behov/alle.json", HTTP_ORIGIN="https://elsewhere.example").headers
    assert [name for name in headers if name.lower().startswith("access-control")] == []


@pytest.mark.django_db
def test_every_answer_says_what_it_is(voice: Voice, client: Client):
    """And in which letters, so that no browser guesses."""
    told = [
        client.get(path).headers["Content-Type"]
        for path in ("/", "/nowhere", "/behov/alle.csv", "/behov/alle.json", "/frisk", "/kompetanse/ord.json")
    ]
    assert told == [
        *["text/html; charset=utf-8"] * 2, "text/csv; charset=utf-8", *["application/json"] * 3,
    ]  # fmt: skip


@pytest.mark.alike
@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/static/", "/static/kompetanseforum/", "/static/../settings.py", "/.git/config"])
def test_no_folder_is_listed(path: str, client: Client, forum: Forum):
    assert client.get(path).status_code == 404


# People


@pytest.mark.django_db
def test_a_new_forum_has_nobody_who_can_sign_in(forum: Forum):
    """Somebody stands as the one who answers, without an address or a password."""
    assert [(one.email, one.has_usable_password(), one.last_login) for one in Person.objects.all()] == [
        ("", False, None)
    ]


@pytest.mark.django_db
def test_whoever_is_put_out_is_out_at_once(person: Person, coordinator_client: Client):
    before = coordinator_client.get("/skrivebord").status_code
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert (before, coordinator_client.get("/skrivebord").status_code) == (200, 403)


@pytest.mark.django_db
def test_a_name_adds_no_header_to_a_letter(forum: Forum, mailoutbox: list[EmailMessage]):
    send_letter(
        to="kari@verft.no",
        subject="Kari\r\nBcc: alle@verft.no\nlurer",
        template="accounts/code_letter.txt",
        context={},
        language="nb",
    )
    [letter] = mailoutbox
    assert (letter.subject, letter.recipients()) == ("Kari Bcc: alle@verft.no lurer", ["kari@verft.no"])
    assert letter.message()["Bcc"] is None


# The log


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """The lines of the server's log, as they are written."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.setFormatter(OneLine())
    handler.emit = lambda record: lines.append(handler.format(record))  # type: ignore[method-assign]
    logging.getLogger("django").addHandler(handler)
    yield lines
    logging.getLogger("django").removeHandler(handler)


@pytest.mark.django_db
def test_what_is_refused_stands_in_the_log(
    voice: Voice, client: Client, holder_client: Callable[..., Client], logged: list[str]
):
    link = reverse("needs:link", kwargs={"secret": "wrong-wrong-wrong"})
    holder_client(ref(voice)).get("/skrivebord")
    client.get(link)
    client.post("/logg-inn", {"email": "no address"})
    Client(enforce_csrf_checks=True).post("/sprak", {"language": "nn"})
    told = [line.split(" ", 3)[3].split("\n")[0] for line in logged]
    assert [re.sub(r"from=\w{24}", "from=…", line) for line in told] == [
        f"Forbidden (Permission denied): /skrivebord by={ref(voice)} from=…",
        "Not Found: /behov/lenke/… by=- from=…",
        "Unprocessable Entity: /logg-inn by=- from=…",
        "Forbidden (CSRF cookie not set.): /sprak by=- from=…",
    ]


def _line(
    message: str,
    *args: object,
    secret: str = "",
    viewer: Viewer | None = None,
    error: bool = False,
    name: str = "django.request",
) -> str:
    level = logging.ERROR if error else logging.WARNING
    record = logging.LogRecord(name, level, __file__, 1, message, args, None)
    request = RequestFactory().get("/")
    request.resolver_match = ResolverMatch(lambda: None, (), {"secret": secret} if secret else {})
    request.viewer = viewer  # type: ignore[attr-defined]
    record.request = request
    record.created, record.msecs = 0.0, 0.0
    if error:
        try:
            raise ValueError(f"no such thing: x\n1970-01-01 ERROR forged {secret}")
        except ValueError as raised:
            record.exc_info = (type(raised), raised, raised.__traceback__)
    return OneLine().format(record)


def test_a_line_tells_when_what_who_and_from_where():
    who = Viewer(person=Ref("person", "kari000000"), network="7f3a")
    assert _line("Forbidden: %s", "/skrivebord", viewer=who) == (
        "1970-01-01T00:00:00.000Z WARNING django.request Forbidden: /skrivebord by=person:kari000000 from=7f3a"
    )


def test_nobody_writes_a_line_of_their_own_in_the_log():
    line = _line("Not Found: %s", "/x\r\n1970-01-01 ERROR forged \x1b[2J\u2028")
    assert (len(line.splitlines()), "\\r\\n1970" in line, "\x1b" in line) == (1, True, False)
    trace = _line("Internal Server Error: %s", "/x", error=True).split("\n")
    assert (len(trace) > 3, all(one.startswith("| ") for one in trace[1:])) == (True, True)


@pytest.mark.django_db
def test_what_is_refused_takes_one_line(client: Client, logged: list[str]):
    client.get("/", SERVER_NAME="evil.example")
    assert ["Invalid HTTP_HOST" in line and "\n" not in line for line in logged] == [True]


def test_the_secret_of_a_personal_link_is_not_told():
    told = _line("Internal Server Error: %s", "/behov/lenke/s3cret", secret="s3cret", error=True)
    assert ("s3cret" in told, "/behov/lenke/…" in told) == (False, True)


# Bodies

ESCO, REGISTER = "/kompetanse/esco", "/virksomheter/register"


def _sent(
    *pieces: int, declared: int | None = None, path: str = "/behov/meld", by: Client | None = None
) -> tuple[int, int]:
    """The answer's status, and how many bytes the application got."""
    got, answers = [], []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            got.append(len(message["body"]))
            more = message["more_body"]
        await send({"type": "http.response.start", "status": 200, "headers": []})

    waiting = [{"type": "http.request", "body": bytes(size), "more_body": True} for size in pieces]
    waiting.append({"type": "http.request", "body": b"", "more_body": False})

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        answers.append(message)

    headers = [] if declared is None else [(b"content-length", str(declared).encode())]
    if by:
        headers.append((b"cookie", "; ".join(f"{name}={one.value}" for name, one in by.cookies.items()).encode()))
    async_to_sync(bounded(app))({"type": "http", "headers": headers, "path": path}, receive, send)
    return answers[0]["status"], sum(got)


def test_one_request_brings_no_more_than_it_may():
    assert _sent(1000, 1000, declared=2000) == (200, 2000)
    assert _sent(MOST_BYTES, declared=MOST_BYTES + 1) == (413, 0)
    # One that does not say how much it brings is cut off where it passes the bound.
    assert _sent(MOST_BYTES - 5, 5, 1) == (413, MOST_BYTES)


@pytest.mark.django_db
def test_a_large_file_is_let_in_where_one_is_taken_from_somebody_who_is_signed_in(
    coordinator_client: Client, client: Client, forum: Forum
):
    large = 99 * 1024 * 1024
    assert [_sent(9, declared=large, path=path, by=coordinator_client)[0] for path in (ESCO, REGISTER, "/tilbud/nytt", "/x")] == [
        200, 200, 413, 413,
    ]  # fmt: skip
    client.cookies[settings.SESSION_COOKIE_NAME] = "made-up"
    assert [_sent(9, declared=large, path=ESCO, by=who)[0] for who in (client, Client(), None)] == [413] * 3
    assert _sent(9, declared=10 * large, path=ESCO, by=coordinator_client)[0] == 413


def test_what_a_form_takes_is_let_in():
    """A form that takes more than other requests bring has a view that says so."""
    takes = {route.app: getattr(route.view, "most_bytes", 0) for route in routes() if hasattr(route.view, "most_bytes")}
    for capability in capabilities():
        name = f"kompetanseforum.{capability.app}.forms"
        most = getattr(import_module(name), "MOST_UPLOAD_BYTES", 0) if find_spec(name) else 0
        assert most <= max(MOST_BYTES - 1024 * 1024, takes.get(capability.app, 0)), capability.app
    assert set(takes) >= {"organisations", "skills"}


# Patterns


@pytest.mark.alike
@pytest.mark.parametrize("evil", ["@", "a@", "a.", "47", "12 ", "+47 ", "www", "http:", " @.", "@.@"])
def test_no_text_keeps_the_look_for_addresses_and_numbers_busy(evil: str):
    words = evil * (4000 // len(evil))
    began = time.process_time()
    reason_to_hold(words, trap_is_filled=False, alike=0)
    without_phone_numbers(words)
    # A cubic pattern took 85 seconds here.
    assert time.process_time() - began < 2


@pytest.mark.alike
@pytest.mark.parametrize(
    "evil", [".", "…", "?!", "a-", "1.", "• ", "å\u0301", "trenger ikke ", "a\u200b", "((", "nok av "]
)
def test_no_text_keeps_the_reading_of_words_busy(evil: str):
    words = evil * (4000 // len(evil)) + "x"
    began = time.process_time()
    for sentence in sentences(words, limit=1000):
        read_stance(sentence, family="no", carried=None)
    assert time.process_time() - began < 1


def test_an_address_is_still_seen():
    held = [
        reason_to_hold(words, trap_is_filled=False, alike=0)
        for words in ("Skriv til kari@verft.no", "se HTTPS://x.no", "se www.x.no", "@ verftet. Vi", "kari@verft")
    ]
    assert held == [HeldReason.ADDRESS] * 3 + [None] * 2


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/behov/", "/behov/meld", "/tilbud/", "/udekket/", "/apne-data"])
def test_who_only_asks_whether_a_page_is_there_is_told(client: Client, forum: object, address: str) -> None:
    """HEAD: monitors and link checkers."""
    response = client.head(address)
    assert (response.status_code, response.content) == (200, b"")
