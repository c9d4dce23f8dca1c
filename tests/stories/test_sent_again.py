"""A visitor's dossier cannot be supplemented: it ends, and a new one takes its place (R3-04)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.actions.draft_dossier import begin_draft, save_draft
from app.actions.payments.at_the_counter import record_money
from app.actions.resubmit_dossier import NotGivenBack, resubmit_dossier
from app.actions.store_file import store_file
from app.actions.submit_dossier import Application, submit_dossier
from app.actions.supersede import AlreadySuperseded
from app.actions.take_in_file import take_in
from app.domain.documents.model import ScanState, StoredFile
from app.domain.dossiers.applicant import read_applicant
from app.domain.dossiers.clock import ClockState
from app.domain.dossiers.model import Draft
from app.domain.dossiers.status import Status
from app.domain.inbox.model import InboxItem, ItemState
from app.domain.payments.states import Method, PaymentState
from app.domain.procedures.fees import PayWhen
from app.domain.procedures.queries import procedure_by_key
from app.foundation.actor import VISITOR, Actor
from app.foundation.db import db, transaction
from app.queries.dossier_pages import UnknownDossier
from app.queries.succession import asked_before, succession_of
from tests.support.papers import PDF
from tests.support.payments import payment_of, publish_fee
from tests.support.post import Pigeons, deliver
from tests.support.procedures import KEY
from tests.support.story import APPLICANT, Story

RECEPTION, SPECIALIST = "linh.camxuyen", "nam.camxuyen"
BLOCK = APPLICANT | {"kind": "citizen", "email": "mai@example.vn", "phone": "", "address": ""}
ASKED = {
    "reception_decision": "supplement",
    "supplement_items": ["paper_identity"],
    "supplement_reason": "Ảnh chụp bị mờ",
    "supplement_remarks": [],
}


def proven(story: Story) -> Actor:
    """The visitor after code and second secret."""
    return replace(VISITOR, opened_codes=frozenset({story.code}))


def send_draft(story: Story, draft_id: str, actor: Actor = VISITOR) -> str:
    """Send what was drafted; the story goes on with the new dossier."""
    with story.app.app_context(), transaction() as session:
        draft = session.get_one(Draft, draft_id)
        dossier = submit_dossier(
            session,
            Application(
                procedure=KEY,
                case=draft.case_key,
                unit=draft.applicant.get("unit"),
                applicant=read_applicant(
                    {k: draft.applicant[k] for k in BLOCK if draft.applicant.get(k)}
                ),
                data=draft.data,
                draft=draft,
            ),
            actor=actor,
            at=story.at,
        )
        story.code = dossier.code
    return story.code


def drafted(story: Story, **choose: Any) -> str:
    """A visitor writes an application with one paper."""
    with story.app.app_context(), transaction() as session:
        draft = begin_draft(
            session, procedure_by_key(session, KEY), None, actor=VISITOR, at=story.at
        )
        taken = take_in("can-cuoc.pdf", PDF, max_size=10_000)
        file = store_file(session, taken, actor=VISITOR, at=story.at, draft_id=draft.id)
        data = story.filled(KEY, choose=choose) | {"paper_identity": [file.id]}
        save_draft(session, draft, applicant=BLOCK, data=data, at=story.at)
        return draft.id


def resubmit(story: Story, actor: Actor | None = None) -> str:
    with story.app.app_context(), transaction() as session:
        return resubmit_dossier(session, story.code, actor=actor or proven(story), at=story.at).id


def given_back(app: Flask) -> Story:
    """A visitor's dossier for which the reception wants a supplement."""
    story = Story(app)
    send_draft(story, drafted(story))
    story.wait(hours=1)
    story.complete("reception", RECEPTION, **ASKED)
    return story


def facts(story: Story) -> Mapping[str, Any]:
    with story.app.app_context():
        dossier = story.dossier()
        return {
            "status": dossier.status,
            "clock": dossier.clock,
            "closed": dossier.closed_at is not None,
            "asked": dossier.supplement_requests,
            "promised": dossier.due_at_original,
        }


def test_a_request_before_the_reception_ends_a_visitors_dossier(any_app: Flask) -> None:
    story = given_back(any_app)
    assert facts(story) == {
        "status": Status.REFUSED,
        "clock": ClockState.STOPPED,
        "closed": True,
        "asked": 1,
        "promised": None,
    }
    assert story.open_steps() == []
    asked = story.entries()[2]
    assert asked.payload is not None
    assert asked.payload["returned"] is True
    assert asked.payload["slip"] == "02"
    assert asked.payload["opened"] == []
    assert story.events()[2:] == ["task_completed", "reception_met", "clock_stopped"]
    assert story.replayed().identical
    story.wait(days=40)
    assert story.tick() == 0, "nothing is left that could ring"


