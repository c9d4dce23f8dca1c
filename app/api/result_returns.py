"""How a result shall come back, as a program tells it."""

from collections.abc import Mapping
from typing import Any

from flask import current_app

from app.domain.postal.choice import ReturnChoice, read_choice
from app.domain.postal.rules import PostNotOffered, ensure_offered
from app.foundation.errors import Invalid


def return_choice_of(told: Mapping[str, Any] | None) -> ReturnChoice | None:
    """The choice; raises Invalid below `result_return`, also where the province sends nothing."""
    if told is None:
        return None
    try:
        choice = read_choice(told)
        ensure_offered(choice, offered=bool(current_app.config["POSTAL_RETURN"]))
    except Invalid as refusal:
        told_errors = {f"result_return.{name}": words for name, words in refusal.errors.items()}
        raise Invalid(errors=told_errors) from refusal
    except PostNotOffered as refusal:
        raise Invalid(errors={"result_return.method": [str(refusal)]}) from refusal
    return choice
