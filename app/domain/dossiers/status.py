"""The national dossier statuses (spec §3.4) and what each means for clock and folder."""

from enum import Enum, IntEnum


class Status(IntEnum):
    """Status of a dossier by its national code."""

    SUBMITTED = 1  # mới đăng ký
    RECEIVED = 2  # được tiếp nhận
    REFUSED = 3  # không được tiếp nhận
    IN_PROGRESS = 4  # đang xử lý
    SUPPLEMENT_REQUESTED = 5  # yêu cầu bổ sung giấy tờ
    AWAITING_PAYMENT = 6  # yêu cầu thực hiện nghĩa vụ tài chính
    WITHDRAWN = 7  # công dân yêu cầu rút hồ sơ
    STOPPED = 8  # dừng xử lý
    RESULT_READY = 9  # đã xử lý xong
    RETURNED_RESULT = 10  # đã trả kết quả


#: Nothing follows these.
FINAL = frozenset({Status.REFUSED, Status.WITHDRAWN, Status.STOPPED, Status.RETURNED_RESULT})

#: The office is done: later waiting never makes it late (spec L-11).
FINISHED = FINAL | {Status.RESULT_READY}

#: The applicant has to do something before the office can go on (spec L-04, L-09).
ASKED = frozenset({Status.SUPPLEMENT_REQUESTED, Status.AWAITING_PAYMENT})

#: The office has taken it up: from here on the legal term counts (spec L-05).
RECEIVED = frozenset(
    {Status.RECEIVED, Status.IN_PROGRESS, Status.RESULT_READY, Status.RETURNED_RESULT}
)

#: What may follow what (spec C-09); staying where one is is always allowed.
FOLLOWS: dict[Status, frozenset[Status]] = {
    Status(code): frozenset(Status(after) for after in follows)
    for code, follows in {
        1: (2, 3, 4, 5, 6, 7, 8, 9, 10),
        2: (3, 4, 5, 6, 7, 8, 9, 10),
        3: (),
        4: (5, 6, 7, 8, 9, 10),
        5: (1, 2, 3, 4, 7, 8),
        6: (1, 4, 7, 8),
        7: (),
        8: (),
        9: (10,),
        10: (),
    }.items()
}


class Channel(Enum):
    """How the dossier came in (spec C-10)."""

    COUNTER = "counter"  # 1 trực tiếp
    ONLINE = "online"  # 2 trực tuyến
    POST = "post"  # 3 bưu chính công ích


class ApplicantKind(Enum):
    """Who the owner is (spec C-10)."""

    CITIZEN = "citizen"  # 1
    ENTERPRISE = "enterprise"  # 2
    STATE_BODY = "state_body"  # 3
    ORGANISATION = "organisation"  # 4
