"""Every cell of a table is guarded, wherever it stands among the rows that are looked at together."""

from __future__ import annotations

import csv
import io

import pytest

from quizcli.scores.csv_cells import csv_lines


@pytest.mark.parametrize("at", [0, 1, 63, 64, 65, 128])
@pytest.mark.parametrize("sign", "=+-@")
def test_a_formula_at_the_beginning_of_any_row(at: int, sign: str) -> None:
    rows = [[f"id{n}", n] for n in range(130)]
    rows[at][0] = f"{sign}cmd()"
    read = list(csv.reader(io.StringIO("".join(csv_lines(rows)), newline="")))
    assert read == [["'" * (n == at) + str(id), str(number)] for n, (id, number) in enumerate(rows)]
