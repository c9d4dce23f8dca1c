"""What the house writes to people about their accounts, in the language they read pages in."""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from app.foundation.text import LazyString, lazy_gettext


class Letter(Enum):
    """The kinds of letters."""

    ACTIVATE = "ACTIVATE"  # to whoever has registered
    HAS_ACCOUNT = "HAS_ACCOUNT"  # to whoever registers again
    RECOVER = "RECOVER"  # to a citizen who has forgotten the password
    RECOVER_OFFICER = "RECOVER_OFFICER"  # to an officer, whose password others issue (spec R0-13)
    CONFIRM_EMAIL = "CONFIRM_EMAIL"  # to a new address
    PASSWORD_CHANGED = "PASSWORD_CHANGED"  # noqa: S105 - news
    EMAIL_CHANGED = "EMAIL_CHANGED"  # to the address used so far
    LOCKED = "LOCKED"  # after many wrong passwords
    PROOF_CODE = "PROOF_CODE"  # to whoever wants to look at a dossier sent with this address
    DRAFT_ENDS = "DRAFT_ENDS"  # days before an application that was not sent is deleted
    VISITORS_DRAFT_ENDS = "VISITORS_DRAFT_ENDS"  # the same, to somebody without account
    FEEDBACK_RECEIVED = "FEEDBACK_RECEIVED"  # feedback or a complaint has arrived
    VISITORS_FEEDBACK_RECEIVED = "VISITORS_FEEDBACK_RECEIVED"  # without a page to read it on
    FEEDBACK_ANSWERED = "FEEDBACK_ANSWERED"  # its answer, word for word
    VISITORS_FEEDBACK_ANSWERED = "VISITORS_FEEDBACK_ANSWERED"  # likewise


class Written(NamedTuple):
    """Subject and text."""

    subject: str
    text: str


