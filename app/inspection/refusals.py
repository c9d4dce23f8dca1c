"""Why a file is refused: each reason says what to do instead. The fact `name` is its name."""

from app.foundation.errors import Invalid
from app.foundation.text import lazy_gettext


class FileRefused(Invalid):
    """It cannot be a paper."""

    message = lazy_gettext("The file “%(name)s” cannot be accepted.")


class FileEmpty(FileRefused):
    """There is nothing in it."""

    message = lazy_gettext("The file “%(name)s” is empty.")


class FileTooLarge(FileRefused):
    """It is larger than this installation takes."""

    message = lazy_gettext("The file “%(name)s” is larger than %(megabytes)s MB.")


class FileOfWrongType(FileRefused):
    """It is not what this question asks for; `kinds` are those it may be."""

    message = lazy_gettext("The file “%(name)s” must be one of these: %(kinds)s.")


class FileIsWebPage(FileRefused):
    """HTML or SVG, which a browser would run, whatever its name says."""

    message = lazy_gettext(
        "The file “%(name)s” is a web page or a drawing with a program in it, whatever its name "
        "says. Save it as PDF."
    )


class FileOfOldFormat(FileRefused):
    """An Office file from before 2007, which may hold programs, or one with a password."""

    message = lazy_gettext(
        "The file “%(name)s” is in an old Office format (DOC, XLS, PPT) or protected by a "
        "password. Save it as PDF or DOCX without a password."
    )


class FileWithMacros(FileRefused):
    """An Office file with a program in it, or one that fetches one."""

    message = lazy_gettext(
        "The file “%(name)s” contains macros or loads a template from elsewhere. Save it as PDF."
    )


class FileWithScript(FileRefused):
    """A PDF that does something when it is opened."""

    message = lazy_gettext(
        "The file “%(name)s” contains a script or an action that starts by itself. Print it to "
        "a new PDF and upload that."
    )


class FileWithFilesInside(FileRefused):
    """A PDF that carries other files."""

    message = lazy_gettext(
        "The file “%(name)s” has other files attached inside. Upload each of them by itself."
    )


class FileLocked(FileRefused):
    """Nobody could read it without a password."""

    message = lazy_gettext("The file “%(name)s” is protected by a password. Remove it first.")


class FileDamaged(FileRefused):
    """It says what it is, but cannot be read."""

    message = lazy_gettext(
        "The file “%(name)s” is damaged: it cannot be opened. Scan or save it again."
    )


class FileSwells(FileRefused):
    """It is small, and becomes huge when it is opened."""

    message = lazy_gettext(
        "The file “%(name)s” becomes far too large when it is opened. Save it again in parts."
    )


class PictureTooLarge(FileRefused):
    """More pixels than anybody needs to read a paper."""

    message = lazy_gettext(
        "The picture “%(name)s” has more than %(megapixels)s million pixels. Make it smaller."
    )


class ArchiveNotPlain(FileRefused):
    """A ZIP with archives, folders that lead elsewhere, or files that are no papers inside."""

    message = lazy_gettext(
        "The archive “%(name)s” contains “%(inner)s”, which cannot be accepted. Upload the "
        "papers one by one."
    )
