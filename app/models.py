"""Every table, imported in one place so that migrations and tests see them all."""

from pathlib import Path

from app.domain.accounts.challenges import SpentChallenge
from app.domain.accounts.events import AccountEntry
from app.domain.accounts.model import Account, AccountSession, EidLink, RecoveryCode
from app.domain.accounts.registrations import AccountLink, AccountMail, Registration
from app.domain.accounts.throttling import Throttle
from app.domain.apologies.model import Apology
from app.domain.calendars.model import Calendar, CalendarDraft, CalendarEdition
from app.domain.deadlines.escalations import Escalation
from app.domain.deadlines.model import Deadline
from app.domain.deadlines.redating import Redating
from app.domain.documents.model import StoredFile
from app.domain.documents.uploads import FileErrand, Upload
from app.domain.dossiers.drafts import DraftWatch
from app.domain.dossiers.model import Dossier, DossierCounter, Draft, RegisterCounter
from app.domain.dossiers.proofs import ProofCode
from app.domain.feedback.complaints import (
    Complaint,
    ComplaintCounter,
    ComplaintEntry,
    ConcernedOfficer,
)
from app.domain.feedback.model import Rating
from app.domain.inbox.answers import AnswerDraft
from app.domain.inbox.model import InboxItem
from app.domain.journal.model import JournalEntry
from app.domain.notices.model import ChannelToken, Delivery, Notice, NoticePreference
from app.domain.payments.model import GatewayMessage, Payment, PaymentAttempt
from app.domain.people.contacts import UnitContact
from app.domain.people.model import AccessToken, Membership, Person, Role, Unit, UnitSuccession
from app.domain.postal.model import CarrierMessage, ItemCode, Parcel, ResultReturn
from app.domain.procedures.model import Procedure, ProcedureOffer, ProcedureVersion
from app.domain.procedures.search.model import SearchEntry, SearchGeneration, SearchWord
from app.domain.processes.model import Process
from app.foundation.outbox import OutboxMessage

#: Where the numbered scripts lie that bring a database up to these tables.
MIGRATIONS = str(Path(__file__).resolve().parent.parent / "migrations")

__all__ = [
    "MIGRATIONS",
    "AccessToken",
    "Account",
    "AccountEntry",
    "AccountLink",
    "AccountMail",
    "AccountSession",
    "AnswerDraft",
    "Apology",
    "Calendar",
    "CalendarDraft",
    "CalendarEdition",
    "CarrierMessage",
    "ChannelToken",
    "Complaint",
    "ComplaintCounter",
    "ComplaintEntry",
    "ConcernedOfficer",
    "Deadline",
    "Delivery",
    "Dossier",
    "DossierCounter",
    "Draft",
    "DraftWatch",
    "EidLink",
    "Escalation",
    "FileErrand",
    "GatewayMessage",
    "InboxItem",
    "ItemCode",
    "JournalEntry",
    "Membership",
    "Notice",
    "NoticePreference",
    "OutboxMessage",
    "Parcel",
    "Payment",
    "PaymentAttempt",
    "Person",
    "Procedure",
    "ProcedureOffer",
    "ProcedureVersion",
    "Process",
    "ProofCode",
    "Rating",
    "RecoveryCode",
    "Redating",
    "RegisterCounter",
    "Registration",
    "ResultReturn",
    "Role",
    "SearchEntry",
    "SearchGeneration",
    "SearchWord",
    "SpentChallenge",
    "StoredFile",
    "Throttle",
    "Unit",
    "UnitContact",
    "UnitSuccession",
    "Upload",
]
