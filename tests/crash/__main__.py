"""`python -m tests.crash --runs N --seed S`: many runs; exit code 1 where a promise was broken.

`--only R` plays the one run R again, `--naive` the control in the bot's place.
"""

import argparse
import os
import signal
import sys
import time
from collections.abc import Sequence

from tests.crash.fleet import played
from tests.crash.report import Report

JOBS = 2 * (os.cpu_count() or 1)
"""Runs side by side: they wait more than they work."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the runs; returns the exit code."""
    options = _parser().parse_args(arguments)
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.default_int_handler)
    numbers = range(options.runs) if options.only is None else [options.only]
    report = Report(len(numbers))
    began = time.monotonic()
    try:
        for result in played(options.seed, numbers, jobs=options.jobs, naive=options.naive):
            report.add(result)
    except KeyboardInterrupt:
        print("\nStopped before the end.", file=sys.stderr)
    return 0 if report.close(time.monotonic() - began) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=JOBS, help="runs side by side")
    parser.add_argument("--only", type=int, help="play this one run")
    parser.add_argument("--naive", action="store_true", help="publish without the protocol")
    return parser


if __name__ == "__main__":
    sys.exit(main())
