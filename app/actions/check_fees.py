"""A fee that nobody can compute would stop every citizen at the last step: it is not published."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from app import feel
from app.domain.procedures.catalogue import Catalogue, CatalogueInvalid
from app.domain.procedures.fees import GIVEN, Fee, FeeUnclear, amount_of
from app.forms import FormDefinition, read_form
from app.foundation.text import gettext

#: Any moment will do to try an expression out.
_SOME_DAY = datetime(2024, 1, 1, tzinfo=UTC)


def ensure_fees(catalogue: Catalogue, files: Mapping[str, str]) -> None:
    """Raise CatalogueInvalid for names that no application gives, and for amounts that are none.

    The forms are known to be readable.
    """
    errors: dict[str, list[str]] = {}
    for at, fee in enumerate(catalogue.fees):
        if found := list(_problems(fee, _names(catalogue, fee, files))):
            errors[f"fee_line.{at}"] = found
    if errors:
        raise CatalogueInvalid(errors=errors)


def _problems(fee: Fee, known: frozenset[str]) -> Iterator[str]:
    for expression in fee.expressions:
        for name in sorted(feel.compile(expression).names - known):
            yield gettext(
                "Nothing gives the name “%(name)s” a value in the application.", name=name
            )
    try:
        amount_of(fee, {}, _SOME_DAY)
    except FeeUnclear:
        yield gettext(
            "Without any answers it gives no whole amount in đồng: say what is paid then."
        )


def _names(catalogue: Catalogue, fee: Fee, files: Mapping[str, str]) -> frozenset[str]:
    """What every application has that pays this fee."""
    forms = [
        read_form(files[f"forms/{case.application_form}.form"])
        for case in catalogue.cases
        if not fee.cases or case.key in fee.cases
    ]
    return GIVEN | frozenset.intersection(*(_keys(form) for form in forms))


def _keys(form: FormDefinition) -> frozenset[str]:
    return frozenset(item.path[0] for item in form.inputs)
