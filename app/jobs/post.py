"""The post: telling people, beside the legal clock, which never waits for a provider."""

from functools import partial

from flask import Flask

from app.actions.deliver_notice import (
    DUE_DELIVERIES,
    note_delivery,
    postpone_delivery,
    take_delivery,
)
from app.actions.plan_notice import DUE_NOTICES, plan_notice
from app.actions.post_office import PostOffice, post_office
from app.actions.renew_token import DUE_TOKENS, note_token, take_token
from app.jobs.account_post import account_post_of
from app.jobs.errands import Errand
from app.jobs.worklist import Work


def post_of(app: Flask, office: PostOffice | None = None) -> tuple[Work, ...]:
    """What the post looks for, with the channels that the installation is set up with."""
    office = office or post_office(app.config)
    notices = Work(
        name="notice", rows=DUE_NOTICES, act=partial(plan_notice, offered=office.offered)
    )
    deliveries = Work(
        name="delivery",
        rows=DUE_DELIVERIES,
        act=Errand(
            take=partial(take_delivery, office=office),
            carry=office.carry,
            note=partial(note_delivery, offered=office.offered),
        ),
        postpone=postpone_delivery,
    )
    return notices, deliveries, *_tokens(office), *account_post_of(app)


def _tokens(office: PostOffice) -> tuple[Work, ...]:
    """Only where tokens have to be exchanged."""
    if office.tokens is None:
        return ()
    errand = Errand(take=take_token, carry=office.tokens.exchange, note=note_token)
    return (Work(name="token", rows=DUE_TOKENS, act=errand),)
