"""The network: the one place from which anything leaves this machine.

Everything asked of a service goes through :class:`Network`: it waits its turn
at each host, tries again with patience, keeps answers on disk, says who is
asking, and takes nothing that is too long, too slow or of another kind than
was asked for. What comes back is untrusted bytes; what they mean is the
business of :mod:`odebib.services`.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests
import yaml
from urllib3.exceptions import HTTPError, InvalidHeader
from urllib3.util.retry import Retry

from odebib import __version__
from odebib.errors import SourceError
from odebib.services import public
from odebib.services.failures import Failure, FetchError, asking_for_patience, cut_off, late, unreachable
from odebib.services.hosts import host_of, is_private
from odebib.services.kept import Cache, Response
from odebib.yamlio import tree

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0

PAUSE = 1.0
"""Seconds between two requests to one host."""
PAUSES = {"export.arxiv.org": 3.0, "arxiv.org": 3.0, "doi.org": 0.2, "api.crossref.org": 0.2}
"""Hosts that ask for another pause, or publish how much they take."""
ATTEMPTS = 4
"""So often a request is tried before it has failed."""
BACK_OFF = 2.0
"""Seconds before the second attempt; doubled each time."""
PATIENCE = 2 * MINUTE
"""A service that asks for a longer wait is told of instead of waited for."""
TIMEOUT = (10.0, 30.0)
"""Seconds until a connection stands, and between two pieces of an answer."""
LONGEST = MINUTE
"""Seconds that one answer may take in all."""
LARGEST = 8 * 2**20
"""Bytes that one answer of a service may have."""
LIMIT = 256 * 2**20
"""More bytes than any bibliography has."""
DOWN = 2
"""After so many failures in a row a host is taken to be down."""
REST = 3 * MINUTE
"""So long a host that is down is not asked again."""
REDIRECTS = 6
CHUNK = 64 * 1024

PERMANENT = frozenset({301, 308})
REDIRECTING = frozenset({301, 302, 303, 307, 308})
TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which the same request may succeed a little later."""
REFUSING = frozenset({401, 403, 405, 406, 407, 418, 429, 451, 999})
"""Answers of hosts that are there but do not want to talk to programs."""
GONE = frozenset({404, 410})


@dataclass(frozen=True)
class Look:
    """What is at an address, found out without reading it."""

    url: str
    """Where the redirects led in the end."""
    status: int
    moved: str | None = None
    """The address it has moved to for good; None where a redirect was only for now."""


def get(url: str, *, limit: int = LIMIT, timeout: float = TIMEOUT[1]) -> bytes:
    """What stands at an address that the user named, asked anew.

    Raises:
        SourceError: it cannot be had, or is bigger than ``limit`` bytes.
    """
    network = Network(
        limit=limit, timeout=(timeout, timeout), longest=30 * MINUTE, allowed=[*_allowed(), host_of(url)]
    )
    try:
        return network.get(url).body
    except FetchError as error:
        hint = error.hint or "check the address and the network"
        raise SourceError(f"{url} cannot be had: {error.message}", hint) from error


