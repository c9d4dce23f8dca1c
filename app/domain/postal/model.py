"""Rows of how results go back."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.postal.choice import RULES, PostalAddress, ReturnChoice, ReturnMethod
from app.foundation.db import Base, UtcDateTime


class ResultReturn(Base):
    """How the result of one dossier goes back; without a row it is fetched at the counter."""

    __tablename__ = "result_returns"

    dossier_id: Mapped[int] = mapped_column(
        ForeignKey("dossiers.id"), primary_key=True, autoincrement=False
    )
    method: Mapped[ReturnMethod]
    #: The lines of the address; empty where nothing is sent.
    recipient: Mapped[str | None] = mapped_column(String(RULES["recipient"].most))
    phone: Mapped[str | None] = mapped_column(String(RULES["phone"].most))
    province: Mapped[str | None] = mapped_column(String(RULES["province"].most))
    commune: Mapped[str | None] = mapped_column(String(RULES["commune"].most))
    street: Mapped[str | None] = mapped_column(String(RULES["street"].most))
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Empty for a visitor without account.
    chosen_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    @property
    def choice(self) -> ReturnChoice:
        """The same, frozen."""
        if self.method is ReturnMethod.COUNTER:
            return ReturnChoice(method=self.method)
        lines = {name: getattr(self, name) or "" for name in RULES}
        return ReturnChoice(method=self.method, address=PostalAddress(**lines))
