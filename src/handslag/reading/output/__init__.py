"""What `handslag read` writes: one JSON file per document, under names that never collide."""

from handslag.reading.output.json_form import LISTS, as_json, json_text
from handslag.reading.output.naming import Source, json_names
from handslag.reading.output.writing import remove_json, write_json, write_where_named

__all__ = [
    "LISTS",
    "Source",
    "as_json",
    "json_names",
    "json_text",
    "remove_json",
    "write_json",
    "write_where_named",
]
