"""The number grammar for Swedish and English: counts, money, percent and shares, with qualifiers and ranges."""

from handslag.language.numbers.find import find_numbers
from handslag.language.numbers.mention import NumberMention
from handslag.language.numbers.tables import TableScale, row_scale, scaled, table_scale

__all__ = ["NumberMention", "TableScale", "find_numbers", "row_scale", "scaled", "table_scale"]
