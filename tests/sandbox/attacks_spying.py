"""Attacks that spy: on files, on other processes' memory, on processes, on the network.

Where there is no lock they succeed, on decoys: a course made up for them, and a process that only waits. Without
`control` are those that a kernel or a container may refuse by itself. Numbers of system calls are those of x86-64.
"""

import os

from attacks import Attack, spy

# Where Linux's Yama is on, nobody looks into a process that is not their own child: without a lock, too.
YAMA = os.path.exists("/proc/sys/kernel/yama/ptrace_scope")

FILES = [
    *(
        spy("files", f"read {what}", f"return open(COURSE + '/{path}', 'rb').read()[:99]")
        for what, path in {
            "the source notebook": "source/hw.ipynb",
            "another student's notebook": "submitted/anna/hw.ipynb",
            "a graded notebook": "autograded/ben/hw.ipynb",
            "the gradebook": "gradebook.db",
        }.items()
    ),
    spy("files", "read /etc/passwd", "return open('/etc/passwd').read()[:9]"),
    spy("files", "read one's own environment", "return open('/proc/self/environ', 'rb').read()[:99]"),
    spy("files", "read one's own memory map", "return open('/proc/self/maps').read()[:99]"),
    spy("files", "read through /proc/self/root", "return open(f'/proc/self/root{COURSE}/source/hw.ipynb').read()"),
    spy("files", "list the course's folder", "return os.listdir(COURSE)"),
    spy("files", "walk the whole disk", "return [name for _, _, names in os.walk('/etc') for name in names][:9]"),
    spy(
        "files",
        "query the gradebook",
        """
        import sqlite3
        return str(sqlite3.connect(COURSE + "/gradebook.db").execute("select * from points").fetchall())
        """,
    ),
    spy(
        "files",
        "change the gradebook",
        """
        import sqlite3
        with sqlite3.connect(COURSE + "/gradebook.db") as database:
            database.execute("update points set points = 100")
        return "changed"
        """,
    ),
    spy(
        "files",
        "open with C's fopen",
        "libc.fopen.restype = ctypes.c_void_p\nreturn libc.fopen((COURSE + '/source/hw.ipynb').encode(), b'r')",
    ),
    spy(
        "files",
        "open a path alone, then beneath it",
        """
        folder = os.open(COURSE, os.O_PATH)
        return os.read(os.open("source/hw.ipynb", os.O_RDONLY, dir_fd=folder), 99)
        """,
    ),
    spy("files", "openat2", "return call(437, -100, (COURSE + '/source/hw.ipynb').encode(), bytes(24), 24)"),
    spy("files", "a file in memory", "return os.memfd_create('x')"),
    spy("files", "io_uring", "return call(425, 8, ctypes.create_string_buffer(120))", control=False),
    spy(
        "files",
        "open by handle",
        """
        handle = ctypes.create_string_buffer(struct.pack("Ii", 128, 0) + bytes(128))
        mount = ctypes.create_string_buffer(4)
        return call(303, -100, (COURSE + "/source/hw.ipynb").encode(), handle, mount, 0)
        """,
        control=False,
    ),
    spy("files", "clone a mount", "return call(428, -100, b'/', 1)", control=False),
    spy("files", "watch a folder", "return call(254, call(294, 0), COURSE.encode(), 2)"),
    spy(
        "files",
        "map a file",
        "import mmap\nreturn mmap.mmap(os.open(COURSE + '/gradebook.db', os.O_RDONLY), 9, 1, 1)[:9]",
    ),
    spy(
        "files",
        "write in the temporary folder",
        "open('/tmp/attacked', 'w').close()\nos.unlink('/tmp/attacked')\nreturn 1",
    ),
    spy(
        "files",
        "write into shared memory",
        "open('/dev/shm/attacked', 'w').close()\nos.unlink('/dev/shm/attacked')\nreturn 1",
    ),
    spy(
        "files", "fill the disk", "import tempfile\nfile = tempfile.TemporaryFile()\nreturn file.write(bytes(1 << 20))"
    ),
    spy(
        "files",
        "append, truncate, rename, link, chmod, chown, touch, mark, delete",
        """
        path = COURSE + "/decoy"
        return those_that_work(
            lambda: open(path, "a"), lambda: os.truncate(path, 0), lambda: os.chmod(path, 0o600),
            lambda: os.utime(path, (0, 0)), lambda: os.setxattr(path, "user.a", b"x"), lambda: os.mkdir(path + "s"),
            lambda: os.symlink(path, path + "l"), lambda: os.link(path, path + "h"), lambda: os.chown(path, -1, -1),
            lambda: os.mkfifo(path + "p"), lambda: os.rename(path, path + "r"), lambda: os.unlink(path + "r"),
        )
        """,
    ),
    spy("files", "change the folder", "os.chdir('/etc')\nreturn os.getcwd()"),
    spy(
        "files", "a lock on a file", "import fcntl\nfcntl.flock(os.open(COURSE, os.O_RDONLY), fcntl.LOCK_EX)\nreturn 1"
    ),
    spy(
        "files",
        "ask whether a file is there, and how long",
        """
        size = os.stat(COURSE + "/gradebook.db").st_size
        return "leak" if size and not os.path.exists(COURSE + "/none") else ""
        """,
        leaks_where_libraries_are_read=True,
    ),
    spy(
        "files",
        "ask in other ways",
        """
        path = (COURSE + "/gradebook.db").encode()
        room = ctypes.create_string_buffer(400)
        ways = (4, path, room), (6, path, room), (262, -100, path, room, 0), (332, -100, path, 0, 0xFFF, room)
        ways += (21, path, 0), (269, -100, path, 0), (439, -100, path, 0, 0), (137, path, room)
        return "leak" if those_that_work(*(lambda way=way: call(*way) for way in ways)) else ""
        """,
        leaks_where_libraries_are_read=True,
    ),
]
MEMORY = [
    spy("memory", "read the grader's environment", "return open(f'/proc/{GRADER}/environ', 'rb').read()[:99]"),
    spy("memory", "read the grader's command line", "return open(f'/proc/{GRADER}/cmdline').read()"),
    spy("memory", "list the grader's handles", "return os.listdir(f'/proc/{GRADER}/fd')"),
    spy("memory", "open the grader's memory", "return open(f'/proc/{GRADER}/mem', 'rb').fileno()", control=not YAMA),
    spy(
        "memory",
        "open the warm process's memory",
        "return open(f'/proc/{os.getppid()}/mem').fileno()",
        control=not YAMA,
    ),
    spy("memory", "attach to a process", "return call(101, 0x4206, VICTIM, 0, 0)", control=not YAMA),
    spy("memory", "take a process's handle", "return call(438, call(434, VICTIM, 0), 0, 0)", control=False),
    spy("memory", "get hold of a process", "return call(434, GRADER, 0)"),
    spy(
        "memory",
        "read a process's memory from afar",
        """
        there = int(open(f"/proc/{VICTIM}/maps").read().split("-")[0], 16)
        room = ctypes.create_string_buffer(8)
        ours, theirs = struct.pack("PN", ctypes.addressof(room), 8), struct.pack("PN", there, 8)
        return call(310, VICTIM, ours, 1, theirs, 1, 0)
        """,
        control=not YAMA,
    ),
    spy(
        "memory",
        "other handles than one's own",
        """
        found = []
        for number in range(4, 4096):
            try:
                os.lseek(number, 0, os.SEEK_CUR)
            except OSError as error:
                if error.errno == 9:
                    continue
            found.append(number)
        return found
        """,
        control=False,
    ),
    spy(
        "memory",
        "names that hint at the course",
        "return [p for p in sys.argv + sys.path if COURSE in p]",
        control=False,
    ),
    spy("memory", "the environment", "return dict(os.environ)", control=False),
    spy("memory", "keys of the kernel's", "return call(248, b'user', b'attack', b'x', 1, -2)", control=False),
    spy(
        "memory", "shared memory by number", "return those_that_work(lambda: call(31, call(29, 0, 4096, 0o1600), 0, 0))"
    ),
    spy("memory", "a program in the kernel", "return call(321, 0, bytes(128), 128)", control=False),
    spy("memory", "a page fault's handler", "return call(323, 1)", control=False),
    spy("memory", "memory shared with children", "import mmap\nreturn mmap.mmap(-1, 4096)[:1]"),
]
PROCESSES = [
    spy("processes", "fork", "pid = os.fork()\nif pid == 0:\n    os._exit(0)\nreturn pid"),
    spy("processes", "vfork and exec", "import subprocess\nreturn subprocess.run(['true']).returncode == 0"),
    spy("processes", "a shell", "return os.system('true') == 0"),
    spy("processes", "posix_spawn", "return os.posix_spawn('/bin/true', ['true'], {})"),
    spy(
        "processes",
        "clone3",
        """
        pid = libc.syscall(435, struct.pack("11Q", *[0] * 4, 17, *[0] * 6), 88)
        if pid == 0:
            os._exit(0)
        return pid > 0
        """,
    ),
    spy(
        "processes",
        "multiprocessing",
        "import multiprocessing\nmultiprocessing.Process(target=print).start()\nreturn 1",
    ),
    spy("processes", "a thread", "import threading\nthread = threading.Thread(target=print)\nthread.start()\nreturn 1"),
    spy(
        "processes",
        "many threads",
        """
        import threading, time
        for _ in range(100):
            threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
        return threading.active_count() - 1
        """,
    ),
    spy(
        "processes",
        "reach a process with signals",
        """
        import signal
        return those_that_work(*(lambda way=way: call(*way) for way in (
            (62, VICTIM, 0), (62, os.getppid(), 0), (62, GRADER, 0), (200, VICTIM, 0), (234, VICTIM, VICTIM, 0))))
        """,
    ),
    spy("processes", "have signals sent by a socket", "import fcntl\nfcntl.fcntl(3, fcntl.F_SETOWN, VICTIM)\nreturn 1"),
    spy("processes", "slow a process down", "os.setpriority(os.PRIO_PROCESS, VICTIM, 19)\nreturn 1"),
    spy("processes", "tie a process down", "os.sched_setaffinity(VICTIM, os.sched_getaffinity(VICTIM))\nreturn 1"),
    spy(
        "processes",
        "limit a process",
        "import resource\nreturn resource.prlimit(VICTIM, resource.RLIMIT_CORE, (0, 0))",
    ),
    spy(
        "processes",
        "lift one's own limits",
        """
        import resource
        return those_that_work(
            lambda: resource.setrlimit(resource.RLIMIT_CPU, resource.getrlimit(resource.RLIMIT_CPU)),
            lambda: resource.setrlimit(resource.RLIMIT_AS, resource.getrlimit(resource.RLIMIT_AS)),
            lambda: call(302, 0, 9, struct.pack("QQ", 2**64 - 1, 2**64 - 1), 0),
        )
        """,
    ),
    spy("processes", "let oneself be looked into", "return call(157, 4, 1, 0, 0, 0)"),
    spy("processes", "outlive the warm process", "return call(157, 1, 0, 0, 0, 0)"),
    spy("processes", "another personality", "return call(135, 0xFFFFFFFF)"),
    spy(
        "processes",
        "become root, or get back its rights",
        """
        header, rights = struct.pack("Ii", 0x20080522, 0), struct.pack("6I", *[2**32 - 1] * 6)
        return those_that_work(lambda: call(126, header, rights), lambda: call(105, 0) if os.getuid() else call(-1))
        """,
        control=False,
    ),
    spy("processes", "new namespaces", "return those_that_work(lambda: call(272, 0x10000000), lambda: call(272, 0))"),
    spy("processes", "another root folder", "return those_that_work(lambda: call(161, b'/'))", control=False),
    spy(
        "processes",
        "a filter of one's own",
        "call(157, 38, 1, 0, 0, 0)\nreturn call(317, 2, 0, struct.pack('I', 0x7FFF0000))",
    ),
    spy("processes", "leave the session", "return call(109, 0, 0)", control=False),
    spy(
        "processes",
        "calls as on a 32-bit machine",
        """
        import mmap
        getpid = bytes.fromhex("b814000000cd80c3")  # mov eax, 20; int 0x80; ret
        libc.mmap.restype = ctypes.c_void_p
        libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
        place = libc.mmap(None, 4096, 7, 0x22, -1, 0)
        ctypes.memmove(place, getpid, len(getpid))
        return ctypes.CFUNCTYPE(ctypes.c_int)(place)() > 0
        """,
        control=False,
    ),
    spy("processes", "calls of x86-64's second set", "return call(0x40000000 + 39)", control=False),
    spy(
        "processes",
        "every other system call there may be",
        """
        def not_refused(number):
            try:
                return call(number, 0, 0, 0, 0, 0, 0)
            except OSError as error:
                return error.errno not in (1, 11, 25)

        return [number for number in set(range(1000)) - set(ALLOWED) if not_refused(number)]
        """,
        control=False,
    ),
]
NETWORK = [
    spy(
        "network",
        "sockets of every kind",
        """
        import socket
        kinds = [(family, kind) for family in (1, 2, 10, 16, 17, 40) for kind in (1, 2, 3)]
        return those_that_work(*(lambda kind=kind: socket.socket(*kind).close() for kind in kinds))
        """,
    ),
    spy("network", "a pair of sockets", "import socket\nreturn socket.socketpair()[0].fileno()"),
    spy("network", "the warm process's socket", "import socket\nsocket.socket(1).connect(SOCKET)\nreturn 1"),
    spy("network", "a pipe", "return os.pipe()"),
    spy("network", "events", "import select\nreturn [select.epoll().fileno(), os.eventfd(0)]"),
    spy(
        "network",
        "handles sent to and from the grader",
        """
        import socket
        room = ctypes.create_string_buffer(56)
        ways = (46, 3, room, 0), (47, 3, room, 0x40), (45, 3, room, 1, 0x40, 0, 0), (44, 3, room, 1, 0, 0, 0)
        return those_that_work(*(lambda way=way: call(*way) for way in ways))
        """,
        control=False,
    ),
]
SPYING: list[Attack] = FILES + MEMORY + PROCESSES + NETWORK
