"""Exact dense search over any vectors, as candidates for `select_negatives`."""

import numpy as np

from langret.mining import candidates_from_arrays, exact_search

random = np.random.default_rng(0)
passages = random.standard_normal((1000, 64), dtype=np.float32)  # may be a np.memmap
passages /= np.linalg.norm(passages, axis=1, keepdims=True)
queries = passages[:2] + 0.1 * random.standard_normal((2, 64), dtype=np.float32)

scores, indices = exact_search(queries, passages, k=3)
table = candidates_from_arrays(["q0", "q1"], [f"p{i}" for i in range(1000)], scores, indices, "dense")
for row in table.to_pylist():
    print(row["query_id"], row["rank"], row["passage_id"], f"{row['score']:.3f}")
