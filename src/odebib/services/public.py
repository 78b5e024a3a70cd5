"""Connections to public addresses only, judged on what a name resolves to, when it is connected to.

A name says nothing: ``127.1`` is this machine, and whoever owns a domain may let it lead into the network
of whoever asks. So the name is resolved once, all its addresses are judged, and what was judged is connected
to. No library does this for requests that is looked after; urllib3 leaves one place to do it in.
"""

from __future__ import annotations

import socket
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NameResolutionError
from urllib3.util.connection import allowed_gai_family, create_connection

from odebib.services.failures import Failure, FetchError
from odebib.services.hosts import is_public

SETTING = "ODEBIB_ALLOWED_HOSTS"
"""The environment's name for hosts that may be asked although they are not public, with commas between."""


def refused(host: str) -> FetchError:
    """The error of an address that is not for everybody."""
    hint = f"if it is meant, allow it: {SETTING}={host}"
    return FetchError(f"{host} is no public address", Failure.REFUSED, hint)


def _connect(connection: Any) -> socket.socket:
    """A connection to the first address that answers, if all addresses of the host are public."""
    host, port = connection._dns_host, connection.port
    try:
        found = socket.getaddrinfo(host, port, allowed_gai_family(), socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        gone = error if isinstance(error, socket.gaierror) else socket.gaierror(str(error))
        raise NameResolutionError(host, connection, gone) from error
    addresses = list(dict.fromkeys(str(item[4][0]) for item in found))
    if not all(map(is_public, addresses)):
        raise refused(host)
    failed: OSError | None = None
    for address in addresses:
        try:
            return create_connection(
                (address, port),
                connection.timeout,
                source_address=connection.source_address,
                socket_options=connection.socket_options,
            )
        except OSError as error:
            failed = error
    raise failed or OSError(f"{host} has no address")


class _PublicHTTP(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self)


class _PublicHTTPS(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self)


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _PublicHTTP


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _PublicHTTPS


class PublicOnly(HTTPAdapter):
    """What a session of requests connects with, where only public addresses may be reached.

    Where the environment names a proxy, that one resolves and is trusted to be where it should be.
    """

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """As the library does it, with connections that look where they lead."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}
