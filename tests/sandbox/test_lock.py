"""The lock's parts: the numbers of system calls, and what the filter decides on each kind of machine.

The filter of aarch64 is not run by the kernel here, but by a few lines of Python that do what the kernel would.
"""

import errno
import os
import struct
import sys

import pytest

from attention_course.instructor.sandbox import landlock, lock, no_lock, seccomp, system_calls
from attention_course.instructor.sandbox.seccomp import ALLOW, KILL, REFUSE, allow_list
from attention_course.instructor.sandbox.system_calls import MACHINES, numbers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")

# From the kernel's own headers: asm/unistd_64.h of x86, and asm-generic/unistd.h, which aarch64 uses.
X86_64 = """
0 read 1 write 2 open 3 close 4 stat 5 fstat 6 lstat 8 lseek 9 mmap 10 mprotect 11 munmap 12 brk 13 rt_sigaction
14 rt_sigprocmask 15 rt_sigreturn 16 ioctl 17 pread64 21 access 24 sched_yield 25 mremap 28 madvise 35 nanosleep
39 getpid 56 clone 57 fork 58 vfork 63 uname 79 getcwd 89 readlink 96 gettimeofday 97 getrlimit 98 getrusage
99 sysinfo 100 times 102 getuid 104 getgid 107 geteuid 108 getegid 110 getppid 131 sigaltstack 60 exit 137 statfs
138 fstatfs 186 gettid 201 time 202 futex 204 sched_getaffinity 217 getdents64 219 restart_syscall 221 fadvise64
228 clock_gettime 229 clock_getres 230 clock_nanosleep 231 exit_group 257 openat 262 newfstatat 267 readlinkat
269 faccessat 302 prlimit64 318 getrandom 332 statx 435 clone3 439 faccessat2
"""
AARCH64 = """
17 getcwd 29 ioctl 43 statfs 44 fstatfs 48 faccessat 56 openat 57 close 61 getdents64 62 lseek 63 read 64 write
67 pread64 78 readlinkat 79 newfstatat 80 fstat 93 exit 94 exit_group 98 futex 101 nanosleep 113 clock_gettime
114 clock_getres 115 clock_nanosleep 123 sched_getaffinity 124 sched_yield 128 restart_syscall 132 sigaltstack
134 rt_sigaction 135 rt_sigprocmask 139 rt_sigreturn 153 times 160 uname 163 getrlimit 165 getrusage 169 gettimeofday
172 getpid 173 getppid 174 getuid 175 geteuid 176 getgid 177 getegid 178 gettid 179 sysinfo 214 brk 215 munmap
216 mremap 220 clone 222 mmap 223 fadvise64 226 mprotect 233 madvise 261 prlimit64 278 getrandom 291 statx 435 clone3
439 faccessat2
"""
TABLES = {"x86_64": X86_64, "aarch64": AARCH64}
OURS = [
    system_calls.COMPUTING,
    system_calls.FINDING,
    system_calls.WITH_CONDITIONS,
    system_calls.PROCESSES,
    system_calls.DEVICES,
]


def table(machine):
    words = TABLES[machine].split()
    return dict(zip(words[1::2], map(int, words[::2]), strict=True))


def verdict(program, machine, number, *arguments):
    """Return what a filter decides, as the kernel's interpreter of such programs would."""
    data = struct.pack("=iIQ6Q", number, machine.audit, 0, *arguments, *[0] * (6 - len(arguments)))
    code = [struct.unpack("HBBI", instruction) for instruction in program.code]
    at, held = 0, 0
    while True:
        operation, if_true, if_false, value = code[at]
        at += 1
        if operation == seccomp.RETURN:
            return value
        if operation == seccomp.LOAD:
            (held,) = struct.unpack_from("=I", data, value)
            continue
        true = {
            seccomp.IF_EQUAL: held == value,
            seccomp.IF_AT_LEAST: held >= value,
            seccomp.IF_ANY_BIT: bool(held & value),
        }[operation]
        at += if_true if true else if_false


@pytest.mark.parametrize("machine", MACHINES)
def test_every_number_is_that_of_the_kernels_headers(machine):
    ours = {name: number for calls in OURS for name, number in numbers(calls, MACHINES[machine]).items()}
    assert ours == table(machine)


