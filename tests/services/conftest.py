"""The services, running on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from odebib.services.http import Network
from services import works
from services.server import Services, running


@pytest.fixture(name="world")
def _world() -> Iterator[Services]:
    """The services with the works of :mod:`services.works`."""
    with running() as services:
        yield works.fill(services)


@pytest.fixture(name="net")
def _net(world: Services) -> Network:
    """A network that keeps nothing and reaches only the services."""
    return Network(reroute=world.reroute, timeout=(2, 2))
