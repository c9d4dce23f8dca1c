"""The post of a story: what is due is planned and sent, as the scheduler would."""

from collections.abc import Callable
from datetime import datetime

from flask import Flask
from sqlalchemy import select

from app.actions.post_office import Attempt, Fate, Parcel, PostOffice, post_office
from app.domain.notices.model import Channel, Delivery, Notice
from app.foundation import clock
from app.foundation.db import db, transaction
from app.jobs.errands import Errand
from app.jobs.post import post_of
from app.queries.notice_facts import Letterhead
from tests.support.fakes.mail_server import MailServer

HEAD = Letterhead(province="Tỉnh Hà Tĩnh", public_url="https://motcua.example.vn")


class Pigeons:
    """Carries everything, and keeps it; tells what it is told to tell."""

    def __init__(self, *channels: Channel) -> None:
        self.parcels: list[Parcel] = []
        self.fates: list[Attempt] = []
        self._channels = channels or (Channel.EMAIL,)

    @property
    def office(self) -> PostOffice:
        """The post office that has these."""
        return PostOffice(head=HEAD, carriers=dict.fromkeys(self._channels, self.carry))

    def carry(self, parcel: Parcel) -> Attempt:
        """Take it, or fail as told."""
        fate = self.fates.pop(0) if self.fates else Attempt(fate=Fate.SENT, provider_id=parcel.key)
        if fate.fate is Fate.SENT:
            self.parcels.append(parcel)
        return fate

    def kinds(self) -> list[str]:
        """What was brought, in turn."""
        return [parcel.kind for parcel in self.parcels]


def office_with(app: Flask, server: MailServer) -> PostOffice:
    """The post office of the application, with that mail server."""
    return post_office(dict(app.config) | {"MAIL_URL": server.url})


def deliver(app: Flask, office: PostOffice, at: datetime) -> int:
    """Do everything that is due by then; returns how many rows were settled."""
    done = 0
    for work in post_of(app, office):
        with app.app_context(), clock.at(at):
            rows = [due.row for due in work.rows.due(db.session(), at, 100)]
            db.session.remove()
            for row in rows:
                done += _do(app, work.act, row, at)
    return done


def _do(app: Flask, act: Errand | Callable[..., bool], row: int, at: datetime) -> bool:
    if isinstance(act, Errand):
        return act.run(app, row, at)
    with transaction() as session:
        return act(session, row, at=at)


def notices(app: Flask) -> list[Notice]:
    """Every notice, the oldest first."""
    with app.app_context():
        return list(db.session().scalars(select(Notice).order_by(Notice.id)))


def deliveries(app: Flask) -> list[Delivery]:
    """Every message, the oldest first."""
    with app.app_context():
        return list(db.session().scalars(select(Delivery).order_by(Delivery.id)))
