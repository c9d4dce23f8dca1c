"""Every route is public on purpose, or turns away who is not known (style, rule 15)."""

from typing import Any

import pytest
from flask import Flask

#: Open to everybody, visitors included.
PUBLIC = frozenset(
    {
        "static",
        "portal.home",
        "portal.procedures",
        "portal.procedure",
        "portal.suggest",
        "portal.agencies",
        "portal.agency",
        "portal.blank",
        "portal.guide",
        "portal.guide_pdf",
        "portal.before_start",
        "portal.start",
        "portal.lookup",
        "portal.ask_code",
        "portal.code_by_mail",
        "portal.prove_by_code",
        "portal.feedback",
        "portal.send_feedback",
        "portal.feedback_sent",
        # Back from the payment platform: leads to a page that asks for the proof.
        "portal.payment_return",
        # Opened by the platform's signature.
        "portal.payment_confirmation",
        # Opened by the carrier's signature.
        "portal.carrier_callback",
        "portal.verify",
        "portal.compare",
        "portal.prove",
        "account.login",
        "account.enter",
        "account.officer_login",
        "account.officer_enter",
        "account.registration",
        "account.send_registration",
        "account.registration_sent",
        "account.send_again",
        "account.captcha",
        "account.activation",
        "account.activate_account",
        "account.new_email",
        "account.take_new_email",
        "account.recovery",
        "account.ask",
        "account.recovery_sent",
        "account.new_start",
        "account.start_anew",
        "account.logout",
        "account.language",
        "api-docs.openapi_json",
        "api-calendars.list_calendars",
        "api-calendars.read_calendar",
        "api-calendars.read_edition",
        "api-health.health",
        "api-procedures.list_procedures",
        "api-procedures.read_procedure",
    }
)
#: Opened by a name nobody can guess, or by a code together with a second secret.
SECRET_NAMED = frozenset(
    {
        "portal.apply",
        "portal.ask_to_delete",
        "portal.delete_draft",
        "portal.write",
        "portal.check",
        "portal.send",
        "portal.file",
        "portal.preview",
        "portal.begin_upload_of_file",
        "portal.ask_upload",
        "portal.send_piece",
        "portal.finish_upload",
        "portal.cancel",
        "portal.discard",
        "portal.confirmation",
        "portal.clock",
        "portal.letter",
        "portal.payment",
        "portal.pay",
        "portal.look_again",
        "portal.fee_receipt",
        "portal.process",
        "portal.rate",
        "portal.rating",
        "portal.return_step",
        "portal.choose_in_draft",
        "portal.change_return",
        "portal.save_return",
        "portal.slip",
        "portal.status",
        "portal.close",
        "portal.send_again",
        "portal.supplement",
        "portal.told",
        "portal.answer",
        "portal.withdraw",
        "portal.confirm_withdrawal",
    }
)
SAMPLES = {
    "item_id": 1,
    "number": 1,
    "seq": 1,
    "place": 0,
    "day": "2026-12-01",
    "file_id": "0" * 32,
    "key": "dang-ky-khai-sinh",
}

#: What a route wants before it asks who is there.
BODIES: dict[str, dict[str, Any]] = {
    "api-files.upload": {"content_type": "multipart/form-data", "data": {"file": "none"}}
}


def _rules(app: Flask) -> list[tuple[str, str, str]]:
    """Endpoint, method and an address of every route."""
    adapter = app.url_map.bind("localhost")
    found: list[tuple[str, str, str]] = []
    for rule in app.url_map.iter_rules():
        given = {name: SAMPLES.get(name, "H27.30-241104-0001") for name in rule.arguments}
        found += [
            (rule.endpoint, method, adapter.build(rule.endpoint, given, method=method))
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        ]
    return found


@pytest.fixture
def strangers_app(app: Flask) -> Flask:
    """Tokens against forgery would answer first; here the guard itself is asked."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def test_a_stranger_is_turned_away_wherever_it_is_not_public(strangers_app: Flask) -> None:
    client = strangers_app.test_client()
    for endpoint, method, address in _rules(strangers_app):
        if endpoint in PUBLIC | SECRET_NAMED:
            continue
        body = BODIES.get(endpoint, {"json": {}} if "/api/" in address else {})
        answer = client.open(address, method=method, **body)
        sent_to_log_in = answer.status_code == 303 and "/dang-nhap" in (answer.location or "")
        assert sent_to_log_in or answer.status_code in (401, 403), (endpoint, answer.status_code)


def test_what_a_secret_name_opens_stays_shut_for_a_guess(strangers_app: Flask) -> None:
    client = strangers_app.test_client()
    for endpoint, method, address in _rules(strangers_app):
        if endpoint in SECRET_NAMED:
            answer = client.open(address, method=method)
            sent = answer.location or "" if answer.status_code == 303 else ""
            asked_who = sent.startswith(("/tra-cuu", "/dang-nhap"))
            assert asked_who or answer.status_code == 404, (endpoint, answer.status_code)


def test_no_route_of_these_lists_has_vanished(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints >= PUBLIC | SECRET_NAMED
