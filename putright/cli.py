"""The one console command. Each command is a module of `putright.interfaces.commands`."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence

from putright.interfaces import commands


def names() -> list[str]:
    """The commands there are, as they are typed."""
    return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(commands.__path__))


def parser_for(name: str) -> argparse.ArgumentParser:
    """The argument parser of one command, built from its module."""
    module = importlib.import_module(f"{commands.__name__}.{name.replace('-', '_')}")
    parser = argparse.ArgumentParser(prog=f"putright {name}", description=module.__doc__)
    module.arguments(parser)
    parser.set_defaults(run=module.run)
    return parser


def overview() -> str:
    """What `putright --help` prints: each command with the first line of its help."""
    lines = ["usage: putright COMMAND [options]", "", "Commands (putright COMMAND --help tells more):"]
    for name in names():
        module = importlib.import_module(f"{commands.__name__}.{name.replace('-', '_')}")
        lines.append(f"  {name:12} {(module.__doc__ or '').strip().splitlines()[0]}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Exit 0 on success, 2 on bad input, else as the command says."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in ("-h", "--help", "help"):
        print(overview())
        return 0 if given else 2
    name, rest = given[0], given[1:]
    if name not in names():
        print(f'putright: there is no command "{name}". Commands: {", ".join(names())}.', file=sys.stderr)
        return 2
    options = parser_for(name).parse_args(rest)
    try:
        return int(options.run(options) or 0)
    except commands.BadInput as problem:
        print(f"putright {name}: {problem}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0


if __name__ == "__main__":
    sys.exit(main())
