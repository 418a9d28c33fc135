"""Compiled templates, kept where Python keeps compiled modules.

To compile those of a page takes a tenth of a second, which many a command had to wait for.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.machinery import SourceFileLoader
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache


class CompiledTemplates(BytecodeCache):
    """A file for each template in the ``__pycache__`` beside it.

    It is believed when it is of the same text and settings, and of the same Python. As with
    modules, nothing is kept where Python is told to write none, or may not write.
    """

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Return what is kept of a template, if anything."""
        settings = environment.autoescape, environment.trim_blocks, environment.lstrip_blocks
        return super().get_bucket(environment, name, filename, f"{settings}\n{source}")

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the path of a template's file."""
        return cache_from_source(filename or name)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept, if it can be read: otherwise the template is compiled again."""
        with suppress(Exception):
            bucket.bytecode_from_string(Path(bucket.key).read_bytes())

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, whole or not at all."""
        if not sys.dont_write_bytecode:
            SourceFileLoader("", "").set_data(bucket.key, bucket.bytecode_to_string())
