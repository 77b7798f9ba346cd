"""How a worker tells by its exit code why it ended."""

OUT_OF_MEMORY = 77
"""Python, and not the engine, got no more memory. (The engine is then ended by a signal.)"""