class Network:
    """Asks services, politely; safe to use from several threads.

    ``reroute`` sends everything below one address to another: to a mirror, or
    to a server of a test's own. Such a server needs no pauses. Everything else must
    be at a public address, save the hosts that are ``allowed``.
    """

    def __init__(
        self,
        cache: Cache | None = None,
        agent: str = f"odebib/{__version__}",
        *,
        reroute: Mapping[str, str] | None = None,
        sleep: Callable[[float], None] | None = None,
        limit: int = LARGEST,
        timeout: tuple[float, float] = TIMEOUT,
        longest: float = LONGEST,
        allowed: Iterable[str] = (),
    ) -> None:
        self.cache = cache
        self.agent = agent
        self.reroute = dict(reroute or {})
        self.limit = limit
        self.timeout = timeout
        self.longest = longest
        self.allowed = frozenset(allowed)
        self._sleep = sleep or time.sleep
        self._quick = sleep is None
        self._turns = _Turns(self._wait)
        self._failures: dict[str, tuple[int, float, FetchError]] = {}
        self._local = threading.local()

    # -- Asking ------------------------------------------------------------------------------

    def get(
        self,
        url: str,
        *,
        accept: str = "*/*",
        types: Sequence[str] = (),
        age: float = DAY,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """What is at an address: as it was kept, if that is not older than ``age`` seconds, or asked anew.

        ``types`` are the beginnings of the content types that will do; ``headers``
        go to the host of ``url`` only, never to one it redirects to.

        Raises:
            FetchError: there was no good answer; it says why.
        """
        key = f"{accept} {url}"
        kept = self.cache.get(key, age) if self.cache else None
        if kept is None:
            kept = self._persist(url, accept, types, dict(headers or {}))
            if self.cache:
                self.cache.put(key, kept)
        if kept.status in GONE:
            raise FetchError(f"{host_of(url)} knows no such thing", Failure.GONE, status=kept.status)
        return kept

    def has(self, url: str, *, accept: str = "*/*", age: float = DAY) -> bool:
        """Whether :meth:`get` would need no network."""
        return bool(self.cache and self.cache.get(f"{accept} {url}", age))

    def remember(self, url: str, response: Response, *, accept: str = "*/*") -> None:
        """Keep a part of a longer answer as the answer to a request of its own."""
        if self.cache:
            self.cache.put(f"{accept} {url}", response)

    def look(self, url: str) -> Look:
        """What is at an address, without reading it; asked once, never from what was kept.

        Raises:
            FetchError: nothing is there, as far as can be told.
        """
        with self._following(url, {"Accept": "text/html,*/*;q=0.8"}) as (response, last, moved):
            _raise_for(response, host_of(last))
            return Look(last, response.status_code, moved if moved != url else None)

    # -- Trying again ------------------------------------------------------------------------

    def _persist(self, url: str, accept: str, types: Sequence[str], headers: dict[str, str]) -> Response:
        """The answer after as many attempts as it takes; a host that is down is left alone for a while."""
        host = host_of(url)
        times, since, last = self._failures.get(host, (0, 0.0, None))
        if last and times >= DOWN and time.monotonic() < since + REST:
            raise last
        try:
            response = self._attempts(url, accept, types, headers)
        except FetchError as error:
            self._failures[host] = (times + 1, time.monotonic(), error)
            raise
        self._failures.pop(host, None)
        return response

    def _attempts(self, url: str, accept: str, types: Sequence[str], headers: dict[str, str]) -> Response:
        # Not left to the adapter of requests: it would not wait its turn at the
        # host, knows nothing of answers that break off, and waits for hours if told to.
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once(url, accept, types, headers)
            except FetchError as error:
                if error.failure is Failure.GONE:
                    return Response(url, error.status or 404, "", b"", time.time())
                if error.wait is None or attempt == ATTEMPTS:
                    raise
                if error.wait > PATIENCE:
                    raise asking_for_patience(error) from error
                self._wait(max(error.wait, BACK_OFF * 2 ** (attempt - 1)), url)
        raise AssertionError("the last attempt returns or raises")

    def _wait(self, seconds: float, url: str) -> None:
        """A pause, save for a server of one's own, which needs none."""
        if seconds > 0 and not (self._quick and self._is_rerouted(url)):
            self._sleep(seconds)

    def _once(self, url: str, accept: str, types: Sequence[str], headers: dict[str, str]) -> Response:
        with self._following(url, {"Accept": accept, **headers}) as (response, last, _):
            host = host_of(last)
            _raise_for(response, host)
            content_type = response.headers.get("Content-Type", "")
            plain = content_type.partition(";")[0].strip().lower()
            if types and plain and not plain.startswith(tuple(types)):
                raise FetchError(
                    f"{host} answered with {ascii(plain[:60])[1:-1]} where {types[0]} was asked for",
                    Failure.BROKEN,
                    "it may be a page for people: an error, a login or a captcha; try again later",
                )
            return Response(last, response.status_code, content_type, self._read(response, host), time.time())

    def _read(self, response: requests.Response, host: str) -> bytes:
        """The body, as far as it is neither too long nor too slow."""
        too_long = FetchError(
            f"{host} answered with more than {self.limit // 1024} kB; nothing of it was taken", Failure.BROKEN
        )
        declared = response.headers.get("Content-Length", "")
        if declared.isdecimal() and int(declared[:15]) > self.limit:
            raise too_long
        deadline = time.monotonic() + self.longest
        body = bytearray()
        while piece := response.raw.read1(CHUNK, decode_content=True):
            body += piece
            if len(body) > self.limit:
                raise too_long
            if time.monotonic() > deadline:
                raise FetchError(f"{host} took more than {self.longest:.0f} seconds to answer", Failure.SLOW)
        if (
            declared.isdecimal()
            and "Content-Encoding" not in response.headers
            and len(body) < int(declared[:15])
        ):
            raise cut_off(host)
        return bytes(body)

    # -- One request -------------------------------------------------------------------------

    @contextlib.contextmanager
    def _following(self, url: str, headers: dict[str, str]) -> Iterator[tuple[requests.Response, str, str]]:
        """The answer at the end of all redirects, its address, and where it has moved to for good."""
        first, moved, permanent = host_of(url), url, True
        for _ in range(REDIRECTS + 1):
            sent = headers if host_of(url) == first else {"Accept": headers["Accept"]}
            with self._request(url, sent) as response:
                if response.status_code not in REDIRECTING or "Location" not in response.headers:
                    yield response, url, moved
                    return
                permanent = permanent and response.status_code in PERMANENT
                url = self._next(url, response.headers["Location"])
                moved = url if permanent else moved
        raise FetchError(f"{first} redirects without an end", Failure.BROKEN)

    def _next(self, url: str, location: str) -> str:
        """Where a redirect leads, which must be a web address that anybody may see."""
        try:
            target = urljoin(url, location)
            scheme = urlsplit(target).scheme
        except ValueError:
            target = scheme = ""
        host = host_of(target)
        if scheme not in {"http", "https"} or not host:
            raise FetchError(f"{host_of(url)} redirects to something that is no web address", Failure.BROKEN)
        if is_private(host) and host not in self.allowed:
            raise FetchError(f"{host_of(url)} redirects into a private network", Failure.BROKEN)
        return target

    @contextlib.contextmanager
    def _request(self, url: str, headers: Mapping[str, str]) -> Iterator[requests.Response]:
        host = host_of(url)
        trusted = self._is_rerouted(url) or host in self.allowed
        if is_private(host) and not trusted:
            raise public.refused(host)
        with self._turns.at(host, url), _in_our_words(host):
            response = self._session(trusted).get(
                self._address(url),
                headers=headers,
                timeout=self.timeout,
                stream=True,
                allow_redirects=False,
                auth=_nobody,
            )
            with response:
                yield response

    def _address(self, url: str) -> str:
        """The address that is really asked."""
        origin = next((origin for origin in self.reroute if url.startswith(origin)), None)
        return self.reroute[origin] + url[len(origin) :] if origin else url

    def _is_rerouted(self, url: str) -> bool:
        return self._address(url) != url

    def _session(self, trusted: bool) -> requests.Session:
        """A session of this thread's own, without cookies; where nothing is trusted, for public addresses."""
        sessions: dict[bool, requests.Session] = self._local.__dict__.setdefault("sessions", {})
        if trusted not in sessions:
            session = requests.Session()
            session.headers["User-Agent"] = self.agent
            session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
            if not trusted:
                for scheme in ("http://", "https://"):
                    session.mount(scheme, public.PublicOnly())
            sessions[trusted] = session
        return sessions[trusted]


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keeps requests from sending what a ``.netrc`` says of the host."""
    return request


def _raise_for(response: requests.Response, host: str) -> None:
    """Turn an answer that is none into an error that says so."""
    status = response.status_code
    if status < 300:
        return
    wait = _retry_after(response) if status in TRY_AGAIN else None
    if status in GONE:
        raise FetchError(f"{host} knows no such thing", Failure.GONE, status=status)
    if status == 429:
        message, failure = f"{host} says that it is asked too often (429)", Failure.REFUSED
    elif status in REFUSING:
        message, failure = f"{host} refuses to answer programs ({status})", Failure.REFUSED
    else:
        message, failure = f"{host} is out of order ({status})", Failure.BROKEN
    raise FetchError(message, failure, "try again later", status=status, wait=wait)


def _retry_after(response: requests.Response) -> float:
    """The seconds that a service asks to wait, 0 where it says nothing that can be understood."""
    header = response.headers.get("Retry-After", "")
    try:
        return Retry().parse_retry_after(header) if 0 < len(header) < 40 else 0.0
    except (InvalidHeader, ValueError, OverflowError):
        return 0.0


@contextlib.contextmanager
def _in_our_words(host: str) -> Iterator[None]:
    """What the libraries raise, as errors that say what it means."""
    try:
        yield
    except (requests.exceptions.Timeout, TimeoutError) as error:
        raise late(host) from error
    except requests.exceptions.SSLError as error:
        raise FetchError(f"{host} has no valid certificate", Failure.BROKEN) from error
    except (requests.exceptions.ChunkedEncodingError, HTTPError) as error:
        raise (late(host) if "timed out" in str(error) else cut_off(host)) from error
    except requests.exceptions.ConnectionError as error:
        if "aborted" in str(error) or "reset" in str(error):
            raise cut_off(host) from error
        raise unreachable(host) from error
    except (requests.exceptions.RequestException, ValueError) as error:
        raise FetchError(f"{host or 'this'} is, or leads to, no web address", Failure.BROKEN) from error
    except OSError as error:
        raise unreachable(host) from error


class _Turns:
    """One request at a time to each host, with a pause between two."""

    def __init__(self, wait: Callable[[float, str], None]) -> None:
        self._wait = wait
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._free: dict[str, float] = {}

    @contextlib.contextmanager
    def at(self, host: str, url: str) -> Iterator[None]:
        """The time in which a host is ours."""
        with self._guard:
            lock = self._locks[host]
        with lock:
            self._wait(self._free.get(host, 0.0) - time.monotonic(), url)
            try:
                yield
            finally:
                self._free[host] = time.monotonic() + PAUSES.get(host, PAUSE)


# -- A project's network ---------------------------------------------------------------------

FOLDER = Path(".cache", "odebib", "http")
"""The folder of a project in which answers are kept; safe to delete."""


def of_project(root: Path) -> Network:
    """The network as a project uses it: with its cache, and its address in the user agent.

    ``ODEBIB_CONTACT`` (an address or e-mail) says who is asking, else
    ``extra.repository`` in ``mkdocs.yml``. ``ODEBIB_REROUTE`` is a JSON object
    of addresses, each with the one to ask in its place. ``ODEBIB_ALLOWED_HOSTS``
    names hosts that may be asked although they are at no public address.
    """
    return Network(
        Cache(root / FOLDER / "answers.sqlite"), user_agent(root), reroute=_reroute(), allowed=_allowed()
    )


def _reroute() -> dict[str, str]:
    try:
        given = json.loads(os.environ.get("ODEBIB_REROUTE") or "{}")
    except ValueError as error:
        raise SourceError(f"ODEBIB_REROUTE is no JSON: {error}") from error
    return {str(origin): str(target) for origin, target in given.items()} if isinstance(given, dict) else {}


def _allowed() -> list[str]:
    """The hosts that the environment allows, in lower case."""
    return [
        host.strip().strip("[]").lower()
        for host in os.environ.get(public.SETTING, "").split(",")
        if host.strip()
    ]


def user_agent(root: Path) -> str:
    """What services are told of who is asking, so that they can write before they block."""
    contact = os.environ.get("ODEBIB_CONTACT") or _repository(root) or ""
    contact = re.sub(r"[^\x21-\x7e]", "", contact)[:200]
    if "@" in contact and "/" not in contact and not contact.startswith("mailto:"):
        contact = f"mailto:{contact}"
    return f"odebib/{__version__}" + (f" ({contact})" if contact else "")


def _repository(root: Path) -> str | None:
    """``extra.repository`` of ``mkdocs.yml``; its other tags and values mean nothing here."""
    try:
        node = tree.compose((root / "mkdocs.yml").read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError, tree.TooDeepError):
        return None
    for name in ("extra", "repository"):
        if not isinstance(node, yaml.MappingNode):
            return None
        node = next((value for key, value in node.value if key.value == name), None)
    return str(node.value) if isinstance(node, yaml.ScalarNode) else None
