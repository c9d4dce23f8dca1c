"""The whole record of one dossier, beside the diagram it ran on, and the proof."""

from dataclasses import replace
from typing import Any

import orjson
from flask import Response as FlaskResponse
from flask import jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.calendars.model import CalendarEdition
from app.domain.journal.events import Event
from app.domain.journal.model import JournalEntry
from app.domain.journal.queries import taken_down_by
from app.domain.journal.rules import Unreadable
from app.foundation.db import db
from app.foundation.text import gettext, lazy_gettext
from app.queries.audit_pages import Record, record_of
from app.queries.damage import damage_told
from app.queries.marks import marks_after_each, marks_of
from app.queries.replay import Replay, replay
from app.queries.standing import waiting_steps
from app.web.audit.room import blueprint
from app.web.diagrams import Drawing, diagram_file, drawings
from app.web.facts import DossierFacts, facts_of, soon
from app.web.filters import date_vn
from app.web.history import person, sentence
from app.web.words import word_for

#: Longer values are cut on the page; the record itself is never cut.
SHOWN = 300
#: What `Break.reason` tells an auditor.
BREAKS = {
    "missing": lazy_gettext("an entry is missing"),
    "tail": lazy_gettext("the end of the journal is missing"),
    "payload": lazy_gettext("its content was changed"),
    "hash": lazy_gettext("its facts or its link were changed"),
    "erased": lazy_gettext("its content was taken away without permission"),
    "empty": lazy_gettext("the journal has no entries"),
    "unreadable": lazy_gettext("it cannot be read"),
}
#: What was compared with the journal, by `evidence.KINDS`.
ROWS = {
    "application": lazy_gettext("what was handed in"),
    "course": lazy_gettext("status and its dates"),
    "clocks": lazy_gettext("due dates and the state of the clock"),
    "process": lazy_gettext("state of the process"),
    "open work": lazy_gettext("open tasks"),
    "done work": lazy_gettext("completed tasks"),
    "procedure version": lazy_gettext("diagrams and forms"),
    "due dates": lazy_gettext("due dates"),
    "alarms": lazy_gettext("alarms and places in queues"),
    "timers": lazy_gettext("timers of the diagram"),
    "calendar": lazy_gettext("calendars that dates were counted with"),
    "files": lazy_gettext("papers"),
    "result return": lazy_gettext("how the result goes back"),
    "escalations": lazy_gettext("what superiors were told"),
    "letters": lazy_gettext("letters of apology"),
    "payments": lazy_gettext("payments"),
    "rating": lazy_gettext("the applicant's rating"),
    "succession": lazy_gettext("the dossier sent instead of it"),
}


@blueprint.get("/kiem-tra/<code>")
def dossier(code: str) -> str:
    """Journal and diagram; with `checked` also whether the record holds."""
    session = db.session()
    record = record_of(session, code)
    facts = facts_of(
        record.dossier,
        procedure_name=record.version.catalogue.name,
        handling_unit=record.handling_unit,
        soon_at=soon(session),
        taken_down_by=taken_down_by(record.entries),
    )
    return render_template(
        "audit/dossier.html",
        dossier=facts,
        timings=_timings(record, facts),
        versions=_versions(record),
        entries=[_entry(entry, record) for entry in record.chain],
        verify_url=url_for("audit.verify", code=code),
        clock_url=url_for("audit.clock", code=code),
        rating_url=_rating_url(record),
        checks=_checks(record) if "checked" in request.args else None,
        drawings=_drawings(record),
        replay_url=url_for("audit.steps", code=code),
        neighbours=record.neighbours,
    )


def _rating_url(record: Record) -> str | None:
    """Where the rating stands, once the journal tells of one."""
    rated = any(entry.event is Event.DOSSIER_RATED for entry in record.entries)
    return url_for("audit.rating", code=record.dossier.code) if rated else None


@blueprint.post("/kiem-tra/<code>/kiem-chung")
def verify(code: str) -> Response:
    """Check the record; the verdict stands on the page it leads to."""
    record_of(db.session(), code)
    return redirect(url_for("audit.dossier", code=code, checked=1, _anchor="checks"), 303)


@blueprint.get("/kiem-tra/<code>/so-do.bpmn")
@blueprint.get("/kiem-tra/<code>/so-do/<process>.bpmn")
def diagram(code: str, process: str | None = None) -> FlaskResponse:
    """The diagram the dossier runs on, or that of a process it calls.

    `version` asks for one of the versions it has run on before, by its number.
    """
    record = record_of(db.session(), code)
    wanted = request.args.get("version", type=int)
    eras = record.lineage.eras
    era = next((one for one in eras if one.version.number == wanted), record.lineage.last)
    case = era.version.case(record.dossier.case_key)
    return diagram_file(era.version.diagram_source(case.diagram, process))


@blueprint.get("/kiem-tra/<code>/dien-lai.json")
def steps(code: str) -> FlaskResponse:
    """What the slider shows: the marks after each entry of the journal."""
    record = record_of(db.session(), code)
    lineage = record.lineage
    walked = list(marks_after_each(record.entries, lineage))
    if walked:
        walked[-1] = (walked[-1][0], walked[-1][1].with_open(_waits(record)))
    return jsonify(
        steps=[
            {
                "seq": entry.seq,
                "label": sentence(entry, lineage, status=record.dossier.status),
                "version": lineage.at(entry.seq).version.number,
                **marks.as_dict(),
            }
            for entry, marks in walked
        ]
    )


