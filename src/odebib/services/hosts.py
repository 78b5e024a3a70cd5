"""Hosts of addresses: which one an address names, and which of them nobody else may reach."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """The host of an address, in lower case; empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def is_private(host: str) -> bool:
    """Whether a host is, by its name, on this machine or in a local network.

    >>> is_private("127.0.0.1"), is_private("[::1]"), is_private("localhost"), is_private("arxiv.org")
    (True, True, True, False)
    """
    name = host.strip("[]").rstrip(".").lower()
    try:
        return not ipaddress.ip_address(name).is_global
    except ValueError:
        return "." not in name or name.endswith((".localhost", ".local", ".internal"))
