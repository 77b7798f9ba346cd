"""What a worker takes away from itself before it looks at a stranger's file.

Three walls, each for the case that another is missing: limits of the system (memory, time, no files
written), Landlock (no files opened, except the programs' own libraries and fonts) and a filter of
system calls (no network, no programs started, no other process touched). Landlock and the filter
exist on Linux only; `confine` says which walls stand.
"""

import contextlib
import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

DATA_BYTES = 400 * 1024 * 1024
"""Most memory of a worker's own; files and libraries that are mapped in are not counted."""
ADDRESS_BYTES = 1400 * 1024 * 1024
CPU_SECONDS = 9
WALL_SECONDS = 30
"""More than the processor's time, so that a busy machine refuses no honest file; a worker waits for nothing else."""

_NO_NEW_PRIVILEGES = 38
_SET_SECCOMP, _FILTER = 22, 2
_ALLOW, _REFUSE, _END = 0x7FFF0000, 0x00050000 | 1, 0x80000000  # EPERM; end the process
_LOAD, _EQUALS, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06

# socket, connect, bind, listen, accept, accept4, sendto, socketpair | fork, vfork, execve, execveat, ptrace, kill,
# process_vm_readv, process_vm_writev, pidfd_getfd | rename, unlink, link, symlink, mkdir, rmdir, chmod, chown
# and their newer kin | mount, umount2, unshare, setns, bpf, keyctl, io_uring_setup, userfaultfd | clone, clone3
_X86_64 = (
    41, 42, 49, 50, 43, 288, 44, 53, 57, 58, 59, 322, 101, 62, 310, 311, 438, 82, 264, 316, 87, 263, 86, 265, 88, 266,
    83, 258, 84, 90, 268, 92, 260, 165, 166, 272, 308, 321, 250, 425, 323, 56, 435,
)  # fmt: skip
_AARCH64 = (
    198, 203, 200, 201, 202, 242, 206, 199, 221, 281, 117, 129, 270, 271, 438, 38, 276, 35, 37, 36, 34, 53, 54,
    40, 39, 97, 268, 280, 219, 425, 282, 220, 435,
)  # fmt: skip
_MACHINES = {"x86_64": (0xC000003E, _X86_64), "aarch64": (0xC00000B7, _AARCH64)}

_CREATE_RULESET, _ADD_RULE, _RESTRICT = 444, 445, 446
_ALL_ACCESS = 0x1FFF
_READ = 0b1100  # read files, read folders
_PACKAGE = str(Path(__file__).parents[3])
_READABLE = ("/usr", "/lib", "/lib64", "/etc/fonts", sys.prefix, sys.base_prefix, _PACKAGE)


def confine() -> list[str]:
    """Put up the walls; return which stand: "limits", "files", "calls"."""
    _limit()
    standing = ["limits"]
    if sys.platform != "linux":
        return standing
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return standing
    if _close_folders(system, _READABLE):
        standing.append("files")
    if _filter_calls(system):
        standing.append("calls")
    return standing


def _limit() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _lower(resource.RLIMIT_DATA, DATA_BYTES)
    _lower(resource.RLIMIT_AS, ADDRESS_BYTES)
    _lower(resource.RLIMIT_CPU, CPU_SECONDS)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_CORE, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(WALL_SECONDS)


def _lower(which: int, most: int) -> None:
    _, hard = resource.getrlimit(which)
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    # Some systems know a limit and cannot set it; the other walls stand.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(which, (bound, bound))


def _close_folders(system: ctypes.CDLL, readable: Sequence[str]) -> bool:
    attributes = struct.pack("=Q", _ALL_ACCESS)
    rules = system.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    if rules < 0:
        return False
    try:
        for folder in readable:
            try:
                handle = os.open(folder, os.O_PATH | os.O_CLOEXEC)
            except OSError:
                continue
            allowed = struct.pack("=Qi", _READ, handle)
            system.syscall(_ADD_RULE, rules, 1, allowed, 0)
            os.close(handle)
        return bool(system.syscall(_RESTRICT, rules, 0) == 0)
    finally:
        os.close(rules)


def _filter_calls(system: ctypes.CDLL) -> bool:
    if platform.machine() not in _MACHINES:
        return False
    architecture, refused = _MACHINES[platform.machine()]
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUALS, 1, 0, architecture),
        (_RETURN, 0, 0, _END),
        (_LOAD, 0, 0, 0),
        # The second numbering of x86 (x32) would walk around the list.
        (_AT_LEAST, len(refused) + 1, 0, 0x40000000),
    ]
    steps += [(_EQUALS, len(refused) - at, 0, number) for at, number in enumerate(refused)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    code = b"".join(struct.pack("=HBBI", *step) for step in steps)
    held = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("@HP", len(steps), ctypes.addressof(held))
    return bool(system.prctl(_SET_SECCOMP, _FILTER, program, 0, 0) == 0)
