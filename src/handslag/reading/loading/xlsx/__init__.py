"""Excel workbooks."""

from handslag.reading.loading.xlsx.workbook import read_xlsx

__all__ = ["read_xlsx"]
