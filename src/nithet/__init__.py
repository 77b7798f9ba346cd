"""Nithet (นิเทศ): the work of an Educational Service Area Office, its evidence, level and return."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("nithet")
except PackageNotFoundError:  # a copy of the sources without an installation
    __version__ = "0"
