"""Fuzz by coverage: ``python -m tests.fuzz.atheris_target [folder of inputs] -max_total_time=600``.

Needs atheris, which is not installed with the rest: ``pip install "zlocate[fuzz]"``. The first octet of an input says
which area of `tests.fuzz.invariant` gets the others. It begins with the inputs of `tests.fuzz.corpus`; new ones that
reach new code are kept in the folder when one is named. What escapes is written into the current folder, as libFuzzer
does, with that octet in front: cut it off and put the rest into tests/fuzz/regressions. Options that begin with "-"
are libFuzzer's.
"""

from __future__ import annotations

import gc
import sys
import tempfile
from pathlib import Path
from types import FunctionType

__all__ = ["main"]


def main(arguments: list[str]) -> None:
    """Fuzz until an input escapes or libFuzzer's options say that it is enough."""
    try:
        import atheris
    except ImportError:
        sys.exit('atheris is not installed; run: pip install "zlocate[fuzz]" (Linux, Python 3.11 to 3.13)')
    with atheris.instrument_imports(include=["locate"]):
        from tests.fuzz.corpus import seeds
        from tests.fuzz.invariant import AREAS
    areas = sorted(AREAS)

    def test_one_input(data: bytes) -> None:
        if data:
            AREAS[areas[data[0] % len(areas)]](data[1:])

    with tempfile.TemporaryDirectory() as folder:
        for number, area in enumerate(areas):
            for at, seed in enumerate(seeds(area)):
                data = bytes((number,)) + seed
                Path(folder, f"{area}-{at}").write_bytes(data)
                test_one_input(data)  # decoders are made when they are first called
        for function in gc.get_objects():
            if isinstance(function, FunctionType) and function.__code__.co_filename.startswith("<locate."):
                atheris.instrument_func(function)
        folders = [each for each in arguments if not each.startswith("-")]
        options = [each for each in arguments if each.startswith("-")]
        atheris.Setup([sys.argv[0], "-max_len=4096", "-timeout=10", *options, *folders, folder], test_one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
