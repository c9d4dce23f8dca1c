"""Procedures to be searched for: some well-known ones, and thousands of invented ones.

They are told only as lists and the search know them; nothing of them can be started.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.index_procedure import index_all
from app.domain.people.model import Unit, UnitLevel
from app.domain.procedures.model import (
    Level,
    OnlineLevel,
    Procedure,
    ProcedureOffer,
    ProcedureVersion,
)
from app.foundation.db import add_rows

#: Invented agencies; their codes begin with a letter that no province has.
_FIRST_DAY = date(2020, 1, 1)
_PUBLISHED = datetime(2024, 11, 4, 2, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A procedure as a test tells it."""

    key: str
    name: str
    code: str
    area: str = "Hành chính"
    level: Level = Level.PROVINCE
    online: OnlineLevel = OnlineLevel.PARTIAL
    keywords: tuple[str, ...] = ()
    summary: str = ""
    units: tuple[str, ...] = field(default=("Z99.01",))


#: Verbs, things and places that real names are made of; combined they give over 2,000 names.
_ACTS = (
    "Cấp mới", "Cấp lại", "Cấp đổi", "Gia hạn", "Điều chỉnh", "Thu hồi", "Xác nhận", "Công nhận",
    "Phê duyệt", "Thẩm định", "Đăng ký", "Chấm dứt",
)  # fmt: skip
_THINGS = (
    "giấy phép hoạt động bến thủy nội địa", "chứng chỉ hành nghề thú y", "quyết định cho thuê rừng",
    "giấy chứng nhận an toàn thực phẩm", "giấy phép môi trường", "phương án khai thác khoáng sản",
    "chứng chỉ hành nghề luật sư", "giấy phép khai thác nước dưới đất", "thẻ hướng dẫn viên",
    "giấy phép bán lẻ rượu", "giấy phép lái xe", "giấy chứng nhận quyền sử dụng đất",
    "giấy phép xây dựng nhà ở riêng lẻ", "chứng chỉ hành nghề dược", "giấy phép hoạt động giáo dục",
    "quyết định hỗ trợ người khuyết tật", "giấy phép tổ chức biểu diễn nghệ thuật",
    "giấy xác nhận khai báo hóa chất", "giấy phép kinh doanh khí", "hợp đồng lao động nước ngoài",
    "tài khoản định danh của tổ chức", "giấy chứng nhận phòng cháy chữa cháy",
    "sổ theo dõi tiêm chủng", "giấy phép vận tải hàng hóa", "quy hoạch chi tiết khu dân cư",
)  # fmt: skip
_CASES = (
    "", "cho cá nhân", "cho hộ gia đình", "cho tổ chức", "đối với người Việt Nam ở nước ngoài",
    "có yếu tố nước ngoài", "tại khu kinh tế",
)  # fmt: skip
_AREAS = tuple(f"Lĩnh vực {number}" for number in range(1, 41))


def invented(most: int = 2000) -> Iterator[Told]:
    """So many different procedures, always the same ones."""
    mixed = itertools.product(_CASES, _THINGS, _ACTS)
    levels, online = list(Level), list(OnlineLevel)
    for number, (case, thing, act) in enumerate(itertools.islice(mixed, most)):
        yield Told(
            key=f"bia-{number}",
            name=" ".join(part for part in (act, thing, case) if part),
            code=f"9.{number:06d}",
            area=_AREAS[number % len(_AREAS)],
            level=levels[number % 3],
            online=online[number % 3],
            summary=f"Thủ tục {act.lower()} {thing}, nộp tại bộ phận một cửa.",
            units=(f"Z99.{number % 60:02d}", f"Z99.{(number + 7) % 60:02d}"),
        )


def store(session: Session, told: Sequence[Told]) -> None:
    """Put them into the catalogue beside what is there, and index everything anew."""
    units = _units(session, sorted({code for one in told for code in one.units}))
    first = (session.scalar(select(Procedure.id).order_by(Procedure.id.desc()).limit(1)) or 0) + 1
    numbers = {one.key: number for number, one in enumerate(told, start=first)}
    add_rows(
        session,
        Procedure,
        [
            {
                "id": numbers[one.key],
                "key": one.key,
                "national_code": one.code,
                "name": one.name,
                "level": one.level,
                "field": one.area,
                "online_level": one.online,
            }
            for one in told
        ],
    )
    add_rows(session, ProcedureVersion, [_version(one, numbers[one.key]) for one in told])
    procedures = Procedure.__table__
    versions = ProcedureVersion.__table__
    newest = select(versions.c.id).where(versions.c.procedure_id == procedures.c.id)
    session.execute(
        procedures.update()  # type: ignore[attr-defined] # a mapped class has a Table
        .where(procedures.c.id >= first)
        .values(current_version_id=newest.scalar_subquery())
    )
    add_rows(
        session,
        ProcedureOffer,
        [
            {
                "procedure_id": numbers[one.key],
                "unit_id": units[code],
                "agency_code": code,
                "valid_from": _FIRST_DAY,
            }
            for one in told
            for code in one.units
        ],
    )
    index_all(session)


