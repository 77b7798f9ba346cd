"""Nithet (นิเทศ): the work of an Educational Service Area Office, its evidence, level and return."""


def __getattr__(name: str) -> str:
    # Looked up when asked for: the search costs 60 ms, which every process that sets a document or
    # answers a short command would pay for nothing.
    if name != "__version__":
        raise AttributeError(name)
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version("nithet")
    except PackageNotFoundError:  # a copy of the sources without an installation
        return "0"