def test_a_new_dossier_takes_its_place_with_all_that_was_written(any_app: Flask) -> None:
    story = given_back(any_app)
    old = story.code
    story.wait(hours=1)
    draft_id = resubmit(story)
    with any_app.app_context():
        session = db.session()
        draft = session.get_one(Draft, draft_id)
        before = story.dossier()
        papers = session.scalars(select(StoredFile).where(StoredFile.draft_id == draft_id)).all()
        (first,) = session.scalars(
            select(StoredFile).where(StoredFile.dossier_id == before.id)
        ).all()
        (copy,) = papers
        assert (copy.sha256, copy.name) == (first.sha256, first.name)
        assert draft.data == before.data | {"paper_identity": [copy.id]}
        assert draft.applicant["name"] == before.owner_name
        assert draft.applicant["unit"] == "H27.30"
        asked = asked_before(session, draft.supersedes_id)
        assert asked is not None
        assert asked[0] == old
        assert asked[1].reason == "Ảnh chụp bị mờ"
        assert [item.key for item in asked[1].items] == ["paper_identity"]
    new = send_draft(story, draft_id)
    assert new != old
    with any_app.app_context():
        dossier = story.dossier()
        assert dossier.status is Status.SUBMITTED
        assert dossier.reception_started_at == story.at
        assert dossier.supplement_requests == 0
        assert succession_of(db.session(), dossier).supersedes == old
    assert (story.entries()[0].payload or {})["supersedes"] == old
    assert story.replayed().identical
    story.complete("reception", RECEPTION)
    assert story.replayed().identical
    story.code = old
    assert story.events()[-1] == "dossier_superseded"
    assert (story.entries()[-1].payload or {}) == {"code": new}
    with any_app.app_context():
        assert succession_of(db.session(), story.dossier()).superseded_by == new
    assert story.replayed().identical


def test_pressing_twice_leads_to_one_draft_and_then_to_the_one_dossier(any_app: Flask) -> None:
    story = given_back(any_app)
    old, first = story.code, resubmit(story)
    assert resubmit(story) == first
    with any_app.app_context():
        account = replace(story.actor("congdan1"), opened_codes=frozenset({old}))
    other = resubmit(story, account)
    assert other != first, "an account keeps a draft of its own"
    new = send_draft(story, first)
    assert send_draft(story, first) == new, "a second click"
    story.code = old
    with pytest.raises(AlreadySuperseded, match=new):
        resubmit(story)
    with pytest.raises(AlreadySuperseded, match=new):
        send_draft(story, other, account)
    assert story.replayed().identical


def test_only_its_applicant_and_only_what_was_given_back(any_app: Flask) -> None:
    story = given_back(any_app)
    with pytest.raises(UnknownDossier):
        resubmit(story, VISITOR)
    with any_app.app_context():
        officer = story.actor(RECEPTION)
    with pytest.raises(UnknownDossier):
        resubmit(story, officer)
    send_draft(story, drafted(story))
    with pytest.raises(NotGivenBack):
        resubmit(story)
    story.complete("reception", RECEPTION, reception_decision="refuse")
    with pytest.raises(NotGivenBack):
        resubmit(story)


def test_an_account_supplements_the_same_dossier(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(KEY)
    story.complete("reception", RECEPTION, **ASKED)
    assert facts(story)["status"] is Status.SUPPLEMENT_REQUESTED
    assert story.open_steps() == ["supplement"]


def test_what_was_received_is_supplemented_where_it_is(any_app: Flask) -> None:
    story = Story(any_app)
    send_draft(story, drafted(story))
    story.complete("reception", RECEPTION)
    story.complete("appraisal", SPECIALIST, appraisal_decision="supplement")
    assert facts(story)["status"] is Status.SUPPLEMENT_REQUESTED
    assert story.open_steps() == ["supplement_in_process"]
    assert story.replayed().identical


def test_a_paid_fee_counts_for_the_new_dossier(any_app: Flask) -> None:
    publish_fee(any_app, PayWhen.PREPAID)
    story = Story(any_app)
    send_draft(story, drafted(story))
    with any_app.app_context(), transaction() as session:
        officer = story.actor(RECEPTION)
        record_money(session, story.code, Method.CASH, "PT-1", actor=officer, at=story.at)
    story.complete("reception", RECEPTION, **ASKED)
    old, paid = story.code, payment_state(story)
    assert paid is PaymentState.PAID
    send_draft(story, resubmit(story))
    with any_app.app_context():
        payment = payment_of(story)
        assert (payment.state, payment.method) == (PaymentState.PAID, Method.CARRIED)
        assert payment.proof == "H27.30-BL-2024-000001"
        assert story.dossier().status is Status.SUBMITTED
        assert story.dossier().reception_started_at == story.at
    assert story.replayed().identical
    story.code = old
    assert payment_state(story) is PaymentState.MOVED
    assert story.events()[-2:] == ["dossier_superseded", "payment_moved"]
    assert story.replayed().identical


def payment_state(story: Story) -> PaymentState:
    with story.app.app_context():
        return payment_of(story).state


def test_a_paper_in_quarantine_does_not_come_along(any_app: Flask) -> None:
    story = given_back(any_app)
    with any_app.app_context(), transaction() as session:
        (paper,) = session.scalars(
            select(StoredFile).where(StoredFile.dossier_id == story.dossier().id)
        )
        paper.scan = ScanState.INFECTED
    draft_id = resubmit(story)
    with any_app.app_context():
        assert db.session().get_one(Draft, draft_id).data["paper_identity"] == []


def test_no_step_of_the_applicant_is_ever_offered(any_app: Flask) -> None:
    story = given_back(any_app)
    with any_app.app_context():
        found = db.session().scalars(
            select(InboxItem.state).where(InboxItem.dossier_id == story.dossier().id)
        )
        assert list(found) == [ItemState.DONE]


def test_the_visitor_reads_what_is_missing_in_his_mailbox(any_app: Flask) -> None:
    story, pigeons = given_back(any_app), Pigeons()
    deliver(any_app, pigeons.office, story.at)
    (letter,) = pigeons.parcels
    assert letter.kind == "send-again"
    assert letter.address == "mai@example.vn"
    assert f"https://motcua.example.vn/ho-so/{story.code}" in letter.text
    assert "Lý do: Ảnh chụp bị mờ" in letter.text
    assert "- Giấy tờ pháp lý của chủ hộ" in letter.text
    assert "Nộp lại thành hồ sơ mới" in letter.text
    assert story.events()[-1] == "notice_sent"
    assert story.replayed().identical
