"""The period grammar of the reading contract: what it accepts, refuses, and which days it means."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.kernel.errors import BadPeriod, HandslagError
from handslag.kernel.periods import (
    PRECISIONS,
    RHYTHMS,
    SEASONS,
    first_day,
    is_period,
    last_day,
    parse_period,
    precision,
    season_of,
    week_period,
    weeks_in_year,
)

EXAMPLES = [
    ("2026", "2026-01-01", "2026-12-31", "year"),
    ("2026-10", "2026-10-01", "2026-10-31", "month"),
    ("2028-02", "2028-02-01", "2028-02-29", "month"),
    ("2026-10-08", "2026-10-08", "2026-10-08", "day"),
    ("2026-W01", "2025-12-29", "2026-01-04", "week"),
    ("2026-W53", "2026-12-28", "2027-01-03", "week"),
    ("2026-Q1", "2026-01-01", "2026-03-31", "quarter"),
    ("2026-Q4", "2026-10-01", "2026-12-31", "quarter"),
    ("2026-H1", "2026-01-01", "2026-06-30", "half"),
    ("2026-H2", "2026-07-01", "2026-12-31", "half"),
    ("2026-spring", "2026-03-01", "2026-05-31", "season"),
    ("2026-summer", "2026-06-01", "2026-08-31", "season"),
    ("2026-autumn", "2026-09-01", "2026-11-30", "season"),
    ("2026-winter", "2026-12-01", "2027-02-28", "season"),
    ("2026/2028", "2026-01-01", "2028-12-31", "range"),
    ("2026-11-24/2026-12", "2026-11-24", "2026-12-31", "range"),
    ("/2026-10", None, "2026-10-31", "open"),
    ("2026-Q3/", "2026-07-01", None, "open"),
    *((rhythm, None, None, "rhythm") for rhythm in RHYTHMS),
]

REFUSED = [
    *("", "/", "26", "2026-13", "2026-00", "2026-02-29", "2026-1-1", "2026-W00", "2026-W54", "2027-W53", "2026-Q0"),
    *(
        "2026-Q5",
        "2026-H3",
        "2026-vår",
        "2026-Spring",
        "2028/2026",
        "2026/2027/2028",
        "/monthly",
        "monthly/",
        "Monthly",
    ),
    *(
        "fortnightly",
        " 2026",
        "2026 ",
        "2026\n",
        "0000",
        "9999",
        "9999-W52",
        "２０２６",
        "2026-10-08T08:30",
        "senast 2026",
    ),
]


@pytest.mark.parametrize(("text", "first", "last", "exactness"), EXAMPLES)
def test_a_period_has_its_days_and_its_precision(
    text: str, first: str | None, last: str | None, exactness: str
) -> None:
    assert str(first_day(text)) == str(first)
    assert str(last_day(text)) == str(last)
    assert precision(text) == exactness
    assert exactness in PRECISIONS
    assert str(parse_period(text)) == text
    assert parse_period(text).is_rhythm == (text in RHYTHMS)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_period_is_refused_and_named(text: str) -> None:
    with pytest.raises(BadPeriod) as refused:
        parse_period(text)
    assert repr(text) in str(refused.value)
    assert isinstance(refused.value, HandslagError)
    assert not is_period(text)


@given(st.text(max_size=24))
def test_any_text_is_a_period_or_is_refused(text: str) -> None:
    try:
        period = parse_period(text)
    except BadPeriod:
        return
    assert period.text == text


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31)))
def test_every_day_lies_in_its_week_season_and_quarter(day: date) -> None:
    year, season = season_of(day)
    quarter = f"{day.year}-Q{(day.month + 2) // 3}"
    for text in (week_period(day), f"{year}-{SEASONS[season - 1]}", quarter, day.isoformat(), day.isoformat()[:7]):
        period = parse_period(text)
        assert period.first is not None
        assert period.last is not None
        assert period.first <= day <= period.last


@given(st.integers(1900, 2200))
def test_the_parts_of_a_year_follow_each_other_without_gap(year: int) -> None:
    weeks = [f"{year}-W{week:02d}" for week in range(1, weeks_in_year(year) + 1)]
    for parts in ([f"{year}-Q{n}" for n in range(1, 5)], [f"{year}-{season}" for season in SEASONS], weeks):
        for earlier, later in pairwise(parts):
            last, first = last_day(earlier), first_day(later)
            assert last is not None
            assert first == last + timedelta(days=1)
    assert not is_period(f"{year}-W{weeks_in_year(year) + 1:02d}")
