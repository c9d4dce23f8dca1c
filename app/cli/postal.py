"""`postal`: item codes of the carrier, and where parcels with results are."""

from typing import IO

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app.actions.postal.item_codes import add_item_codes, hurry_parcels
from app.domain.dossiers.model import Dossier
from app.domain.postal.item_codes import codes_left
from app.domain.postal.model import Parcel
from app.domain.postal.queries import messages_of
from app.foundation.actor import SYSTEM
from app.foundation.clock import now
from app.foundation.db import db, transaction

group = click.Group("postal", help="Results sent by post: item codes and parcels.")

#: Lines of a list.
MOST = 200


@group.command("add-codes")
@click.argument("file", type=click.File("r", encoding="utf-8-sig", errors="replace"), default="-")
@with_appcontext
def add_codes(file: IO[str]) -> None:
    """Add the item codes in FILE, or from standard input, one on each line."""
    with transaction() as session:
        added = add_item_codes(session, file, actor=SYSTEM, at=now())
    click.echo(f"{added} added, {codes_left(db.session())} left")


@group.command("list")
@click.option("--messages", is_flag=True, help="Also what was said to and by the carrier.")
@with_appcontext
def list_parcels(*, messages: bool) -> None:
    """The newest parcels: dossier, order, item code, where it is, what is wrong."""
    session = db.session()
    wanted = select(Parcel, Dossier.code).join(Dossier, Dossier.id == Parcel.dossier_id)
    for parcel, code in session.execute(wanted.order_by(Parcel.id.desc()).limit(MOST)):
        trouble = f"\t{parcel.trouble.value}" if parcel.trouble else ""
        click.echo(
            f"{code}\t{parcel.number}\t{parcel.item_code or '-'}\t{parcel.state.value}{trouble}"
        )
        for one in messages_of(session, parcel.id) if messages else ():
            click.echo(f"  {one.at:%Y-%m-%d %H:%M:%S} {one.kind}: {one.result}")
    click.echo(f"{codes_left(session)} item codes left")


@group.command("hurry")
@with_appcontext
def hurry() -> None:
    """Let the scheduler try every parcel that waits to be ordered now."""
    with transaction() as session:
        count = hurry_parcels(session, actor=SYSTEM, at=now())
    click.echo(f"{count} to be ordered")
