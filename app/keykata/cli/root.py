"""The root command: the names of the commands, and each imported only when it is called."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple

import click

import keykata
from keykata.cli.home import global_options


class Lazy(NamedTuple):
    """Where a command lives, and its line in the help."""

    module: str
    summary: str
    function: str = ""  # where the command's own name is a word of the language


COMMANDS: Mapping[str, Lazy] = MappingProxyType(
    {
        "today": Lazy("practising", "The mixed session of the day."),
        "review": Lazy("practising", "What is due to be repeated."),
        "quiz": Lazy("practising", "Questions you choose."),
        "exam": Lazy("examining", "The mock exam, against the clock."),
        "drill": Lazy("drilling", "The sorter, mix-ups, and what you missed."),
        "show": Lazy("looking", "A page: a term, comparison, question or guide."),
        "search": Lazy("looking", "Search across everything."),
        "plan": Lazy("planning", "The days until the exam."),
        "pack": Lazy("planning", "The page for the night before."),
        "stats": Lazy("figures", "What is known and what is due."),
        "history": Lazy("figures", "Every session so far."),
        "log": Lazy("figures", "Every answer so far."),
        "bank": Lazy("figures", "What the open banks hold."),
        "check": Lazy("checking", "Check banks and files for their authors."),
        "schema": Lazy("checking", "The JSON Schema of a kind of file."),
        "preview": Lazy("authoring", "See a file as the learner will, while you write it."),
        "new": Lazy("authoring", "Begin a question, term or comparison."),
        "coverage": Lazy("covering", "What the banks lack, and which questions give trouble."),
        "import": Lazy("exchanging", "Make a bank of another program's file.", "import_"),
        "export": Lazy("exchanging", "Write items in another program's format, or your log."),
        "merge": Lazy("sharing", "Fold another home or an exported log into this one."),
        "sync": Lazy("sharing", "Exchange with the synced folder now."),
        "serve": Lazy("serve", "The app in a browser on this computer."),
        "backup": Lazy("caring", "Write a checked copy of all your answers."),
        "restore": Lazy("caring", "Take a backup, with what was answered since."),
        "doctor": Lazy("caring", "Look after the data of the home."),
        "fit": Lazy("caring", "Fit the memory model to your answers."),
        "config": Lazy("caring", "The exam date, the minutes a day, the retention, the synced folder."),
    }
)


EPILOG = """\b
Shell completion, a line for the shell's start file:
  bash  eval "$(_KEYKATA_COMPLETE=bash_source keykata)"
  zsh   eval "$(_KEYKATA_COMPLETE=zsh_source keykata)"
  fish  _KEYKATA_COMPLETE=fish_source keykata | source
"""


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the help."""
        return [*super().list_commands(ctx), *COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; None for an unknown one."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return super().get_command(ctx, cmd_name)
        command = getattr(import_module(f"keykata.cli.{entry.module}"), entry.function or cmd_name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments begin with; a near miss is told what it may have meant."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            near = get_close_matches(name, COMMANDS, n=1)
            meant = f" Did you mean {near[0]}?" if near else ""
            raise click.UsageError(f"There is no command {name!r}.{meant}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the table: nothing is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].summary) for name in self.list_commands(ctx)])


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EPILOG,
)
@global_options
@click.version_option(
    keykata.__version__, "-V", "--version", prog_name="keykata", message="%(prog)s %(version)s"
)
@click.pass_context
def root(context: click.Context) -> None:
    """A study dojo for the AWS Solutions Architect - Associate exam.

    Without a command it opens the app; with --plain, a numbered menu.
    """
    if context.invoked_subcommand is None:
        from keykata.cli.opening import open_home

        open_home(context)
