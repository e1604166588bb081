"""An event as an organiser keeps it: a workbook or CSV files with people, availability, requests and places."""

from handslag.partnering.sheets.event import EventOfSheets, event_of_sheets
from handslag.partnering.sheets.tables import Table, read_tables
from handslag.partnering.sheets.template import template_tables, write_tables

__all__ = ["EventOfSheets", "Table", "event_of_sheets", "read_tables", "template_tables", "write_tables"]
