"""Why a request failed: for programs by its kind, for people in one sentence."""

from __future__ import annotations

import enum

from odebib.errors import SourceError


class Failure(enum.StrEnum):
    """Why a request failed."""

    OFFLINE = "offline"
    """No connection: no such host, refused, unreachable."""
    SLOW = "slow"
    """No answer in time."""
    GONE = "gone"
    """The service is there, but not what was asked for."""
    REFUSED = "refused"
    """The service is there, but does not want to answer."""
    BROKEN = "broken"
    """An error of the service, or an answer that is none."""


class FetchError(SourceError):
    """A request failed; ``failure`` says why, ``status`` is the HTTP status if there was one."""

    def __init__(
        self,
        message: str,
        failure: Failure,
        hint: str | None = None,
        *,
        status: int | None = None,
        wait: float | None = None,
    ) -> None:
        super().__init__(message, hint)
        self.failure = failure
        self.status = status
        self.wait = wait
        """Seconds after which it may be tried again; None where that is of no use."""


def late(host: str) -> FetchError:
    """No answer in time; the next attempt may have one."""
    return FetchError(f"{host} does not answer in time", Failure.SLOW, "try again later", wait=0)


def cut_off(host: str) -> FetchError:
    """An answer that ends too early; the next attempt may have the whole."""
    message = f"{host} broke off in the middle of its answer"
    return FetchError(message, Failure.BROKEN, "try again later", wait=0)


def unreachable(host: str) -> FetchError:
    """No connection: another attempt is of no use now."""
    return FetchError(f"{host} cannot be reached", Failure.OFFLINE, "are you online?")


def asking_for_patience(error: FetchError) -> FetchError:
    """A failure of a service that wants a longer pause than anybody waits for."""
    minutes = f"{(error.wait or 0) / 60:.0f} minutes"
    message = f"{error.message} and wants to be left alone for {minutes}"
    return FetchError(message, error.failure, "try again then", status=error.status)
