"""Forms to fill in by hand, printed from the same files as those on the screen (spec R3-24)."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from flask import Response
from flask_babel import force_locale

from app.domain.procedures.catalogue import Catalogue
from app.domain.procedures.queries import procedure_by_key
from app.forms import Field, FormDefinition, Kind
from app.foundation.db import db
from app.foundation.text import gettext
from app.papers import Blank, Document, Section, printed_document
from app.queries.definitions import LoadedVersion, UnknownForm, current_version
from app.web.portal.room import blueprint

#: A list to choose from that is longer is written out by hand.
_MOST_OPTIONS = 12
_LINES = {Kind.TEXTAREA: 3}
_CHOICES = frozenset({Kind.RADIO, Kind.SELECT, Kind.CHECKLIST, Kind.TAGLIST})
_SILENT = frozenset({Kind.SEPARATOR, Kind.SPACER, Kind.FILES})


@blueprint.get("/thu-tuc/<key>/mau/<name>.pdf")
def blank(key: str, name: str) -> Response:
    """The blank form of that name; raises UnknownForm for those that officers fill in."""
    session = db.session()
    version = current_version(session, procedure_by_key(session, key))
    if name not in public_forms(version.catalogue):
        raise UnknownForm
    # Procedures and their forms speak Vietnamese, whoever reads them.
    with force_locale("vi"):
        document = _document(version, version.form(name))
    answer = Response(_sheet(document), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{key}-{name}.pdf"'
    return answer


def public_forms(catalogue: Catalogue) -> frozenset[str]:
    """Names of the forms that applicants fill in."""
    templates = (paper.template for paper in catalogue.papers if paper.template)
    return frozenset([*templates, *(case.application_form for case in catalogue.cases)])


@lru_cache(maxsize=64)
def _sheet(document: Document) -> bytes:
    return printed_document(document)


def _document(version: LoadedVersion, form: FormDefinition) -> Document:
    catalogue = version.catalogue
    parts = tuple(_sections(form.components))
    return Document(
        language="vi",
        title=form.title or catalogue.name,
        subtitle=f"{catalogue.name} ({catalogue.code})",
        motto=("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
        sections=(_applicant(), *parts, _papers(catalogue)),
        signature=(
            gettext("………………, day ……  month ……  year ………"),
            gettext("Applicant (signature and full name)"),
        ),
    )


def _applicant() -> Section:
    labels = (
        gettext("Full name, or name of the body"),
        gettext("Identity number, or code of the body"),
        gettext("Telephone"),
        gettext("E-mail"),
        gettext("Address"),
    )
    blanks = tuple(Blank(label=label, lines=1) for label in labels)
    return Section(heading=gettext("Who the matter is about"), blanks=blanks)


def _papers(catalogue: Catalogue) -> Section:
    names = tuple(Blank(label="", options=(paper.name,)) for paper in catalogue.papers)
    return Section(heading=gettext("Papers of the dossier"), blanks=names)


def _sections(components: Iterable[Field], heading: str = "") -> Iterator[Section]:
    """Questions in the order of the form; a group is a section of its own."""
    blanks: list[Blank] = []
    words: list[str] = []
    for item in components:
        if item.kind is Kind.GROUP:
            if blanks or words:
                yield _section(heading, words, blanks)
            yield from _sections(item.components, item.label)
            heading, words, blanks = "", [], []
        elif item.kind is Kind.TEXT:
            words.append(item.content.striptags())
        elif item.kind not in _SILENT:
            blanks.append(_blank(item))
    if blanks or words:
        yield _section(heading, words, blanks)


def _section(heading: str, words: list[str], blanks: list[Blank]) -> Section:
    return Section(heading=heading, paragraphs=tuple(words), blanks=tuple(blanks))


def _blank(item: Field) -> Blank:
    if item.kind is Kind.LIST:
        return Blank(label=item.label, columns=tuple(one.label for one in item.inputs))
    if item.kind is Kind.CHECKBOX:
        return Blank(label="", options=(item.label,))
    if item.kind in _CHOICES and len(item.options) <= _MOST_OPTIONS:
        return Blank(label=item.label, options=tuple(one.label for one in item.options))
    return Blank(label=item.label, lines=_LINES.get(item.kind, 1))