@pytest.mark.parametrize("files", [True, False])
@pytest.mark.parametrize("machine", MACHINES)
def test_what_is_listed_is_allowed_and_all_else_refused(machine, files):
    machine = MACHINES[machine]
    program = allow_list(machine, files)
    allowed = numbers(system_calls.COMPUTING | (system_calls.FINDING if files else {}), machine)
    conditional = numbers(system_calls.WITH_CONDITIONS, machine)
    others = {
        **dict.fromkeys(numbers(system_calls.PROCESSES, machine).values(), REFUSE | errno.EAGAIN),
        **dict.fromkeys(numbers(system_calls.DEVICES, machine).values(), REFUSE | errno.ENOTTY),
        **dict.fromkeys(allowed.values(), ALLOW),
    }
    for number in set(range(1000)) - set(conditional.values()):
        assert verdict(program, machine, number) == others.get(number, REFUSE | errno.EPERM), number


@pytest.mark.parametrize("machine", MACHINES)
def test_a_call_as_on_another_machine_ends_the_process(machine):
    machine, other = MACHINES[machine], *[one for name, one in MACHINES.items() if name != machine]
    program = allow_list(machine, files=True)
    assert verdict(program, other, 0) == KILL
    assert verdict(program, machine, seccomp.X32) == KILL
    assert verdict(program, machine, -1) == KILL


@pytest.mark.parametrize("machine", MACHINES)
def test_files_are_opened_to_be_read_and_where_files_are_allowed(machine):
    machine = MACHINES[machine]
    reading = [os.O_RDONLY, os.O_CLOEXEC, os.O_DIRECTORY | os.O_NONBLOCK, os.O_NOFOLLOW]
    writing = [os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_APPEND, os.O_TMPFILE, os.O_PATH, 1 << 31]
    places = {"open": lambda flags: (0, flags), "openat": lambda flags: (0, 0, flags)}
    for name, number in numbers(system_calls.WITH_CONDITIONS, machine).items():
        for flags in (reading + writing) * (name in places):
            for files in (True, False):
                found = verdict(allow_list(machine, files), machine, number, *places[name](flags))
                assert found == (ALLOW if files and flags in reading else REFUSE | errno.EPERM), (name, flags)


@pytest.mark.parametrize("machine", MACHINES)
def test_memory_is_mapped_privately(machine):
    machine = MACHINES[machine]
    number = numbers(system_calls.WITH_CONDITIONS, machine)["mmap"]
    for flags, expected in ((0x22, ALLOW), (0x02, ALLOW), (0x01, None), (0x21, None), (0x03, None), (0x28, None)):
        found = verdict(allow_list(machine, False), machine, number, 0, 0, 0, flags)
        assert found == (expected or REFUSE | errno.EPERM), flags


@pytest.mark.parametrize("machine", MACHINES)
def test_own_limits_may_be_looked_at_and_nothing_else(machine):
    machine = MACHINES[machine]
    number = numbers(system_calls.WITH_CONDITIONS, machine)["prlimit64"]
    for arguments, expected in (((0, 7, 0), ALLOW), ((9, 7, 0), None), ((0, 7, 5), None), ((0, 7, 5 << 32), None)):
        found = verdict(allow_list(machine, False), machine, number, *arguments)
        assert found == (expected or REFUSE | errno.EPERM), arguments


def test_the_filter_is_short_enough_for_the_kernel():
    assert len(allow_list(MACHINES["x86_64"], files=True).code) < 4096


@pytest.mark.parametrize(
    ("where", "what", "value", "reason"),
    [
        (system_calls.sys, "platform", "darwin", "this is darwin, not Linux"),
        (system_calls.platform, "machine", lambda: "riscv64", "knows no system calls for riscv64"),
    ],
)
def test_there_is_no_lock_on_another_system(monkeypatch, where, what, value, reason):
    monkeypatch.setattr(where, what, value)
    with pytest.raises(no_lock.NoLock, match=reason):
        lock.Lock()


def test_libraries_are_read_selectively_or_not_at_all(monkeypatch):
    monkeypatch.setattr(landlock, "version", lambda: 0)
    assert (lock.Lock().files, lock.Lock().rules) == ("none", None)
    with pytest.raises(no_lock.NoLock, match="lacks Landlock"):
        lock.Lock("libraries")


def test_the_courses_own_folder_is_no_library(monkeypatch):
    monkeypatch.setattr(landlock.sys, "path", ["", "/course", "/venv/lib/python3.11/site-packages"])
    monkeypatch.setattr(landlock.os.path, "isdir", lambda path: True)
    assert "/venv/lib/python3.11/site-packages" in landlock.library_folders()
    assert not {"", "/course"} & set(landlock.library_folders())
