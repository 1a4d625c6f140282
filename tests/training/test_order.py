"""Which queries share a batch: whole passes, one source, tokens, lengths; all functions of seed and step."""

from __future__ import annotations

import numpy as np
import pytest

from langret.training.order import BySource, Cut, Stream, Weights
from langret.training.ragged import Ragged


def stream(count=50, batch_size=8, seed=3, **rest):
    return Stream(Cut(batch_size, seed, **rest), np.arange(count))


def weights(count=50, most=400, seed=1):
    lots = np.random.default_rng(seed)
    return Weights(lots.integers(1, 4, count), lots.integers(5, 60, count), most)


def by_source(sizes, power=1.0, batch_size=8, seed=3, **rest):
    return BySource(Cut(batch_size, seed, **rest), np.repeat(np.arange(len(sizes)), sizes), power)


@pytest.mark.parametrize("rest", [{}, {"lengths": np.arange(50) % 13}, {"weights": weights()}])
def test_a_pass_holds_every_query_once_and_batches_do_not_depend_on_what_was_asked_before(rest):
    first, second = stream(**rest), stream(**rest)
    size = first.size(0)
    seen = np.concatenate([first.batch(n) for n in range(size)])
    assert sorted(seen) == list(range(50))
    later = second.batch(size + 2)  # nothing was asked of this one before, as after a kill
    assert later.tolist() == first.batch(size + 2).tolist()
    assert second.batch(1).tolist() == first.batch(1).tolist()
    assert later.tolist() != first.batch(2).tolist(), "another pass has another order"
    assert stream(seed=4, **rest).batch(0).tolist() != first.batch(0).tolist()


def test_batches_are_as_equal_as_can_be_and_none_is_left_over():
    found = [len(stream(33, 32).batch(n)) for n in range(2)]
    assert found == [17, 16]
    assert stream(33, 32).steps(1) == 2 and stream(5, 32).steps(1) == 1
    assert len(stream(1, 32).batch(7)) == 1


def test_steps_of_parts_of_passes():
    assert [stream(80).steps(passes) for passes in (0.01, 0.5, 1, 1.1, 2.5)] == [1, 5, 10, 11, 25]


def test_tokens_of_a_batch_stay_within_and_one_query_is_always_taken():
    limit = weights()
    whole = stream(weights=limit)
    sizes = []
    for number in range(whole.size(0)):
        batch = whole.batch(number)
        sizes.append(len(batch))
        tokens = limit.passages[batch].sum() * limit.longest[batch].max()
        assert tokens <= 400 or len(batch) == 1
        assert len(batch) <= 8
    assert max(sizes) > min(sizes)
    tiny = stream(weights=weights(most=4))
    assert all(len(tiny.batch(n)) == 1 for n in range(50))


def test_steps_count_every_pass_where_passes_differ():
    whole = stream(200, 16, weights=weights(200, 500))
    sizes = [whole.size(n) for n in range(6)]
    assert len(set(sizes)) > 1
    assert whole.steps(3) == sum(sizes[:3])
    assert whole.steps(2.5) == sum(sizes[:2]) + -(-sizes[2] // 2)
    # the first batch of the fourth pass follows the last of the third
    joined = np.concatenate([whole.batch(n) for n in range(sum(sizes[:3]), sum(sizes[:4]))])
    assert sorted(joined) == list(range(200))


def test_by_length_pads_less_in_a_shuffled_order():
    lengths = np.random.default_rng(0).integers(5, 200, 400)

    def padded(whole):
        return sum(lengths[b].max() * len(b) for b in map(whole.batch, range(50)))

    sorted_ = stream(400, lengths=lengths)
    assert padded(sorted_) < 0.7 * padded(stream(400))
    first = [lengths[sorted_.batch(n)].mean() for n in range(50)]
    assert first != sorted(first), "long batches do not all come last"


def test_one_source_a_batch_and_every_query_of_a_source_once_before_any_again():
    order = by_source([40, 20, 3])
    seen = {0: [], 1: [], 2: []}
    for step in range(120):
        batch = order.batch(step)
        (source,) = set(order.sources[batch].tolist())
        seen[source] += batch.tolist()
        assert len(batch) <= (3 if source == 2 else 8)
    for source, size in enumerate((40, 20, 3)):
        own = np.flatnonzero(order.sources == source)
        for start in range(0, len(seen[source]) - size + 1, size):
            assert sorted(seen[source][start : start + size]) == own.tolist()
        assert len(seen[source]) >= size
    again = by_source([40, 20, 3])
    assert [again.batch(s).tolist() for s in (90, 5)] == [order.batch(s).tolist() for s in (90, 5)]


def test_the_power_decides_how_often_a_source_is_drawn():
    sizes = [900, 100]
    steps = 2000
    shares = {p: by_source(sizes, p).counts(steps)[1] / steps for p in (1.0, 0.5, 0.0)}
    assert shares[1.0] == pytest.approx(0.1, abs=0.03)
    assert shares[0.5] == pytest.approx(0.25, abs=0.03)  # 10 of 30 + 10
    assert shares[0.0] == pytest.approx(0.5, abs=0.03)


def test_counts_are_those_of_the_batches():
    order = by_source([30, 0, 9], 0.5)
    assert order.steps(2) == 2 * (4 + 2)
    found = [int(order.sources[order.batch(step)[0]]) for step in range(order.steps(2))]
    assert order.counts(order.steps(2)) == {0: found.count(0), 2: found.count(2)}


def test_one_source_goes_with_tokens_and_lengths():
    limit = weights(60, 300)
    order = by_source([40, 20], weights=limit, lengths=limit.longest)
    for step in range(40):
        batch = order.batch(step)
        assert len(set(order.sources[batch].tolist())) == 1
        assert limit.passages[batch].sum() * limit.longest[batch].max() <= 300 or len(batch) == 1


def test_largest_of_each_list():
    packed = Ragged.of([[], [2, 0], [], [1]])
    assert packed.largest(np.array([5, 7, 3])).tolist() == [0, 5, 0, 7]
