"""The post of the accounts: letters that were promised leave, and what is over is forgotten."""

from collections.abc import Mapping
from functools import partial

from flask import Flask
from flask_babel import force_locale

from app.actions.register import (
    OLD_CHALLENGES,
    OLD_REGISTRATIONS,
    forget_challenge,
    forget_registration,
)
from app.actions.send_account_mail import (
    DUE_MAILS,
    Envelope,
    postpone_mail,
    prepare_mail,
    settle_mail,
)
from app.domain.accounts.letters import Letter, written
from app.domain.accounts.registrations import ACTIVATION_LIFE, RECOVERY_LIFE
from app.domain.accounts.throttling import OLD_FAILURES, forget_failures
from app.foundation.clock import LOCAL_ZONE
from app.foundation.mail import MailRefused, Message, mailer_for
from app.jobs.errands import Errand
from app.jobs.worklist import Work

#: The page that the link of a letter opens, and how it calls what the envelope's token names.
PAGES: Mapping[Letter, tuple[str, str]] = {
    Letter.ACTIVATE: ("account.activation", "token"),
    Letter.RECOVER: ("account.new_start", "token"),
    Letter.CONFIRM_EMAIL: ("account.new_email", "token"),
    Letter.DRAFT_ENDS: ("portal.apply", "draft_id"),
    Letter.VISITORS_DRAFT_ENDS: ("portal.apply", "draft_id"),
    Letter.FEEDBACK_RECEIVED: ("portal.one_of_my_feedback", "code"),
    Letter.FEEDBACK_ANSWERED: ("portal.one_of_my_feedback", "code"),
}


def account_post_of(app: Flask) -> tuple[Work, ...]:
    """What the post looks for in the room of accounts."""
    letters = Work(
        name="account_mail",
        rows=DUE_MAILS,
        act=Errand(
            take=partial(prepare_mail, secret=app.config["SECRET_KEY"]),
            carry=partial(send, app),
            note=settle_mail,
        ),
        postpone=postpone_mail,
    )
    return (
        letters,
        Work(name="registration", rows=OLD_REGISTRATIONS, act=forget_registration),
        Work(name="challenge", rows=OLD_CHALLENGES, act=forget_challenge),
        Work(name="failures", rows=OLD_FAILURES, act=forget_failures),
    )


def send(app: Flask, envelope: Envelope) -> str:
    """Send one letter, and tell what became of it. Raises MailFailed when it may go later."""
    mailer = mailer_for(app.config["MAIL_URL"], app.config["MAIL_FROM"])
    try:
        mailer.send(message_of(app, envelope))
    except MailRefused as refusal:
        return f"refused: {refusal}"
    return f"sent: {envelope.letter.value}"


def message_of(app: Flask, envelope: Envelope) -> Message:
    """The letter with everything its reader is told, in his language."""
    facts = {
        **envelope.facts,
        "name": envelope.name,
        "province": app.config["PROVINCE_NAME"],
        **_links(app, envelope),
        "hours": int(ACTIVATION_LIFE.total_seconds() // 3600),
        "minutes": int(RECOVERY_LIFE.total_seconds() // 60),
        "when": f"{envelope.at.astimezone(LOCAL_ZONE):%H:%M %d/%m/%Y}",
    }
    with force_locale(envelope.language):
        told = written(envelope.letter, facts)
    return Message(to=envelope.to, subject=told.subject, text=told.text, key=envelope.key)


def _links(app: Flask, envelope: Envelope) -> dict[str, str]:
    """Addresses by name; no request is at hand that would know where this house stands."""
    public, adapter = app.config["PUBLIC_URL"], app.url_map.bind("")
    found = {
        "login": public + adapter.build("account.login"),
        "recover": public + adapter.build("account.recovery"),
    }
    if envelope.letter in PAGES:
        endpoint, name = PAGES[envelope.letter]
        found["link"] = public + adapter.build(endpoint, {name: envelope.token})
    return found
