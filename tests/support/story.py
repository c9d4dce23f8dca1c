"""A story's driver: people submit and work, the clock moves, nothing happens behind its back."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import orjson
from flask import Flask
from sqlalchemy import select

from app.actions.claim_task import claim_task
from app.actions.complete_task import complete_task
from app.actions.submit_dossier import Application, submit_dossier
from app.domain.dossiers.applicant import read_applicant
from app.domain.dossiers.model import Dossier
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.journal.model import JournalEntry
from app.domain.journal.queries import entries_of
from app.domain.people.queries import actor_of, person_by_username
from app.domain.procedures.queries import procedure_by_key
from app.foundation import clock
from app.foundation.actor import Actor
from app.foundation.db import db, transaction
from app.jobs.worklist import APOLOGIES, DEADLINES, MESSAGES, PAYMENTS, REDATINGS, STEPS
from app.queries.definitions import current_version, loaded_version
from app.queries.replay import Replay, replay
from tests.support.apps import MONDAY
from tests.support.filler import fill

APPLICANT = {"name": "Nguyễn Thị Mai", "identity_number": "042000000001"}


class Story:
    """One dossier's life, told from Monday 09:00 on."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.at = MONDAY
        self.code = ""

    def wait(self, **span: float) -> None:
        """Let time pass: `wait(days=30)`."""
        self.at += timedelta(**span)

    def submit(
        self,
        procedure: str,
        *,
        by: str = "congdan1",
        case: str | None = None,
        choose: Mapping[str, Any] | None = None,
        key: str | None = None,
    ) -> str:
        """Hand in an application filled in on the happy path; returns its code."""
        with self.app.app_context(), clock.at(self.at):
            data = self.filled(procedure, case=case, choose=choose)
            actor = self.actor(by)
            with transaction() as session:
                dossier = submit_dossier(
                    session,
                    Application(
                        procedure=procedure,
                        case=case,
                        applicant=read_applicant(APPLICANT),
                        data=data,
                    ),
                    actor=actor,
                    at=self.at,
                    key=key,
                )
                self.code = dossier.code
        return self.code

    def complete(
        self, step: str, by: str, *, key: str | None = None, **choose: Any
    ) -> dict[str, Any]:
        """Somebody completes the open step, choosing some answers, the first options otherwise."""
        with self.app.app_context(), clock.at(self.at):
            item = self.item(step)
            version = loaded_version(db.session(), self.dossier().version_id)
            data = fill(orjson.loads(version.form_source(item.form)), choose)
            actor = self.actor(by)
            with transaction() as session:
                answer = complete_task(session, item.id, data, actor=actor, at=self.at, key=key)
        self.wait(minutes=1)
        return answer

    def claim(self, step: str, by: str) -> None:
        """Somebody takes the open step."""
        with self.app.app_context():
            item, actor = self.item(step), self.actor(by)
            with transaction() as session:
                claim_task(session, item.id, actor=actor, at=self.at)

    def tick(self) -> int:
        """Do what is due now, as the scheduler would; returns how many rows were settled."""
        done = 0
        with self.app.app_context(), clock.at(self.at):
            for work in (MESSAGES, PAYMENTS, DEADLINES, STEPS, REDATINGS, APOLOGIES):
                for due in work.rows.due(db.session(), self.at, 100):
                    with transaction() as session:
                        done += work.act(session, due.row, at=self.at)
        return done

    def open_steps(self) -> list[str]:
        """Names of the steps that wait for somebody."""
        with self.app.app_context():
            wanted = (
                select(InboxItem.step)
                .join(Dossier, Dossier.id == InboxItem.dossier_id)
                .where(Dossier.code == self.code, InboxItem.state == ItemState.OPEN)
            )
            return sorted(db.session().scalars(wanted))

    def events(self) -> list[str]:
        """The journal, event by event."""
        return [entry.event.value for entry in self.entries()]

    def entries(self) -> Sequence[JournalEntry]:
        """The journal."""
        with self.app.app_context():
            return entries_of(db.session(), self.dossier().id)

    def replayed(self) -> Replay:
        """What an auditor finds."""
        with self.app.app_context():
            return replay(db.session(), self.dossier())

    # The rest needs an application context.

    def filled(
        self, procedure: str, *, case: str | None = None, choose: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Answers of an application form, on the happy path."""
        session = db.session()
        version = current_version(session, procedure_by_key(session, procedure))
        form = version.case(case).application_form
        return fill(orjson.loads(version.form_source(form)), choose)

    def dossier(self) -> Dossier:
        """The dossier as it stands."""
        wanted = select(Dossier).where(Dossier.code == self.code)
        return db.session().scalars(wanted.execution_options(populate_existing=True)).one()

    def item(self, step: str) -> InboxItem:
        """The open item of that step."""
        wanted = (
            select(InboxItem)
            .join(Dossier, Dossier.id == InboxItem.dossier_id)
            .where(
                Dossier.code == self.code,
                InboxItem.step == step,
                InboxItem.state == ItemState.OPEN,
            )
        )
        return db.session().scalars(wanted.execution_options(populate_existing=True)).one()

    def actor(self, username: str) -> Actor:
        """The person as an actor on the story's day."""
        person = person_by_username(db.session(), username)
        found = actor_of(db.session(), person.id, self.at)
        assert found is not None
        return found
