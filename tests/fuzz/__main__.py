"""``python -m tests.fuzz READER --seconds N``: fuzz one reader and say what was reached and found."""

from __future__ import annotations

import argparse
import random
import tempfile
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path

CORPORA = Path(__file__).parent / "corpora"


def main() -> int:
    """Fuzz; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("reader", help="which reader; 'list' names them all")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument(
        "--seed", type=int, default=random.randrange(1, 2**31), help="replays a run"
    )
    parser.add_argument("--plain", action="store_true", help="without atheris")
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    asked = parser.parse_args()
    is_guided = bool(find_spec("atheris")) and not asked.plain
    if is_guided:
        import atheris  # type: ignore[import-not-found]

        watched = atheris.instrument_imports(include=["quizcli"])
    with watched if is_guided else nullcontext():
        from tests.fuzz.campaign import LONGEST, Findings, guided, plain, reached
        from tests.fuzz.readers import READERS

        if asked.reader not in READERS:
            parser.error(f"the readers are: {', '.join(READERS)}")
        reader = READERS[asked.reader]
        known = [
            *reader.seeds(),
            *(p.read_bytes() for p in sorted(CORPORA.glob(f"{asked.reader}/*"))),
        ]
        known = [data for data in known if len(data) <= LONGEST] or [known[0][:LONGEST]]
        found = Findings(reader.read, asked.findings / asked.reader)
        for data in known:  # within, so that what is imported late is watched as well
            found.run(data)

    def report(inputs: list[bytes]) -> None:
        hit, of = reached(reader, inputs)
        print(
            f"{asked.reader}: {found.runs:,} executions in {asked.seconds:.0f} s (seed {asked.seed}, "
            f"{'atheris' if is_guided else 'plain'}), {hit} of {of} lines ({hit / max(of, 1):.0%}), "
            f"slowest {found.slowest:.2f} s, findings: {len(found.count)}"
        )
        for place, times in found.count.most_common():
            print(f"  {times} × {place}")

    if not is_guided:
        report(plain(found, known, asked.seconds, asked.seed))
        return 1 if found.count else 0
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for n, data in enumerate(known):
            (corpus / f"{n:04}").write_bytes(data)
        guided(found, corpus, asked.seconds, asked.seed,
               lambda: report([path.read_bytes() for path in corpus.iterdir()]))  # fmt: skip
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
