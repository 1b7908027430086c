"""`python -m tests.crash.nursery`: starts bots by forking, so that imports are paid for once.

A line of JSON on stdin starts one, as `doomed` would; its process id comes back as a line, and
its exit code as another. One bot at a time.
"""

import json
import os
import sys
from typing import Any

from tests.crash import doomed


def main() -> None:
    """Start bots until nobody asks for one any more."""
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _be_born(json.loads(line))
            doomed.main()
            return
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _be_born(wanted: dict[str, Any]) -> None:
    """Become what a process is that a shell started: own session, folder, environment, log."""
    os.setsid()
    os.chdir(wanted["folder"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    nothing = os.open(os.devnull, os.O_RDONLY)
    log = os.open(wanted["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for given, standard in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(given, standard)
    sys.argv = ["countersign", "run"]


if __name__ == "__main__":
    main()
