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


TRANSLATED = [
    ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")
]
"""Networks of IPv6 whose last 32 bits are an address of IPv4."""


def is_public(address: str) -> bool:
    """Whether anybody may reach an address, given in numbers; an IPv4 address within it must be public, too.

    >>> is_public("8.8.8.8"), is_public("::ffff:127.0.0.1"), is_public("64:ff9b::a9fe:a9fe")
    (True, False, False)
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if found.is_multicast or found.is_reserved or found.is_unspecified:
        return isinstance(found, ipaddress.IPv6Address) and _is_translated(found) and _within(found)
    if isinstance(found, ipaddress.IPv6Address) and (_is_translated(found) or _inner(found)):
        return _within(found)
    return found.is_global and not getattr(found, "is_site_local", False)


def _is_translated(address: ipaddress.IPv6Address) -> bool:
    return any(address in network for network in TRANSLATED)


def _inner(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """The addresses of IPv4 that an address of IPv6 holds."""
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if _is_translated(address):
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [inner for inner in found if inner is not None]


def _within(address: ipaddress.IPv6Address) -> bool:
    return all(is_public(str(inner)) for inner in _inner(address))


def is_private(host: str) -> bool:
    """Whether a host is, by its name, on this machine or in a local network.

    >>> is_private("127.0.0.1"), is_private("[::1]"), is_private("localhost"), is_private("arxiv.org")
    (True, True, True, False)
    """
    name = host.strip("[]").rstrip(".").lower()
    try:
        return not is_public(str(ipaddress.ip_address(name)))
    except ValueError:
        return "." not in name or name.endswith((".localhost", ".local", ".internal"))
