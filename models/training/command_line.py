"""Bad arguments and folders end a script with one sentence."""

import sys
from pathlib import Path
from typing import NoReturn


def quit_with(sentence: str) -> NoReturn:
    script = Path(sys.argv[0])
    name = script.parent.name if script.stem == '__main__' else script.stem
    sys.exit(f'{name}: {sentence}')


def quit_unless(condition: bool, sentence: str) -> None:
    if not condition:
        quit_with(sentence)


def read_new_folder(text: str) -> Path:
    """A folder that may be written to: not there yet, or empty."""
    folder = Path(text)
    taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    quit_unless(not taken, f'{folder} already holds something; name a new or empty folder.')
    return folder


def read_folder(text: str) -> Path:
    folder = Path(text)
    quit_unless(folder.is_dir(), f'{folder} is not a folder.')
    return folder
