"""How a notice's cells are set on paper."""

import pytest

from taole.notices.rules import is_amount


@pytest.mark.parametrize("cell", ["4,860.00", "110", "-20.50", "1234567"])
def test_an_amount_is_set_to_the_right(cell):
    assert is_amount(cell)


@pytest.mark.parametrize("cell", ["张某某", "", "9月7日", "80—89岁", "0952-8011132"])
def test_words_days_and_phones_are_not_amounts(cell):
    assert not is_amount(cell)
