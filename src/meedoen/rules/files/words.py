"""The words of files that are read in; the stored ones never change their spelling."""

from collections.abc import Mapping
from enum import StrEnum

Facts = Mapping[str, str | int]
"""The numbers and names in a sentence about what is wrong."""


class FileState(StrEnum):
    """How far a file is."""

    UPLOADED = "uploaded"
    """Its columns are known; somebody still has to say which is which."""
    PREVIEWING = "previewing"
    """Its rows are being compared with what is known."""
    PREVIEWED = "previewed"
    """There is a report for every row; nothing has been changed yet."""
    APPLYING = "applying"
    """Its rows are being taken over, some at a time; a stopped run goes on where it was."""
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    """The file could not be read; `refusal` says why and what to do."""


class FileProblem(StrEnum):
    """Why a file cannot be read at all; `facts` of the fault are named behind each."""

    WRONG_TYPE = "wrong_type"
    """Facts: `found`, one of pdf, document, web_page, archive, other."""
    NOT_TEXT = "not_text"
    EMPTY = "empty"
    NO_HEADINGS = "no_headings"
    NO_ROWS = "no_rows"
    DOUBLE_HEADINGS = "double_headings"
    """Facts: `headings`, those that stand there more than once, with commas between."""
    TOO_LARGE = "too_large"
    """Facts: `most`, in megabytes."""
    TOO_MANY_ROWS = "too_many_rows"
    """Facts: `most`."""
    TOO_MANY_COLUMNS = "too_many_columns"
    """Facts: `most`."""
    TOO_MANY_CELLS = "too_many_cells"
    """Facts: `most`; mostly a cell far away at the edge of the sheet."""
    FORMULAS = "formulas"
    """Only of ODS; elsewhere a formula is told of the row that it is in."""
    BROKEN_LINE = "broken_line"
    """Facts: `line`; mostly a quotation mark that is opened and never closed."""
    BROKEN_WORKBOOK = "broken_workbook"
    LOCKED_WORKBOOK = "locked_workbook"
    BROKEN_JSON = "broken_json"
    NO_SERVICES = "no_services"
    """JSON, and no page or list of services."""