_GREETING = lazy_gettext("Dear %(name)s,")
_CLOSING = lazy_gettext(
    "Một Cửa – public services, %(province)s\n"
    "This e-mail was sent by a machine; answers to it are not read."
)
#: Subject and body of each.
_LETTERS: dict[Letter, tuple[LazyString, LazyString]] = {
    Letter.ACTIVATE: (
        lazy_gettext("Activate your account"),
        lazy_gettext(
            "An account was registered on the public service portal with this e-mail address. To "
            "activate it, open this link within %(hours)s hours:\n\n%(link)s\n\n"
            "The link works once. If it was not you who registered, do nothing: without "
            "activation no account is opened, and what was typed in is deleted."
        ),
    ),
    Letter.HAS_ACCOUNT: (
        lazy_gettext("You already have an account"),
        lazy_gettext(
            "Somebody, probably you, has just registered on the public service portal with this "
            "e-mail address. It already has an account, so no other was opened.\n\n"
            "Log in: %(login)s\nForgotten the password? %(recover)s\n\n"
            "If it was not you, there is nothing to do."
        ),
    ),
    Letter.RECOVER: (
        lazy_gettext("Set a new password"),
        lazy_gettext(
            "Somebody, probably you, has asked for a new password. To set one, open this link "
            "within %(minutes)s minutes:\n\n%(link)s\n\n"
            "The link works once. If it was not you, do nothing: your password stays as it is."
        ),
    ),
    Letter.RECOVER_OFFICER: (
        lazy_gettext("Your password"),
        lazy_gettext(
            "Somebody, probably you, has asked for a new password. Passwords of officers are "
            "issued by the IT officer of the unit: please ask there. If it was not you, please "
            "tell the IT officer all the same."
        ),
    ),
    Letter.CONFIRM_EMAIL: (
        lazy_gettext("Confirm your new e-mail address"),
        lazy_gettext(
            "This address was given as the new e-mail address of an account on the public service "
            "portal. To confirm it, open this link within %(hours)s hours:\n\n%(link)s\n\n"
            "If it was not you, do nothing: the account keeps its present address."
        ),
    ),
    Letter.PASSWORD_CHANGED: (
        lazy_gettext("Your password was changed"),
        lazy_gettext(
            "The password of your account was changed at %(when)s, and other devices were logged "
            "out. If it was not you, set a new password at once:\n\n%(recover)s"
        ),
    ),
    Letter.EMAIL_CHANGED: (
        lazy_gettext("Your e-mail address was changed"),
        lazy_gettext(
            "The e-mail address of your account was changed at %(when)s; this is the last e-mail "
            "to the old address. If it was not you, please tell us at the counter of any office."
        ),
    ),
    Letter.LOCKED: (
        lazy_gettext("Log-in to your account is paused"),
        lazy_gettext(
            "At %(when)s somebody typed a wrong password several times for your account. Log-in "
            "is paused for a while. If it was you, wait, or set a new password:\n\n%(recover)s\n\n"
            "If it was not you, your account is safe as long as your password is hard to guess."
        ),
    ),
    Letter.PROOF_CODE: (
        lazy_gettext("Code for dossier %(code)s: %(digits)s"),
        lazy_gettext(
            "Somebody, probably you, wants to look at dossier %(code)s on the public service "
            "portal. The code for it is\n\n%(digits)s\n\nIt works once, within %(life)s "
            "minutes. Tell it to nobody: officers never ask for it. If it was not you, do "
            "nothing: without the code nobody sees the dossier."
        ),
    ),
    Letter.DRAFT_ENDS: (
        lazy_gettext("Your draft will be deleted after %(day)s"),
        lazy_gettext(
            "You have begun an application and not sent it:\n\n%(procedure)s\n\n"
            "Nobody has seen it, and no time runs for it. It will be deleted after %(day)s "
            "together with its files, unless you write in it before. To go on with it, log in and "
            "open:\n\n%(link)s\n\nIf you do not need it any more, there is nothing to do."
        ),
    ),
    Letter.VISITORS_DRAFT_ENDS: (
        lazy_gettext("Your draft will be deleted after %(day)s"),
        lazy_gettext(
            "Somebody, probably you, has begun an application with this e-mail address and not "
            "sent it:\n\n%(procedure)s\n\nNobody has seen it, and no time runs for it. It will be "
            "deleted after %(day)s together with its files, unless you write in it before. It "
            "opens only in the browser that it was begun in, and only if that was not closed "
            "since:\n\n%(link)s\n\nOtherwise begin again; whoever logs in first finds his drafts "
            "everywhere.\n\n"
            "If it was not you, or you do not need it any more, there is nothing to do."
        ),
    ),
    Letter.FEEDBACK_RECEIVED: (
        lazy_gettext("Your feedback %(code)s has arrived"),
        lazy_gettext(
            "Your feedback has arrived. Its code is %(code)s. The leaders of %(unit)s, or those "
            "above them, deal with it and answer by %(day)s; an officer it is about does not see "
            "it. You can follow it here:\n\n%(link)s"
        ),
    ),
    Letter.VISITORS_FEEDBACK_RECEIVED: (
        lazy_gettext("Your feedback %(code)s has arrived"),
        lazy_gettext(
            "Feedback was sent with this e-mail address. Its code is %(code)s. The leaders of "
            "%(unit)s, or those above them, deal with it; an officer it is about does not see it. "
            "The answer comes to this address by %(day)s. If it was not you, there is nothing to "
            "do."
        ),
    ),
    Letter.FEEDBACK_ANSWERED: (
        lazy_gettext("Your feedback %(code)s is answered"),
        lazy_gettext(
            "Your feedback %(code)s to %(unit)s is answered:\n\n%(answer)s\n\n"
            "You can read it again here:\n\n%(link)s"
        ),
    ),
    Letter.VISITORS_FEEDBACK_ANSWERED: (
        lazy_gettext("Your feedback %(code)s is answered"),
        lazy_gettext(
            "Your feedback %(code)s to %(unit)s is answered:\n\n%(answer)s\n\n"
            "If you do not agree, you may send feedback again, or a complaint as the law provides."
        ),
    ),
}


#: Facts that keep their lines.
_AS_WRITTEN = frozenset({"answer"})


def written(letter: Letter, facts: Mapping[str, object]) -> Written:
    """The letter in the language of the moment; names in `facts` fill it in.

    Line breaks in what people have typed are taken out: they might make a letter say more. Only an
    answer keeps its own, as a leader has written it.
    """
    subject, body = _LETTERS[letter]
    told = {
        key: str(value) if key in _AS_WRITTEN else " ".join(str(value).split())
        for key, value in facts.items()
    }
    text = "\n\n".join(str(part) % told for part in (_GREETING, body, _CLOSING))
    return Written(subject=str(subject) % told, text=text + "\n")
