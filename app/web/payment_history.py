"""What journals tell of money, in plain words."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from app.domain.journal.events import Event
from app.domain.payments.states import DOSSIER_ENDED, Method
from app.foundation.text import gettext
from app.web.filters import date_vn, money_vn


def _demanded(told: dict[str, Any], _step: str) -> str:
    amount = money_vn(told.get("total"))
    pay_by = told.get("pay_by")
    if pay_by:
        day = date_vn(datetime.fromisoformat(pay_by))
        return gettext("A fee of %(amount)s is to be paid by %(day)s", amount=amount, day=day)
    return gettext("A fee of %(amount)s is to be paid", amount=amount)


def _received(told: dict[str, Any], _step: str) -> str:
    said = {
        Method.CASH.value: gettext("%(amount)s paid in cash", amount=_amount(told)),
        Method.TRANSFER.value: gettext("%(amount)s paid by bank transfer", amount=_amount(told)),
        Method.CARRIED.value: gettext(
            "%(amount)s already paid for the dossier that this one replaces", amount=_amount(told)
        ),
    }
    online = gettext("%(amount)s paid online", amount=_amount(told))
    paid = said.get(str(told.get("method")), online)
    return gettext("%(paid)s, receipt %(number)s", paid=paid, number=told.get("receipt", ""))


def _cancelled(told: dict[str, Any], _step: str) -> str:
    reason = told.get("reason", "")
    if reason == DOSSIER_ENDED:
        return gettext("The fee is no longer asked for: the dossier has ended")
    if told.get("waived"):
        return gettext("The fee is waived: %(reason)s", reason=reason)
    return gettext("The fee is no longer asked for: %(reason)s", reason=reason)


def _amount(told: Mapping[str, Any]) -> str:
    return money_vn(told.get("amount"))


PAYMENT_SENTENCES: dict[Event, Callable[[dict[str, Any], str], str]] = {
    Event.PAYMENT_DEMANDED: _demanded,
    Event.PAYMENT_STARTED: lambda told, _step: gettext(
        "Online payment of %(amount)s started", amount=_amount(told)
    ),
    Event.PAYMENT_FAILED: lambda _told, _step: gettext("The online payment did not succeed"),
    Event.PAYMENT_RECEIVED: _received,
    Event.PAYMENT_CANCELLED: _cancelled,
    Event.PAYMENT_SURPLUS: lambda told, _step: gettext(
        "%(amount)s paid too much: the office gives it back", amount=_amount(told)
    ),
    Event.PAYMENT_MOVED: lambda told, _step: gettext(
        "%(amount)s now counts for dossier %(code)s",
        amount=_amount(told),
        code=told.get("code", ""),
    ),
    Event.PAYMENT_REFUNDED: lambda told, _step: gettext(
        "%(amount)s given back: %(reason)s", amount=_amount(told), reason=told.get("reason", "")
    ),
}
