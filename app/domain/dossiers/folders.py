"""The six folders in which applicants find their dossiers (spec R3-33, §3.4)."""

from enum import Enum

from app.domain.dossiers.status import Status


class Folder(Enum):
    """A folder of "my dossiers"."""

    DRAFTS = "drafts"  # hồ sơ chưa gửi
    SENT = "sent"  # hồ sơ đã gửi
    SUPPLEMENT = "supplement"  # hồ sơ yêu cầu bổ sung
    IN_PROGRESS = "in-progress"  # hồ sơ đang xử lý
    RESULT = "result"  # hồ sơ đã trả kết quả
    RETURNED = "returned"  # hồ sơ bị trả lại


#: What lies in each folder; a draft has no status.
STATUSES: dict[Folder, tuple[Status, ...]] = {
    Folder.SENT: (Status.SUBMITTED,),
    Folder.SUPPLEMENT: (Status.SUPPLEMENT_REQUESTED,),
    Folder.IN_PROGRESS: (
        Status.RECEIVED,
        Status.IN_PROGRESS,
        Status.AWAITING_PAYMENT,
        Status.RESULT_READY,
    ),
    Folder.RESULT: (Status.RETURNED_RESULT,),
    Folder.RETURNED: (Status.REFUSED, Status.WITHDRAWN, Status.STOPPED),
}

_FOLDER_OF = {status: folder for folder, found in STATUSES.items() for status in found}

#: Where the way of a dossier is told step by step, and nowhere else (spec R3-40).
SHOWS_PROCESS = frozenset({Folder.IN_PROGRESS, Folder.RESULT, Folder.RETURNED})


def folder_of(status: Status) -> Folder:
    """The folder a sent dossier lies in."""
    return _FOLDER_OF[status]


def shows_process(status: Status) -> bool:
    """Whether its applicant may look at every step."""
    return folder_of(status) in SHOWS_PROCESS