def _version(one: Told, procedure_id: int) -> dict[str, object]:
    listing = {
        "name": one.name,
        "code": one.code,
        "summary": one.summary,
        "keywords": list(one.keywords),
        "term_text": "5 ngày làm việc",
    }
    return {
        "procedure_id": procedure_id,
        "number": 1,
        "content_hash": bytes(32),
        "files": {},
        "catalogue": listing,
        "deployed_at": _PUBLISHED,
    }


def _units(session: Session, codes: Sequence[str]) -> dict[str, int]:
    known = {unit.code: unit.id for unit in session.scalars(select(Unit))}
    for code in codes:
        if code not in known:
            level = UnitLevel.DEPARTMENT if int(code[-2:]) < 20 else UnitLevel.COMMUNE
            name = f"{'Sở' if level is UnitLevel.DEPARTMENT else 'UBND xã'} Thử {code[-2:]}"
            unit = Unit(code=code, name=name, level=level, valid_from=_FIRST_DAY)
            session.add(unit)
            session.flush()
            known[code] = unit.id
    return known


def _well_known() -> Iterator[Told]:
    commune, province = Level.COMMUNE, Level.PROVINCE
    full, partial, info = OnlineLevel.FULL, OnlineLevel.PARTIAL, OnlineLevel.INFO_ONLY
    rows = (
        ("ket-hon", "Đăng ký kết hôn", "1.000894", "Hộ tịch", commune, partial),
        ("khai-tu", "Đăng ký khai tử", "1.000656", "Hộ tịch", commune, partial),
        ("lai-khai-sinh", "Đăng ký lại khai sinh", "1.004884", "Hộ tịch", commune, full),
        ("xac-nhan-hon-nhan", "Cấp Giấy xác nhận tình trạng hôn nhân", "1.004873", "Hộ tịch",
         commune, full),
        ("sao-y", "Chứng thực bản sao từ bản chính giấy tờ, văn bản", "2.000815", "Chứng thực",
         commune, info),
        ("xay-nha", "Cấp giấy phép xây dựng nhà ở riêng lẻ", "1.009994", "Hoạt động xây dựng",
         commune, partial),
        ("bien-dong", "Đăng ký biến động quyền sử dụng đất do chuyển nhượng, tặng cho, thừa kế",
         "1.012784", "Đất đai", province, partial),
        ("ly-lich", "Cấp Phiếu lý lịch tư pháp", "2.000488", "Lý lịch tư pháp", province, full),
        ("thuong-tru", "Đăng ký thường trú", "1.004222", "Đăng ký, quản lý cư trú", commune, full),
        ("tam-tru", "Đăng ký tạm trú", "1.004194", "Đăng ký, quản lý cư trú", commune, full),
        ("can-cuoc", "Cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên", "1.012550",
         "Cấp, quản lý căn cước", province, partial),
        ("mai-tang", "Hỗ trợ chi phí mai táng cho đối tượng bảo trợ xã hội", "1.001731",
         "Bảo trợ xã hội", commune, partial),
        ("gplx", "Đổi giấy phép lái xe do ngành Giao thông vận tải cấp", "1.002809", "Đường bộ",
         province, full),
        ("con-nuoi", "Đăng ký việc nuôi con nuôi trong nước", "2.001263", "Nuôi con nuôi", commune,
         partial),
        ("de-nghi", "Giải quyết đề nghị để lại tài sản", "3.000001", "Tài sản công", province,
         partial),
        ("thi-dua", "Tặng thưởng cho chủ tịch hội", "1.000681", "Thi đua, khen thưởng", province,
         partial),
    )  # fmt: skip
    for key, name, code, area, level, online in rows:
        yield Told(key=key, name=name, code=code, area=area, level=level, online=online)


WELL_KNOWN = tuple(_well_known())