def _waits(record: Record) -> list[str]:
    """Events and timers at which the dossier stands now."""
    definition = record.lineage.last.definition
    return [step.id for step in waiting_steps(definition, record.process.snapshot)]


def _drawings(record: Record) -> list[Drawing]:
    """The diagrams of every version it has run on; the page begins with the present one."""
    code, last = record.dossier.code, record.lineage.last
    found = drawings(
        last.definition,
        lambda process: url_for("audit.diagram", code=code, process=process),
        marks_of(record.entries, record.lineage).with_open(_waits(record)).open,
        version=last.version.number,
    )
    eras = {era.version.number: era for era in record.lineage.eras}
    for number, era in eras.items():
        if number == last.version.number:
            continue
        before = drawings(
            era.definition,
            lambda process, number=number: url_for(  # type: ignore[misc] # a default binds the loop's number
                "audit.diagram", code=code, process=process, version=number
            ),
            version=number,
        )
        found += [replace(drawing, first=False) for drawing in before]
    return found


def _timings(record: Record, facts: DossierFacts) -> list[tuple[str, str]]:
    """Whether the office was in time, in both ways of comparing (spec L-10)."""
    told: list[tuple[str, str]] = []
    due_at, met_at = record.dossier.reception_due_at, record.dossier.reception_met_at
    if due_at and met_at:
        word = gettext("in time") if met_at <= due_at else gettext("late")
        told.append((gettext("Reception"), word))
    if facts.timing:
        told.append((gettext("Result, day against day"), word_for(facts.timing.by_date)))
        told.append((gettext("Result, to the minute"), word_for(facts.timing.by_instant)))
    return told


def _versions(record: Record) -> list[tuple[str, str]]:
    numbers = [str(era.version.number) for era in record.lineage.eras]
    return [
        (gettext("Version of diagram and forms"), " → ".join(numbers)),
        (gettext("Diagram"), record.process.diagram),
        (gettext("Edition of the calendar"), _edition(record.edition)),
    ]


def _edition(edition: CalendarEdition) -> str:
    made = date_vn(edition.created_at)
    return gettext("%(number)s of %(day)s", number=edition.number, day=made)


def _entry(entry: JournalEntry | Unreadable, record: Record) -> dict[str, Any]:
    if isinstance(entry, Unreadable):
        return _damaged(entry.seq)
    return {
        "seq": entry.seq,
        "at": entry.at,
        "label": sentence(entry, record.lineage, status=record.dossier.status),
        "who": person(entry),
        "unit": entry.unit_name or "",
        "changes": _changes(entry),
        "digest": entry.hash.hex(),
    }


def _damaged(seq: int) -> dict[str, Any]:
    """A line of the journal of which nothing but its number is known."""
    return {
        "seq": seq,
        "at": None,
        "label": gettext("Entry %(seq)s cannot be read", seq=seq),
        "who": "",
        "unit": "",
        "changes": [],
        "digest": "",
    }


def _changes(entry: JournalEntry) -> list[tuple[str, str]]:
    """The recorded fields as they are; what was erased by law says so."""
    if entry.payload is None:
        return [(gettext("Content"), gettext("Erased by law; its digest remains."))]
    return [(name, _shown(value)) for name, value in sorted(entry.payload.items())]


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _checks(record: Record) -> list[dict[str, Any]]:
    """The verdicts, one for each way the record could have been changed."""
    with damage_told(record.dossier.code):
        verdict = replay(db.session(), record.dossier, chain=record.chain)
    broken = verdict.chain
    chain = {
        "name": gettext("Chain of digests"),
        "good": broken is None,
        "detail": ""
        if broken is None
        else gettext(
            "It breaks at entry %(seq)s: %(reason)s", seq=broken.seq, reason=BREAKS[broken.reason]
        ),
    }
    return [chain, *_replayed(verdict), _rows(verdict), *_clocks(verdict)]


def _clocks(verdict: Replay) -> list[dict[str, Any]]:
    """What cannot be said of an old dossier is said instead of being passed over."""
    if not verdict.before_clocks:
        return []
    told = gettext(
        "Handed in before the clocks: its first due date, and how its clocks stood at the upgrade, "
        "are taken as recorded. Everything since is counted again."
    )
    return [{"name": gettext("Legal clock"), "good": True, "detail": told}]


def _replayed(verdict: Replay) -> list[dict[str, Any]]:
    odd = [str(step.seq) for step in verdict.steps if not step.identical]
    good = not odd and verdict.stopped is None
    told = gettext("%(count)s entries give the recorded state", count=len(verdict.steps))
    if odd:
        told = gettext("Different at entries %(list)s", list=", ".join(odd))
    if verdict.stopped:
        told = gettext("The replay stops at entry %(seq)s.", seq=verdict.stopped.seq)
    return [
        {"name": gettext("Replay"), "good": good, "detail": told},
        {"name": gettext("Present state"), "good": verdict.state_identical, "detail": ""},
    ]


def _details(verdict: Replay, what: str) -> str:
    return ", ".join(one.detail for one in verdict.disagreements if one.what == what)


def _rows(verdict: Replay) -> dict[str, Any]:
    """Whether what everybody reads is what the journal tells."""
    odd = list(dict.fromkeys(one.what for one in verdict.disagreements))
    told = "; ".join(f"{ROWS[what]} ({_details(verdict, what)})" for what in odd)
    return {
        "name": gettext("Agreement of the stored data with the journal"),
        "good": not odd,
        "detail": gettext("Different from the journal: %(list)s", list=told) if odd else "",
    }
