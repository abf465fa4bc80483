"""A process that has read the program's modules, and forks a program for every order it is given.

A forked program runs `python -m keykata` with streams, environment, folder and exit of its own; it only
need not read the modules again, which is most of what a short command costs. Not to be used where that is
looked at, or where two programs are to differ by chance (the order of sets is that of the process forked).
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path

SEPARATE = ("keykata.tui", "keykata.cli.serve", "keykata.__main__")


class Warm:
    """The near end: gives orders and waits for exit codes, one at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "support.warm"],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(_roots())},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def run(self, order: dict[str, object], seconds: float) -> int:
        """Run a program to its end; its exit code.

        Args:
            order: `arguments`, `env`, `folder` and `streams`: the files of standard input, output and error.
            seconds: how long it may take.

        Raises:
            TimeoutError: it took longer; everything was ended.
        """
        orders, codes = self._process.stdin, self._process.stdout
        assert orders
        assert codes
        orders.write(json.dumps(order) + "\n")
        orders.flush()
        if not select.select([codes], [], [], seconds)[0]:
            os.killpg(self._process.pid, 9)
            warm.cache_clear()
            raise TimeoutError(f"{order['arguments']} took over {seconds} s")
        return int(codes.readline())

    def close(self) -> None:
        """Let it end."""
        self._process.communicate()


@cache
def warm() -> Warm:
    """The one of this process, made when it is first needed."""
    made = Warm()
    atexit.register(made.close)
    return made


def _roots() -> tuple[str, str]:
    root = Path(__file__).resolve().parents[2]
    return str(root / "app"), str(root / "tests")


def _read_modules() -> None:
    import keykata

    for found in pkgutil.walk_packages(keykata.__path__, "keykata."):
        if not found.name.startswith(SEPARATE):
            importlib.import_module(found.name)


def _serve() -> None:
    """Fork for each line; comes back in the forked process alone, which is then the program."""
    orders, codes = os.fdopen(os.dup(0), encoding="utf-8"), os.fdopen(os.dup(1), "w", encoding="utf-8")
    for stream in (0, 1):
        os.dup2(os.open(os.devnull, os.O_RDWR), stream)
    assert threading.active_count() == 1
    gc.collect()
    gc.freeze()  # what all programs share is not looked through by each of them
    for line in orders:
        child = os.fork()
        if not child:
            _become(json.loads(line))
            return
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        codes.write(f"{code}\n")
        codes.flush()
    sys.exit(0)


def _become(order: dict[str, object]) -> None:
    env, streams, arguments = order["env"], order["streams"], order["arguments"]
    assert isinstance(env, dict)
    assert isinstance(streams, list)
    assert isinstance(arguments, list)
    for number, path in enumerate(streams):
        opened = os.open(path, os.O_WRONLY if number else os.O_RDONLY)
        os.dup2(opened, number)
        os.close(opened)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(str(order["folder"]))
    sys.argv[1:] = arguments


if __name__ == "__main__":
    _read_modules()
    _serve()
    runpy.run_module("keykata", run_name="__main__", alter_sys=True)
