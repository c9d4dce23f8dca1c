"""The guide for citizens: a page, and the same words to take home (spec R2-12, R3-50)."""

from functools import lru_cache

from flask import Response, current_app, render_template
from flask_babel import get_locale

from app.foundation.text import gettext
from app.papers import Document, Section, printed_document
from app.web.portal.room import blueprint


@blueprint.get("/huong-dan")
def guide() -> str:
    """How to find, send, follow and receive; one page."""
    return render_template("portal/guide.html", guide=_guide())


@blueprint.get("/huong-dan.pdf")
def guide_pdf() -> Response:
    """The same as a PDF in the reader's language."""
    document = _guide()
    answer = Response(_sheet(document), mimetype="application/pdf")
    name = f"huong-dan-mot-cua-{document.language}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@lru_cache(maxsize=4)
def _sheet(document: Document) -> bytes:
    return printed_document(document)


def _guide() -> Document:
    return Document(
        language=str(get_locale() or "vi"),
        title=gettext("Guide to the public services portal"),
        subtitle=str(current_app.config["PROVINCE_NAME"]),
        sections=(_find(), _prepare(), _send(), _follow(), _complete(), _receive(), _help()),
    )


def _find() -> Section:
    return Section(
        heading=gettext("1. Find your procedure"),
        steps=(
            gettext(
                "Type what you need in your own words into the search box. Marks, capitals and "
                "small typing errors do not matter; abbreviations such as CCCD and the code of a "
                "procedure work too."
            ),
            gettext(
                "Or choose the level (department, district or commune), then the agency, then the "
                "procedure."
            ),
            gettext(
                "Narrow a long list down by field and by how much of it runs online: “fully "
                "online” was called level 4 before, “partly online” level 3."
            ),
        ),
    )


def _prepare() -> Section:
    return Section(
        heading=gettext("2. See what you need"),
        paragraphs=(
            gettext(
                "The page of the procedure says who may apply, which papers are needed, the fee, "
                "the time the law allows, and on which day the result is due if you send it now."
            ),
            gettext("Blank forms can be downloaded there, filled in by hand and scanned."),
        ),
    )


def _send() -> Section:
    return Section(
        heading=gettext("3. Send the dossier"),
        steps=(
            gettext("Start with your account, or without one."),
            gettext(
                "Fill in the form and attach the papers. You may save and go on later: a draft is "
                "not sent until you press “Send”."
            ),
            gettext("Check your answers, declare that they are true, and send."),
            gettext("Keep the dossier code. With it you follow the dossier, even without account."),
        ),
    )


def _follow() -> Section:
    return Section(
        heading=gettext("4. Follow it"),
        paragraphs=(
            gettext(
                "An office answers within 8 working hours: it receives the dossier, asks for what "
                "is missing, or says why it cannot receive it."
            ),
            gettext(
                "“Track a dossier” shows every step, who works on it, the date it is due, and how "
                "that date was counted. We also ask for the applicant's identity number, so that "
                "nobody else can read it."
            ),
        ),
    )


def _complete() -> Section:
    return Section(
        heading=gettext("5. If something is missing"),
        paragraphs=(
            gettext(
                "You are asked once, for everything together. The time of the office stands still "
                "until you have answered."
            ),
        ),
    )


def _receive() -> Section:
    return Section(
        heading=gettext("6. Receive the result"),
        paragraphs=(
            gettext(
                "Download the result from the page of the dossier, or collect it at the one-stop "
                "office. If it cannot be ready in time, you get a letter of apology with the cause "
                "and a new date."
            ),
        ),
    )


def _help() -> Section:
    return Section(
        heading=gettext("7. Help"),
        paragraphs=(
            gettext(
                "The page of each agency has its address, telephone number and e-mail. Officers "
                "never ask for your password."
            ),
        ),
    )
