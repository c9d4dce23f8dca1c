"""Parcels as e-mails."""

from app.actions.carriers.parcels import Attempt, Carrier, Fate, Parcel
from app.foundation.mail import Mailer, MailFailed, MailRefused, Message


def by_mail(mailer: Mailer) -> Carrier:
    """Carry parcels as e-mails."""

    def carry(parcel: Parcel) -> Attempt:
        try:
            sent = mailer.send(_mail(parcel))
        except MailRefused as error:
            return Attempt(fate=Fate.NEVER, reason=str(error))
        except MailFailed as error:
            return Attempt(fate=Fate.AGAIN, reason=str(error))
        return Attempt(fate=Fate.SENT, provider_id=sent)

    return carry


def _mail(parcel: Parcel) -> Message:
    """Who may choose how he is told finds the place in the header too (RFC 2369)."""
    headers = {}
    if parcel.preferences_url:
        headers["List-Unsubscribe"] = f"<{parcel.preferences_url}>"
    return Message(
        to=parcel.address,
        subject=parcel.subject,
        text=parcel.text,
        html=parcel.html,
        key=parcel.key,
        headers=headers,
    )
