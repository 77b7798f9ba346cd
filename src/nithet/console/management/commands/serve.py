"""`nithet serve [--host H] [--port N]`: run the application on this machine."""

from argparse import ArgumentParser
from typing import Any

from nithet.console.command import NithetCommand
from nithet.console.installation import set_up
from nithet.console.server import refuse_taken_port, run_server
from nithet.console.words import say

LOCAL = "127.0.0.1"
PORT = 8000


class Command(NithetCommand):
    """Serve."""

    summary = "Set the data folder up where needed, then run the application."
    uses_database = False

    def arguments(self, parser: ArgumentParser) -> None:
        """Take the address."""
        parser.add_argument("--host", default=LOCAL, help="address to listen on (default: this machine only)")
        parser.add_argument("--port", type=int, default=PORT)

    def work(self, *, host: str, port: int, **_: Any) -> None:
        """Set up and serve."""
        refuse_taken_port(host, port)
        set_up(doing="serve")
        say("Nithet answers at %(url)s (Ctrl-C stops it)", url=f"http://{host}:{port}/")
        run_server(host, port)
