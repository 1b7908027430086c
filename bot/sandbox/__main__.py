"""`python -m bot.sandbox`: run the local Slack and X until told to stop."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from bot.sandbox.server import Sandbox

_STOPS = (signal.SIGINT, signal.SIGTERM)


def main() -> int:
    """Read the arguments and serve; answers the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0: any free one")
    parser.add_argument("--ready-file", type=Path, help="file to write the address to when ready")
    parser.add_argument("--seed", type=int, default=0, help="start of the random numbers of faults")
    parser.add_argument(
        "--clock-file", type=Path, help="file that tells the bot how far time is moved ahead"
    )
    options = parser.parse_args()
    try:
        asyncio.run(_serve(options.port, options.ready_file, options.seed, options.clock_file))
    except OSError as error:
        sys.stderr.write(f"The sandbox cannot listen on port {options.port}: {error.strerror}.\n")
        return 1
    return 0


async def _serve(port: int, ready_file: Path | None, seed: int, clock_file: Path | None) -> None:
    """Serve until a signal says stop."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in _STOPS:
        loop.add_signal_handler(number, stop.set)
    sandbox = Sandbox(seed, clock_file)
    try:
        address = await sandbox.start(port)
        if ready_file is not None:
            _write_whole(ready_file, address)
        print(address, flush=True)  # noqa: T201  # for the person who started it
        await stop.wait()
    finally:
        await sandbox.stop()


def _write_whole(file: Path, address: str) -> None:
    """Write in one step, so that nobody reads half an address."""
    draft = file.with_name(f"{file.name}.part")
    draft.write_text(address + "\n", encoding="utf-8")
    draft.replace(file)


if __name__ == "__main__":
    sys.exit(main())
