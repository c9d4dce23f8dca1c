"""`notices`: what people were told, what failed, trying again, and how a wording reads."""

import click
from flask import current_app
from flask.cli import with_appcontext

from app.actions.post_office import post_office
from app.actions.renew_token import enter_tokens
from app.actions.retry_delivery import retry_delivery
from app.cli.codes import dossier_number
from app.domain.notices.kinds import KINDS
from app.domain.notices.model import Channel, Notice, NoticeState, Party
from app.domain.notices.reaching import LANGUAGES, masked
from app.domain.notices.wording import sms_of, words_of
from app.foundation.actor import SYSTEM
from app.foundation.clock import now
from app.foundation.db import db, transaction
from app.queries.notice_facts import facts_of_notice
from app.queries.notice_pages import VIEWS, log_page

group = click.Group("notices", help="Messages to applicants and officers.")


@group.command("list")
@click.option("--view", type=click.Choice(VIEWS), default=VIEWS[0], show_default=True)
@with_appcontext
def list_notices(view: str) -> None:
    """The newest messages: number, dossier, what, how, where they are."""
    for one in log_page(db.session(), SYSTEM, view, None).rows:
        if one.delivery is None:
            why = one.notice.suppressed.value if one.notice.suppressed else ""
            click.echo(f"-\t{one.code}\t{one.notice.kind}\t-\t{why}")
            continue
        sent = one.delivery
        told = f"{sent.channel.value} {masked(sent.address)}\t{sent.state.value}"
        error = f"\t{sent.last_error}" if sent.last_error else ""
        click.echo(f"{sent.id}\t{one.code}\t{one.notice.kind}\t{told}{error}")


@group.command("retry")
@click.argument("numbers", nargs=-1, type=int)
@click.option("--all", "every", is_flag=True, help="The newest that failed, up to a page of them.")
@with_appcontext
def retry(numbers: tuple[int, ...], *, every: bool) -> None:
    """Try failed messages again, by their NUMBERS."""
    if every:
        rows = log_page(db.session(), SYSTEM, "failed", None).rows
        numbers = tuple(one.delivery.id for one in rows if one.delivery)
    db.session.remove()
    for number in numbers:
        with transaction() as session:
            retry_delivery(session, number, actor=SYSTEM, at=now())
    click.echo(f"{len(numbers)} tried again")


@group.command("token")
@click.argument("channel", type=click.Choice([Channel.ZALO.value]))
@click.option("--access", prompt="Access token", hide_input=True)
@click.option("--refresh", prompt="Refresh token", hide_input=True)
@with_appcontext
def token(channel: str, access: str, refresh: str) -> None:
    """Enter the tokens that the provider gave; they are exchanged at once, and from then on."""
    with transaction() as session:
        enter_tokens(session, Channel(channel), access=access, refresh=refresh, at=now())
    click.echo(f"{channel}: entered")


@group.command("preview")
@click.argument("kind", type=click.Choice(sorted(KINDS)))
@click.argument("code")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@click.option("--entry", default=1, show_default=True, help="The journal entry to tell of.")
@with_appcontext
def preview(kind: str, code: str, language: str, entry: int) -> None:
    """How a notice of KIND about the dossier CODE would read; nothing is sent."""
    session = db.session()
    notice = Notice(
        dossier_id=dossier_number(session, code),
        seq=entry,
        kind=kind,
        party=Party.OWNER,
        state=NoticeState.WAITING,
    )
    head = post_office(current_app.config).head
    facts = facts_of_notice(session, notice, head) | {"others": []}
    words = words_of(kind, language, facts)
    click.echo(f"{words.subject}\n\n{words.text}\n{sms_of(words.short, facts['url'])}")
