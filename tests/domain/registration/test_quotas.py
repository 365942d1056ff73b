"""Kept seats, for hundreds of events: never over capacity, never used by others, monotone."""

from hypothesis import given
from hypothesis import strategies as st

from events_service.domain.registration.quotas import (
    Allotment,
    Used,
    allot,
    most_that_fit,
    open_seats,
)

KINDS = st.sampled_from(["host_region", "new_cities", "practitioners"])
SEATS = st.integers(0, 8)
PEOPLE = st.lists(st.booleans(), min_size=1, max_size=8)
COUNTS_AS = st.sampled_from([None, "host_region", "new_cities"])


@st.composite
def events(draw):
    """Quotas, who holds what, and a capacity that all of this fits into."""
    quotas = draw(st.dictionaries(KINDS, SEATS))
    kept = {kind: draw(st.integers(0, seats)) for kind, seats in quotas.items()}
    taken = sum(kept.values()) + draw(SEATS)
    return quotas, Used(taken, kept), taken + draw(SEATS)


def test_a_person_takes_a_kept_seat_of_their_own_kind_before_an_open_one() -> None:
    quotas = {"host_region": 2, "practitioners": 1}
    found = allot([True, False, False], "host_region", quotas, Used(0), 10)
    assert found == Allotment({"practitioners": 1, "host_region": 2}, 0)


def test_kept_seats_are_for_nobody_else_and_a_delegation_fits_whole_or_not() -> None:
    quotas = {"new_cities": 3}
    assert allot([False, False], None, quotas, Used(2), 6) is None  # one open seat, three kept
    assert allot([False], None, quotas, Used(2), 6) == Allotment({}, 1)
    assert allot([False, False], "new_cities", quotas, Used(2), 6) == Allotment(
        {"new_cities": 2}, 0
    )


def test_seats_that_are_kept_beyond_what_is_free_are_no_seats() -> None:
    assert allot([False] * 3, "new_cities", {"new_cities": 5}, Used(8), 10) is None
    assert open_seats({"new_cities": 5}, Used(8), 10) == 0


@given(events(), PEOPLE, COUNTS_AS)
def test_nobody_is_seated_over_capacity_or_on_a_seat_kept_for_others(event, people, counts_as):
    quotas, used, capacity = event
    found = allot(people, counts_as, quotas, used, capacity)
    if found is None:
        return
    assert found.seats == len(people)
    assert used.taken + found.seats <= capacity
    assert set(found.kept) <= {counts_as, "practitioners"}
    assert found.kept.get("practitioners", 0) <= sum(people)
    for kind, number in found.kept.items():
        assert number + used.kept.get(kind, 0) <= quotas[kind]
    assert found.open <= open_seats(quotas, used, capacity)


@given(events(), PEOPLE, COUNTS_AS)
def test_whoever_fits_fits_with_more_seats_and_with_fewer_people(event, people, counts_as):
    quotas, used, capacity = event
    if allot(people, counts_as, quotas, used, capacity) is None:
        return
    assert allot(people, counts_as, quotas, used, capacity + 1) is not None
    for left_out in range(len(people)):
        fewer = people[:left_out] + people[left_out + 1 :]
        assert allot(fewer, counts_as, quotas, used, capacity) is not None


@given(events(), PEOPLE, COUNTS_AS)
def test_a_delegation_without_a_kind_fits_no_better_than_one_that_has_one(event, people, counts_as):
    quotas, used, capacity = event
    if allot(people, None, quotas, used, capacity) is not None:
        assert allot(people, counts_as, quotas, used, capacity) is not None


@given(events(), PEOPLE, COUNTS_AS, st.randoms())
def test_as_many_as_are_said_to_fit_do_fit_whoever_comes(event, people, counts_as, shuffled):
    quotas, used, capacity = event
    most = most_that_fit(people, counts_as, quotas, used, capacity)
    shuffled.shuffle(people)
    if most:
        assert allot(people[:most], counts_as, quotas, used, capacity) is not None
