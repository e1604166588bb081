import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from handslag_hub.design.typed_periods import PeriodField, period_typed


@pytest.mark.parametrize(
    ("typed", "language", "period"),
    [
        ("2026-Q4", "en", "2026-Q4"),
        ("våren 2027", "sv", "2027-spring"),
        ("spring 2027", "en", "2027-spring"),
        (" 8 oktober 2026 ", "sv", "2026-10-08"),
        ("8/10 2026", "sv", "2026-10-08"),
        ("2026–2028", "en", "2026/2028"),
        ("v. 41 2026", "sv", "2026-W41"),
    ],
)
def test_a_period_is_understood_however_it_is_typed(typed, language, period):
    with override(language):
        assert PeriodField().clean(typed) == period


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("30.2.2026", "not in the calendar"),
        ("31 February 2026", "not in the calendar"),
        ("2026-13-01", "not in the calendar"),
        ("2028/2026", "ends before it begins"),
        ("8 October", "no date known here"),
        ("in 2026 or 2027", "no date known here"),
        ("2026 perhaps", "no date known here"),
    ],
)
def test_what_is_no_period_is_told_why(typed, said):
    with override("en"), pytest.raises(ValidationError, match=said):
        period_typed(typed)
