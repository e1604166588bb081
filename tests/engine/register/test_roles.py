from __future__ import annotations

from datetime import date, timedelta

import pytest

from handslag.kernel.errors import BadPeriod
from handslag.register.roles import RoleAsOf, RoleClaim, role_key, roles_as_of


def claim(
    statement: str, tense: str, said_on: str, printed: str = "", role: str = "vd", at: str = "Bolaget AB"
) -> RoleClaim:
    return RoleClaim(
        statement=statement,
        role=role,
        organisation=at,
        tense=tense,
        said_on=date.fromisoformat(said_on),
        printed=printed,
    )


def only(claims: list[RoleClaim], day: str) -> RoleAsOf:
    (found,) = roles_as_of(claims, date.fromisoformat(day))
    return found


def test_an_undated_statement_speaks_of_the_days_from_which_it_was_said() -> None:
    claims = [claim("a", "current", "2024-03-01")]
    assert only(claims, "2024-02-29").readings == ()
    assert only(claims, "2024-03-01").state == "current"
    assert only(claims, "2026-01-01").readings[0].last_said == date(2024, 3, 1)


def test_later_news_explain_the_earlier_statement() -> None:
    claims = [
        claim("coming", "coming", "2023-05-01"),
        claim("holds", "current", "2023-09-01"),
        claim("left", "former", "2025-02-01"),
    ]
    told = {day: only(claims, day).state for day in ("2023-06-01", "2023-10-01", "2025-03-01")}
    assert told == {"2023-06-01": "coming", "2023-10-01": "current", "2025-03-01": "former"}
    assert only(claims, "2025-03-01").readings[0].statements == ("left",)


def test_printed_dates_reach_back_before_the_statement() -> None:
    claims = [claim("a", "former", "2026-01-10", "2019/2023")]
    told = [only(claims, day).state for day in ("2018-12-31", "2021-06-01", "2024-01-01")]
    assert told == ["coming", "current", "former"]
    assert (only(claims, "2021-06-01").readings[0].begins, only(claims, "2021-06-01").readings[0].ends) == (
        "2019",
        "2023",
    )


def test_a_printed_day_turns_a_coming_role_into_a_current_one() -> None:
    claims = [claim("a", "coming", "2026-05-01", "2026-10-01")]
    assert only(claims, "2026-09-30").state == "coming"
    assert only(claims, "2026-10-01").state == "current"


def test_within_the_month_of_a_start_the_statement_itself_is_believed() -> None:
    claims = [claim("a", "coming", "2026-05-01", "2026-10")]
    assert [only(claims, day).state for day in ("2026-10-15", "2026-10-31")] == ["coming", "current"]


def test_one_who_leaves_holds_the_role_until_the_printed_end() -> None:
    claims = [claim("a", "leaving", "2026-03-01", "2026-06-30")]
    assert [only(claims, day).state for day in ("2026-03-01", "2026-06-29", "2026-07-01")] == [
        "current",
        "current",
        "former",
    ]


def test_a_former_role_with_only_a_beginning_is_former_from_the_day_it_was_said() -> None:
    claims = [claim("a", "former", "2025-01-01", "2015/")]
    assert [only(claims, day).state for day in ("2016-06-01", "2025-01-02")] == ["current", "former"]


def test_statements_of_one_day_that_contradict_stand_side_by_side() -> None:
    found = only([claim("a", "current", "2025-01-01"), claim("b", "former", "2025-01-01")], "2025-02-01")
    assert found.is_contradictory
    assert found.state == ""
    assert {(r.state, r.statements) for r in found.readings} == {("current", ("a",)), ("former", ("b",))}


def test_former_and_then_current_again_contradict_unless_a_new_beginning_is_printed() -> None:
    left = claim("left", "former", "2023-01-01")
    assert only([left, claim("again", "current", "2024-01-01")], "2024-06-01").is_contradictory
    back = only([left, claim("again", "current", "2024-06-01", "2024-02/")], "2024-07-01")
    assert (back.state, back.readings[0].begins) == ("current", "2024-02")


def test_a_role_in_two_languages_is_one_and_in_two_organisations_two() -> None:
    claims = [claim("a", "current", "2024-01-01"), claim("b", "current", "2025-01-01", role="CEO")]
    assert only(claims, "2025-02-01").readings[0].statements == ("a", "b")
    assert only(claims, "2025-02-01").role == "CEO"
    assert len(roles_as_of([*claims, claim("c", "current", "2025-01-01", at="Fonden")], date(2025, 2, 1))) == 2
    assert role_key("Verkställande  direktör") == role_key("ceo") != role_key("styrelseordförande")


def test_the_order_in_which_claims_are_given_does_not_matter() -> None:
    claims = [
        claim("a", "coming", "2023-05-01", "2023-09"),
        claim("b", "current", "2023-10-01"),
        claim("c", "former", "2024-10-01", "/2024-06"),
        claim("d", "current", "2024-12-01"),
    ]
    day = date(2023, 1, 1)
    while day < date(2025, 6, 1):
        assert roles_as_of(claims, day) == roles_as_of(claims[::-1], day)
        day += timedelta(days=17)


def test_a_period_that_is_none_is_refused() -> None:
    with pytest.raises(BadPeriod, match="sometime"):
        roles_as_of([claim("a", "current", "2024-01-01", "sometime")], date(2024, 1, 1))
