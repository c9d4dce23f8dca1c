"""Fees for stories: the shipped business registration with another catalogue entry."""

from flask import Flask
from sqlalchemy import select

from app.domain.dossiers.model import Dossier
from app.domain.payments.model import Payment
from app.domain.procedures.fees import PayWhen
from app.foundation.db import db
from tests.support.procedures import publish_changed
from tests.support.story import Story

#: The charge of the shipped procedure; other times to pay replace this one.
SHIPPED = 'when = "on_request"'


def publish_fee(app: Flask, when: PayWhen, **more: str) -> str:
    """The business registration with its charge asked for at that time; returns its key."""
    lines = "".join(f"\n{name} = {value}" for name, value in more.items())
    changes = {"procedure.toml": {SHIPPED: f'when = "{when.value}"{lines}'}}
    return publish_changed(app, changes)


def payment_of(story: Story) -> Payment:
    """The newest demand of the story's dossier; needs an application context."""
    return (
        db.session()
        .scalars(
            select(Payment)
            .join(Dossier, Dossier.id == Payment.dossier_id)
            .where(Dossier.code == story.code)
            .order_by(Payment.number.desc())
            .execution_options(populate_existing=True)
        )
        .first()
    )  # type: ignore[return-value] # a story without one fails right here
