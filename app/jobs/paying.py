"""Errand: ask the payment platform what became of a silent attempt."""

from flask import current_app

from app.actions.payments.confirm_attempt import settle_attempt, take_attempt
from app.domain.payments.gateway import GatewayFails, Said
from app.domain.payments.national import gateway_of
from app.foundation.clock import now
from app.jobs.errands import Errand


def _ask(reference: str, /) -> Said | GatewayFails | None:
    """What the platform says; a failure is an answer as well, None without a platform."""
    gateway = gateway_of(current_app.config)
    if gateway is None:
        return None
    try:
        return gateway.ask(reference, now())
    except GatewayFails as error:
        return error


ask_platform = Errand(take=take_attempt, carry=_ask, note=settle_attempt)
