"""The tables that go out: their columns, and their rows for a selection."""

from __future__ import annotations

from handslag_hub.exchange.tables.fact_tables import FACT_TABLES
from handslag_hub.exchange.tables.following_tables import FOLLOWING_TABLES
from handslag_hub.exchange.tables.other_tables import OTHER_TABLES
from handslag_hub.exchange.tables.table import Column, Labels, Row, Table, labels_in

TABLES: dict[str, Table] = {table.key: table for table in (*FACT_TABLES, *FOLLOWING_TABLES, *OTHER_TABLES)}

__all__ = ["TABLES", "Column", "Labels", "Row", "Table", "labels_in"]
