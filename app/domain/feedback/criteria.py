"""The eleven criteria by which a dossier's handling is rated (spec L-14), each 2, 1 or 0 points."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum


class Criterion(IntEnum):
    """A criterion by its number in the law."""

    TOTAL_TIME = 1  # tổng thời gian giải quyết so với quy định
    UNIT_TIME = 2  # thời gian của từng cơ quan, đơn vị tham gia
    CONTACTS = 3  # số lần phải liên hệ để hoàn thiện hồ sơ
    AGENCIES = 4  # số cơ quan phải liên hệ để hoàn thiện hồ sơ
    ONE_STOP = 5  # tổ chức tiếp nhận, giải quyết, trả kết quả tại Bộ phận Một cửa
    PUBLICATION = 6  # công khai thủ tục hành chính
    ATTITUDE = 7  # thái độ của cán bộ, công chức, viên chức
    COMPLAINTS = 8  # tiếp thu, giải trình phản ánh, kiến nghị
    ONLINE = 9  # tiến độ và chất lượng dịch vụ công trực tuyến
    CONVENIENCE = 10  # mức độ thuận tiện
    OVERALL = 11  # mức độ hài lòng chung


#: What the record of the dossier answers by itself.
COMPUTED = tuple(one for one in Criterion if one <= Criterion.AGENCIES)
#: What only the applicant can answer.
ASKED = tuple(one for one in Criterion if one > Criterion.AGENCIES)
#: The last two ask for satisfaction, the others for quality.
OF_SATISFACTION = frozenset({Criterion.CONVENIENCE, Criterion.OVERALL})
#: Points that one criterion can give, the best first.
POINTS = (2, 1, 0)
#: Points of all criteria together.
MOST = POINTS[0] * len(Criterion)

_TENTH = Decimal("0.1")


def total_of(points: Mapping[Criterion, int]) -> int:
    """Points of all eleven criteria together; raises ValueError unless each has 2, 1 or 0."""
    if points.keys() != set(Criterion) or not set(points.values()) <= set(POINTS):
        raise ValueError("a rating needs 2, 1 or 0 points for each of the eleven criteria")
    return sum(points.values())


def percent_of(total: int) -> Decimal:
    """A total as a share of the most that can be reached, in percent with one decimal."""
    return (Decimal(100 * total) / MOST).quantize(_TENTH, ROUND_HALF_UP)
